# SPDX-License-Identifier: MIT
"""Landmarks and pose once more, from all landmarks together.

Nets have looked at the whole face, the lips and each eye, and none of them knows what the others found. What they found is
of one head, so each part tells of the others and all of them of the pose: two small dense layers
(LandmarkNet.correction) say from all landmarks by how much each is off, and the first pose. They see them as if the head
were upright and of one size, so that neither where it is nor how it leans plays a part.
"""

import torch

import nets
from pool import BELOW, mean_and_side


def turned(vectors, roll):
    """(B, P, 2) vectors, turned clockwise as the picture is seen by (B,) radians: a head of that roll is then upright."""
    cos, sin = torch.cos(roll)[:, None], torch.sin(roll)[:, None]
    x, y = vectors[..., 0], vectors[..., 1]
    return torch.stack([cos * x - sin * y, sin * x + cos * y], 2)


def upright(points, roll):
    """(B, P, 2) landmarks of any unit, in half sides of the region that belongs to them and to that roll (radians)."""
    mean, side = mean_and_side(points)
    below = torch.tensor([0, 2 * BELOW], device=points.device)
    return turned(points - mean[:, None], roll) * (2 / side)[:, None, None] - below


def seen(points, pose, log_spread):
    """What the layers see."""
    return torch.cat([upright(points, pose[:, 2]).flatten(1), pose[:, :2], nets.held_spread(log_spread)], 1)


def mirrored_groups(names):
    """Where each group's spread is found of a head in a mirror."""
    other = {"left": "right", "right": "left"}
    return [names.index("_".join(other.get(word, word) for word in name.split("_"))) for name in names]


def wrong(points, pose, true_points, true_pose):
    """What they should say: by how much landmarks (half sides, upright) and pose (radians) are off."""
    _, side = mean_and_side(points)
    off = turned(true_points - points, pose[:, 2]) * (2 / side)[:, None, None]
    return torch.cat([off.flatten(1), true_pose - pose], 1)


def corrected(net, points, pose, log_spread):
    """(B, P, 2) landmarks in their unit and (B, 3) yaw, pitch and roll in radians, after `net` has seen both."""
    said = net.correction(seen(points, pose, log_spread))
    _, side = mean_and_side(points)
    off = turned(said[:, :-3].reshape(points.shape), -pose[:, 2]) * (side / 2)[:, None, None]
    return points + off, pose + said[:, -3:]
