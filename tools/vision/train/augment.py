# SPDX-License-Identifier: MIT
"""Crops by an affine map and changes of colour, a batch at once, on the device that trains."""

import math

import torch
from torch.nn import functional


def affine(middle, side, angle, out):
    """Maps of an `out` squared crop (its middle, side and turn in source pixels) to source pixels: (B, 2, 3)
    from crop pixels counted from the crop's middle."""
    cos, sin, scale = torch.cos(angle), torch.sin(angle), side / out
    return torch.stack([torch.stack([scale * cos, -scale * sin, middle[:, 0]], 1),
                        torch.stack([scale * sin, scale * cos, middle[:, 1]], 1)], 1)


def places(maps, width, height, out):
    """Where `maps` take their pixels in pictures of that width and height, as grid_sample counts: (B, out, out, 2).
    The counting is relative, so a smaller copy of the same pictures can be sampled there, too."""
    grid = maps.clone()
    grid[:, :, :2] *= out / 2
    grid = torch.stack([grid[:, 0] * (2 / width), grid[:, 1] * (2 / height)], 1)
    grid[:, 0, 2] += 1 / width - 1
    grid[:, 1, 2] += 1 / height - 1
    return functional.affine_grid(grid, (len(maps), 1, out, out), align_corners=False)


def sample(pictures, where):
    """(B, C, H, W) float at the places() `where`; outside the border goes on."""
    return functional.grid_sample(pictures, where, align_corners=False, padding_mode="border")


def averaged(pictures, pixels_each):
    """Pictures a whole number of times smaller where a pixel of the crop covers that many of theirs, as the engine's
    region_sampler does. For places(), whose counting is relative."""
    factor = int(pixels_each + 0.5)
    return functional.avg_pool2d(pictures, factor) if factor > 1 else pictures


def crop(pictures, maps, out):
    """(B, C, H, W) float → (B, C, out, out)."""
    return sample(pictures, places(maps, pictures.shape[3], pictures.shape[2], out))


def to_crop(points, maps, out):
    """Source pixels (B, P, 2) → units of half a crop from its middle."""
    linear = torch.linalg.inv(maps[:, :, :2])
    moved = points - maps[:, None, :, 2]
    return torch.einsum("bij,bpj->bpi", linear, moved) * (2 / out)


def from_crop(points, maps, out):
    """The other way: units of half a crop → source pixels."""
    return torch.einsum("bij,bpj->bpi", maps[:, :, :2], points * (out / 2)) + maps[:, None, :, 2]


def random(generator, device):
    def uniform(low, high, *shape):
        return low + (high - low) * torch.rand(*shape, generator=generator, device=device)

    def normal(*shape):
        return torch.randn(*shape, generator=generator, device=device)

    return uniform, normal


def coarser(pictures, generator, uniform):
    """The first third loses resolution, as a face far away does."""
    third = len(pictures) // 3
    if third == 0:
        return pictures
    size = pictures.shape[2]
    small = max(12, int(size * uniform(0.3, 0.9, 1).item()))
    part = functional.interpolate(pictures[:third], (small, small), mode="bilinear", align_corners=False)
    part = functional.interpolate(part, (size, size), mode="bilinear", align_corners=False)
    return torch.cat([part, pictures[third:]])


def recoloured(pictures, generator):
    """Brightness, contrast, colour cast, grey, gamma, slopes of light, noise. Pictures are 0…1."""
    batch, _, height, width = pictures.shape
    uniform, normal = random(generator, pictures.device)
    x = pictures * uniform(0.7, 1.3, batch, 1, 1, 1) + uniform(-0.12, 0.12, batch, 1, 1, 1)
    x = x * uniform(0.87, 1.13, batch, 3, 1, 1)
    grey = x.mean(1, keepdim=True).expand_as(x)
    x = torch.where(uniform(0, 1, batch, 1, 1, 1) < 0.15, grey, x)
    x = x.clamp(1e-4, 1) ** torch.exp(normal(batch, 1, 1, 1) * 0.25)
    rows = torch.linspace(-1, 1, height, device=x.device)[:, None]
    columns = torch.linspace(-1, 1, width, device=x.device)[None]
    slope = normal(batch, 2, 1, 1) * 0.12 * (uniform(0, 1, batch, 1, 1, 1) < 0.4)
    x = x * (1 + slope[:, :1] * columns + slope[:, 1:] * rows)
    x = coarser(x, generator, uniform)
    return x + normal(*x.shape) * uniform(0, 0.04, batch, 1, 1, 1)


def patched(pictures, generator):
    """A quarter gets a plain rectangle somewhere: what is hidden must be guessed from the rest."""
    batch, _, size, _ = pictures.shape
    uniform, _ = random(generator, pictures.device)
    index = torch.arange(size, device=pictures.device)
    corner = uniform(-size / 8, size * 0.95, batch, 2)
    extent = uniform(size / 8, size * 0.4, batch, 2)
    inside = lambda k: ((index >= corner[:, k, None]) & (index < corner[:, k, None] + extent[:, k, None]))  # noqa: E731
    where = inside(1)[:, None, :, None] & inside(0)[:, None, None, :]
    where = where & (uniform(0, 1, batch, 1, 1, 1) < 0.25)
    return torch.where(where, uniform(0, 1, batch, 3, 1, 1), pictures), where


def flipped(points):
    """Places from a picture's middle, in a mirror."""
    return points * torch.tensor([-1.0, 1.0], device=points.device)


def turned_over(points, pose, mirror):
    """Landmarks (from the picture's middle) and pose of a head in a mirror, the landmarks renamed."""
    return flipped(points[:, mirror]), pose * torch.tensor([-1.0, 1.0, -1.0], device=pose.device)


def mirrored(pictures, points, pose, mirror, generator):
    """Half of the batch turned over."""
    uniform, _ = random(generator, pictures.device)
    flip = uniform(0, 1, len(pictures)) < 0.5
    turned, turned_pose = turned_over(points, pose, mirror)
    return (torch.where(flip[:, None, None, None], pictures.flip(3), pictures),
            torch.where(flip[:, None, None], turned, points),
            torch.where(flip[:, None], turned_pose, pose), flip)


def cosine_rate(share, peak, warm=0.02):
    """The learning rate at `share` 0…1 of a run: a short rise, then a half cosine to almost nothing."""
    return peak * min(1, share / warm + 1e-3) * (0.5 + 0.5 * math.cos(math.pi * min(1, share))) + 1e-6
