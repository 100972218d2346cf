# SPDX-License-Identifier: MIT
"""Batches, loss and search of the detector."""

import math

import torch
from torch.nn import functional

import augment
import nets
from nets import Detector
from pool import region


NONE = -1e4  # a score that no cell has


class Windows:
    """Windows of frames, and where the faces in them are: middle and side in window pixels, kind 1 or 2."""

    def __init__(self, pictures, middle, side, kind):
        self.pictures, self.middle, self.side, self.kind = pictures, middle, side, kind


def windows(pool, rows, size, generator, augmented):
    pictures = pool.rgb[rows].float() / 255
    batch, frame = len(rows), pool.header.size
    uniform, normal = augment.random(generator, pictures.device)
    extent = torch.full((batch,), float(frame), device=pictures.device)
    middle = torch.full((batch, 2), frame / 2 - 0.5, device=pictures.device)
    turn = torch.zeros(batch, device=pictures.device)
    if augmented:
        extent = extent * torch.exp(uniform(math.log(0.7), math.log(1.25), batch))
        middle = middle + uniform(-0.18, 0.18, batch, 2) * frame
        turn = normal(batch) * 0.12
    maps = augment.affine(middle, extent, turn, size)
    out = augment.crop(pictures, maps, size)
    faces = pool.point.shape[1]
    points = pool.point[rows].flatten(0, 1)
    middles, sides = region(points)
    middles = augment.to_crop(middles.reshape(batch, faces, 2), maps, size) * (size / 2) + size / 2
    sides = sides.reshape(batch, faces) * (size / extent)[:, None]
    kind = pool.present[rows].long()
    inside = ((middles > 2) & (middles < size - 2)).all(2)
    kind = torch.where(inside | (kind == 0), kind, torch.full_like(kind, 2))  # cut off: neither answer is wrong
    kind = torch.where((kind == 1) & (sides < 0.11 * size), torch.full_like(kind, 2), kind)
    return Windows(out, middles, sides, kind)


def training_windows(frames, empty, batch, size, generator):
    """Three quarters frames, one quarter empty ones, turned over and recoloured by chance."""
    few = batch // 4
    a = windows(frames, frames.sample(batch - few, generator), size, generator, True)
    b = windows(empty, empty.sample(few, generator), size, generator, True)
    pictures = torch.cat([a.pictures, b.pictures])
    flip = torch.rand(batch, generator=generator, device=pictures.device) < 0.5
    pictures = torch.where(flip[:, None, None, None], pictures.flip(3), pictures)
    middle = torch.cat([a.middle, b.middle])
    middle[..., 0] = torch.where(flip[:, None], size - middle[..., 0], middle[..., 0])
    return Windows(augment.recoloured(pictures, generator), middle, torch.cat([a.side, b.side]),
                   torch.cat([a.kind, b.kind]))


def targets(batch, cells):
    """Per cell: 1 a face's middle, 0 none, -1 not counted; and middle and log side for the 1s."""
    count, faces = batch.kind.shape
    device = batch.middle.device
    score = torch.zeros(count, cells, cells, device=device)
    place = torch.zeros(count, 3, cells, cells, device=device)
    at = (batch.middle / Detector.STRIDE).floor().long()
    grid = torch.arange(cells, device=device)
    for k in range(faces):
        reach = torch.where(batch.kind[:, k] == 2, (batch.side[:, k] / (2 * Detector.STRIDE)).ceil().clamp(1, cells), 1)
        near = ((grid[None, None] - at[:, k, 0, None, None]).abs() <= reach[:, None, None]) & \
               ((grid[None, :, None] - at[:, k, 1, None, None]).abs() <= reach[:, None, None])
        score = torch.where(near & (batch.kind[:, k] > 0)[:, None, None], torch.full_like(score, -1), score)
    for k in range(faces):
        rows = torch.nonzero(batch.kind[:, k] == 1)[:, 0]
        x, y = at[rows, k, 0].clamp(0, cells - 1), at[rows, k, 1].clamp(0, cells - 1)
        score[rows, y, x] = 1
        offset = batch.middle[rows, k] / Detector.STRIDE - torch.stack([x, y], 1) - 0.5
        place[rows, 0, y, x], place[rows, 1, y, x] = offset[:, 0], offset[:, 1]
        place[rows, 2, y, x] = torch.log(batch.side[rows, k] / Detector.BASE)
    return score, place


def loss(out, batch):
    """Focal for the score, so that the hard backgrounds teach most; absolute for place and size."""
    score, place = targets(batch, out.shape[2])
    p = torch.sigmoid(out[:, 0]).clamp(1e-5, 1 - 1e-5)
    face, none = score == 1, score == 0
    faces = face.sum().clamp(min=1)
    hit = -(((1 - p) ** 2) * torch.log(p))[face].sum() / faces
    miss = -((p ** 2) * torch.log(1 - p))[none].sum() / faces
    where = (out[:, 1:] - place).abs().sum(1)[face].sum() / faces
    return hit + miss + where


@torch.no_grad()
def answers(net, pool, size, first=0):
    """Yields for some pictures of a pool at a time, from row `first` on, their rows, windows and what `net` says."""
    for rows in torch.arange(first, pool.count, device=pool.device).split(250):
        batch = windows(pool, rows, size, None, False)
        yield rows, batch, net(nets.normalised(batch.pictures)).float()


@torch.no_grad()
def peaks(out):
    """The same answers, scores of cells with a better neighbour out of the running: those see what that one sees."""
    score = out[:, :1]
    return torch.cat([torch.where(score == functional.max_pool2d(score, 3, 1, 1), score, NONE), out[:, 1:]], 1)


@torch.no_grad()
def best(out, each=1):
    """The `each` best cells of each picture, best first: scores, middles and sides in pixels."""
    cells = out.shape[2]
    score, index = out[:, 0].flatten(1).topk(each, 1)
    rows = torch.arange(len(out), device=out.device)[:, None]
    y, x = index // cells, index % cells
    at = out[rows, 1:, y, x]
    middle = (torch.stack([x, y], 2) + 0.5 + at[..., :2]) * Detector.STRIDE
    return score, middle, Detector.BASE * torch.exp(at[..., 2])
