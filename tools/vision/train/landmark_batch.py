# SPDX-License-Identifier: MIT
"""Batches and loss of the landmark net."""

import math

import torch
from torch.nn import functional

import augment
import nets
from pool import region

# How far off the crop of a tracker's first guess is: turn (radians), scale, shift (regions); and, of a share of the faces
# here, one that a followed face's own landmarks give, so much less.
TURN, SCALE, SHIFT = 0.19, 0.075, 0.045
FOLLOWED, FOLLOWED_ROUGH = 0.5, 0.25


class Batch:
    def __init__(self, **parts):
        self.__dict__.update(parts)


def crops(pool, rows, size, generator, rough):
    """Crops of faces with all that the net has to say about them. `rough`, of all or of each: 0, the face's own square, to 1,
    a tracker's first guess."""
    points = pool.point[rows, 0]
    middle, side = region(points)
    count = len(rows)
    uniform, normal = augment.random(generator, pool.device)
    turn = normal(count) * TURN * rough
    side = side * torch.exp(normal(count) * SCALE * rough)
    middle = middle + normal(count, 2) * (SHIFT * rough * side)[:, None]
    maps = augment.affine(middle, side, turn, size)
    where = augment.places(maps, pool.header.size, pool.header.size, size)
    pictures = augment.sample(augment.averaged(pool.rgb[rows].float(), side.median().item() / size), where) / 255
    mask = augment.sample(pool.mask[rows].float()[:, None], where)[:, 0] / 255
    seen = (pool.seen[rows, 0] == 1).float()
    pose = pool.pose[rows, 0].clone()
    pose[:, 2] += turn  # the crop turned one way, the head in it the other; roll counts anticlockwise
    return Batch(pictures=pictures, mask=mask, points=augment.to_crop(points, maps, size), pose=pose,
                 seen=seen, maps=maps, turn=turn)


def augmented_crops(pool, rows, size, generator):
    uniform, _ = augment.random(generator, pool.device)
    rough = torch.where(uniform(0, 1, len(rows)) < FOLLOWED, FOLLOWED_ROUGH, 1.0)
    batch = crops(pool, rows, size, generator, rough)
    mirror = torch.as_tensor(pool.header.mirror, device=pool.device)
    batch.pictures, batch.points, batch.pose, flip = augment.mirrored(batch.pictures, batch.points, batch.pose, mirror,
                                                                      generator)
    batch.seen = torch.where(flip[:, None], batch.seen[:, mirror], batch.seen)
    batch.mask = torch.where(flip[:, None, None], batch.mask.flip(2), batch.mask)
    batch.pictures, where = augment.patched(augment.recoloured(batch.pictures, generator), generator)
    batch.mask = batch.mask * (~where[:, 0])
    return batch


def background_crops(empty, mistaken, frames, count, size, generator):
    """Crops with no face: a quarter of empty pictures where the detector is mistaken, if that is known, a quarter of
    them anywhere, and of faces badly missed."""
    uniform, normal = augment.random(generator, empty.device)
    half = count // 2
    hard = count // 4 if len(mistaken) else 0
    easy = count - half - hard
    rows, middle = empty.sample(easy, generator), uniform(0, empty.header.size, easy, 2)
    side = torch.exp(uniform(math.log(24), math.log(140), easy))
    if hard:
        rows, middle, side = (torch.cat(both) for both in zip((rows, middle, side), mistaken.sample(hard, generator)))
    maps = augment.affine(middle, side, normal(count - half) * 0.2, size)
    first = augment.crop(empty.rgb[rows].float() / 255, maps, size)
    rows = frames.sample(half, generator)
    middle, side = region(frames.point[rows, 0])
    away = uniform(0, 6.2832, half)
    far = (uniform(0, 1, half) < 0.6).float()  # beside the face; else far too large or small
    shift = far * uniform(0.55, 1.1, half) * side
    factor = torch.where(uniform(0, 1, half) < 0.5, uniform(0.2, 0.42, half), uniform(2.1, 2.8, half))
    middle = middle + torch.stack([torch.cos(away), torch.sin(away)], 1) * shift[:, None]
    side = side * torch.where(far > 0, torch.ones_like(factor), factor)
    second = augment.crop(frames.rgb[rows].float() / 255, augment.affine(middle, side, normal(half) * 0.2, size), size)
    return augment.recoloured(torch.cat([first, second]), generator)


def point_weights(groups, points, device):
    weight = torch.ones(points, device=device)
    for name, value in (("oval", 0.5), ("nose", 2.0)):
        weight[groups[name]] = value
    return weight


def wing(error, width=0.03, bend=0.01):
    """Like the logarithm near 0, so that the last per cent still matters."""
    offset = width - width * math.log(1 + width / bend)
    return torch.where(error < width, width * torch.log(1 + error / bend), error - offset)


def loss(out, batch, faces, groups, weight):
    """`out` of a batch whose first `faces` pictures are faces and the rest are none."""
    error = (out["points"][:faces] - batch.points).abs()
    importance = weight * (0.35 + 0.65 * batch.seen)
    points = (wing(error).sum(2) * importance).mean()
    pose = functional.smooth_l1_loss(out["pose"][:faces], batch.pose, beta=0.02)
    truth = torch.zeros_like(out["presence"])
    truth[:faces] = 1
    presence = functional.binary_cross_entropy_with_logits(out["presence"], truth)
    side = out["mask"].shape[1]
    mask = functional.binary_cross_entropy_with_logits(
        out["mask"][:faces], functional.interpolate(batch.mask[:, None], (side, side), mode="area")[:, 0].clamp(0, 1))
    far = error.detach().pow(2).sum(2).sqrt()
    grouped = torch.stack([far[:, part].mean(1) for part in groups.values()], 1)
    log_spread = nets.held_spread(out["log_spread"][:faces])
    spread = (grouped / torch.exp(log_spread) + log_spread).mean()
    return 10 * points + 12 * pose + 0.03 * presence + 0.03 * mask + 0.004 * spread
