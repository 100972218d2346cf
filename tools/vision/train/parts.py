# SPDX-License-Identifier: MIT
"""The parts of a face that a second, smaller net looks at closely: lips, and eyes with their brows.

One net serves both eyes: the right one is looked at mirrored, where its landmarks have the left one's order. Lips are
looked at twice, once mirrored, and the mean counts.
"""

import torch

import augment
import landmark_batch
import nets
import training
from pool import region

# How far off the square is that the first net's landmarks and roll give: turn (radians), scale, shift (sides). A
# normal spread whose own size varies by a factor: mostly near, at times far, as measured on held-out faces.
TURN, SCALE, SHIFT, VARYING = 0.025, 0.015, 0.019, 0.6


class Part:
    """`sides`: for each side of the face its landmarks, in one order; `groups`: slices of that order; `middle`: the
    landmarks in whose mean the square's middle lies; `share`: the square's side in sides of the face region; `mirrored`:
    where each landmark of a part that lies across the face is found in the mirrored picture, in that order."""

    def __init__(self, share, sides, groups, middle, mirrored=None):
        self.share, self.sides, self.groups, self.middle = share, [torch.tensor(s) for s in sides], groups, middle
        self.points, self.mirrored = len(sides[0]), mirrored

    def square(self, points, side_index):
        """Middle and side of the square round this part of faces with (B, 137, 2) landmarks."""
        own = points[:, self.sides[side_index].to(points.device)]
        return own[:, self.middle].mean(1), region(points)[1] * self.share


ROUND = [*range(10, -1, -1), *range(19, 10, -1)]  # a contour of lips, mirrored
PARTS = {
    "lips": Part(0.5, [[*range(40)]], {"lips_outer": slice(0, 20), "lips_inner": slice(20, 40)}, slice(0, 40),
                 [*ROUND, *(20 + i for i in ROUND)]),
    "eye": Part(0.36, [[*range(40, 56), *range(72, 82), *range(127, 132)], [*range(56, 72), *range(82, 92), *range(132, 137)]],
                {"lid": slice(0, 16), "brow": slice(16, 26), "iris": slice(26, 31)}, slice(0, 26)),
}


def over(points, flip):
    """x of (B, K, 2) with its sign changed where `flip`."""
    return torch.where(flip[:, None, None], augment.flipped(points), points)


def crops(pool, rows, part, side_index, size, generator):
    """A batch of squares as they come in use, upright as the head is, with landmarks and what is seen of them."""
    middle, side = part.square(pool.point[rows, 0], side_index)
    count = len(rows)
    uniform, normal = augment.random(generator, pool.device)
    far = torch.exp(normal(count) * VARYING)
    side = side * torch.exp(normal(count) * SCALE * far)
    middle = middle + normal(count, 2) * (SHIFT * far * side)[:, None]
    maps = augment.affine(middle, side, normal(count) * TURN * far - pool.pose[rows, 0, 2], size)
    index = part.sides[side_index].to(pool.device)
    points, seen = augment.to_crop(pool.point[rows, 0][:, index], maps, size), pool.seen[rows, 0][:, index]
    flip = torch.full((count,), side_index == 1, device=pool.device)
    if part.mirrored:
        flip = uniform(0, 1, count) < 0.5
        points = torch.where(flip[:, None, None], points[:, part.mirrored], points)
        seen = torch.where(flip[:, None], seen[:, part.mirrored], seen)
    where = augment.places(maps, pool.header.size, pool.header.size, size)
    where = torch.where(flip[:, None, None, None], where.flip(2), where)
    pictures = augment.sample(pool.rgb[rows].float(), where) / 255
    pictures, _ = augment.patched(augment.recoloured(pictures, generator), generator)
    return nets.normalised(pictures), over(points, flip), (seen == 1).float()


def loss(out, points, seen, part):
    """As the landmark net's, in its units: half sides of the face region."""
    error = (out["points"] - points).abs() * part.share
    located = (landmark_batch.wing(error).sum(2) * (0.35 + 0.65 * seen)).mean()
    far = error.detach().pow(2).sum(2).sqrt()
    grouped = torch.stack([far[:, group].mean(1) for group in part.groups.values()], 1)
    log_spread = nets.held_spread(out["log_spread"])
    return 10 * located + 0.004 * (grouped / torch.exp(log_spread) + log_spread).mean()


def new_net(part, recipe):
    return nets.PartNet(recipe["size"], part.points, len(part.groups), recipe["width"], recipe["hidden"])


def load(folder, recipe, device):
    """The trained or shipped nets of all parts, by name."""
    loaded = {name: new_net(part, recipe).to(device).eval() for name, part in PARTS.items()}
    for name, net in loaded.items():
        training.load(net, name, training.weights_in(folder, name))
    return loaded


def look(net, pictures, where, mirrored):
    """What a net says of the squares at `where`, in half squares of the picture as it is."""
    flip = torch.full((len(where),), mirrored, device=where.device)
    where = torch.where(flip[:, None, None, None], where.flip(2), where)
    return over(net(nets.normalised(augment.sample(pictures, where)))["points"].float(), flip)


@torch.no_grad()
def refined(points, roll, pictures, part_nets):
    """(B, 137, 2) landmarks in pixels of `pictures` (B, 3, H, W, 0…1), those of the parts looked at once more, with
    each head's roll (radians) turned back."""
    result = points.clone()
    for name, net in part_nets.items():
        part = PARTS[name]
        for side_index, index in enumerate(part.sides):
            middle, side = part.square(points, side_index)
            maps = augment.affine(middle, side, -roll, net.size)
            where = augment.places(maps, pictures.shape[3], pictures.shape[2], net.size)
            smaller = augment.averaged(pictures, side.median().item() / net.size)
            found = look(net, smaller, where, side_index == 1)
            if part.mirrored:
                found = (found + look(net, smaller, where, True)[:, part.mirrored]) / 2
            result[:, index.to(points.device)] = augment.from_crop(found, maps, net.size)
    return result
