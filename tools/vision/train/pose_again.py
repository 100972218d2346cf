# SPDX-License-Identifier: MIT
"""The pose once more, from landmarks that were looked at closely.

Exact landmarks give the pose to half a degree, so better ones give a better pose than the whole picture did: two small
dense layers (LandmarkNet.pose_again) say from them how far off the first pose is. They see the landmarks as if the head
were upright, so that its roll plays no part.
"""

import torch

from pool import BELOW, mean_and_side


def upright(points, roll):
    """(B, P, 2) landmarks of any unit, in half sides of the region that belongs to them and to that roll (radians)."""
    mean, side = mean_and_side(points)
    away = (points - mean[:, None]) * (2 / side)[:, None, None]
    cos, sin = torch.cos(roll)[:, None], torch.sin(roll)[:, None]
    x, y = away[..., 0], away[..., 1]
    return torch.stack([cos * x - sin * y, sin * x + cos * y - 2 * BELOW], 2)


def seen(points, pose):
    """What the layers see."""
    return torch.cat([upright(points, pose[:, 2]).flatten(1), pose[:, :2]], 1)


def corrected(net, points, pose):
    """(B, 3) yaw, pitch and roll in radians, after `net` has seen these landmarks."""
    return pose + net.pose_again(seen(points, pose))
