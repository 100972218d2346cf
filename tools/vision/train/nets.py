# SPDX-License-Identifier: MIT
"""The networks. All see a picture normalised by its own mean and spread; docs/vision/training.md."""

import math

import torch
from torch import nn

GROUPS = 10  # of landmarks, each with its own uncertainty
CORRECTION_HIDDEN = 128


def conv(inputs, outputs, kernel, stride=1, dilation=1):
    padding = dilation * (kernel // 2)
    return [nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, bias=False),
            nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]


class Inverted(nn.Module):
    """Widen three times, filter each channel, narrow again, add the input."""

    def __init__(self, channels):
        super().__init__()
        wide = 3 * channels
        self.body = nn.Sequential(
            nn.Conv2d(channels, wide, 1, bias=False), nn.BatchNorm2d(wide), nn.ReLU(inplace=True),
            nn.Conv2d(wide, wide, 3, 1, 1, groups=wide, bias=False), nn.BatchNorm2d(wide),
            nn.ReLU(inplace=True), nn.Conv2d(wide, channels, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return x + self.body(x)


class LandmarkNet(nn.Module):
    """`size` squared RGB → landmarks (half regions from the middle), pose, presence, log spread, mask."""

    def __init__(self, size=96, points=137, width=20, hidden=256):
        super().__init__()
        self.size, self.points = size, points
        a, b, c, d = width, 2 * width, 4 * width, 6 * width
        self.early = nn.Sequential(*conv(3, a, 5, 2), *conv(a, b, 3, 2), *conv(b, b, 3), *conv(b, c, 3, 2),
                                   Inverted(c), Inverted(c))
        self.late = nn.Sequential(*conv(c, d, 3, 2), Inverted(d), Inverted(d))
        cells = (size // 16) ** 2
        self.narrow = nn.Sequential(*conv(d, 48, 1))
        self.hidden = nn.Sequential(nn.Linear(48 * cells, hidden, bias=False), nn.BatchNorm1d(hidden),
                                    nn.LeakyReLU(0.1))
        self.outputs = nn.Linear(hidden, 2 * points + 3 + 1 + GROUPS)
        self.mask = nn.Conv2d(c + 48, 4, 3, 1, 1)
        self.shuffle = nn.PixelShuffle(2)
        self.correction = nn.Sequential(nn.Linear(2 * points + 2 + GROUPS, CORRECTION_HIDDEN), nn.LeakyReLU(0.1),
                                        nn.Linear(CORRECTION_HIDDEN, 2 * points + 3))

    def forward(self, x):
        early = self.early(x)
        deep = self.narrow(self.late(early))
        out = self.outputs(self.hidden(deep.flatten(1)))
        n = 2 * self.points
        up = deep.repeat_interleave(2, 2).repeat_interleave(2, 3)
        return {"points": out[:, :n].reshape(-1, self.points, 2), "pose": out[:, n:n + 3],
                "presence": out[:, n + 3], "log_spread": out[:, n + 4:],
                "mask": self.shuffle(self.mask(torch.cat([early, up], 1)))[:, 0]}

    @torch.no_grad()
    def start_from_mean(self, mean):
        """Before any training: the mean face, no pose, an even chance, nothing to correct."""
        self.outputs.weight.mul_(0.2)
        self.outputs.bias.zero_()
        self.outputs.bias[:2 * self.points] = mean.reshape(-1)
        self.outputs.bias[2 * self.points + 4:] = math.log(0.05)
        for layer in self.correction[::2]:
            layer.weight.mul_(0)
            layer.bias.zero_()


class PartNet(nn.Module):
    """`size` squared RGB of a part of a face (parts.py) → its landmarks, half squares from the middle, log spread."""

    def __init__(self, size, points, groups, width, hidden):
        super().__init__()
        self.size, self.points = size, points
        a, b, c = width, 2 * width, 4 * width
        self.body = nn.Sequential(*conv(3, a, 5, 2), *conv(a, b, 3, 2), *conv(b, b, 3), *conv(b, c, 3, 2),
                                  Inverted(c), Inverted(c), *conv(c, 16, 1))
        self.hidden = nn.Sequential(nn.Linear(16 * (size // 8) ** 2, hidden, bias=False), nn.BatchNorm1d(hidden),
                                    nn.LeakyReLU(0.1))
        self.outputs = nn.Linear(hidden, 2 * points + groups)

    def forward(self, x):
        out = self.outputs(self.hidden(self.body(x).flatten(1)))
        n = 2 * self.points
        return {"points": out[:, :n].reshape(-1, self.points, 2), "log_spread": out[:, n:]}

    @torch.no_grad()
    def start_from_mean(self, mean):
        self.outputs.weight.mul_(0.2)
        self.outputs.bias.fill_(math.log(0.05))
        self.outputs.bias[:2 * self.points] = mean.reshape(-1)


class Detector(nn.Module):
    """Any size → a cell of 8 x 8 pixels each: score, middle in the cell, log of the region's side."""

    STRIDE, BASE = 8, 40  # BASE: side in pixels whose log is 0

    def __init__(self, width=12):
        super().__init__()
        a, b = 2 * width, 4 * width
        self.body = nn.Sequential(*conv(3, width, 3, 2), *conv(width, a, 3, 2), *conv(a, 32, 3, 2), *conv(32, b, 3),
                                  *conv(b, b, 3, dilation=2), *conv(b, b, 3, dilation=3), *conv(b, b, 3))
        self.outputs = nn.Conv2d(b, 4, 1)
        nn.init.constant_(self.outputs.bias, 0)
        self.outputs.bias.data[0] = -4

    def forward(self, x):
        return self.outputs(self.body(x))


def normalised(pictures):
    """(B, 3, H, W) in 0…1 → mean 0, spread about 1, each by itself."""
    mean = pictures.mean((1, 2, 3), keepdim=True)
    return (pictures - mean) / (pictures.std((1, 2, 3), keepdim=True) + 0.05)


def held_spread(log_spread):
    """As the engine holds it (engine/vision/face_region.cpp): what is beyond says nothing more."""
    return log_spread.clamp(-6, 1)


def megamacs(net, shape):
    """Multiplications of one pass, in millions."""
    total = [0]

    def count(module, _, output):
        if isinstance(module, nn.Conv2d):
            total[0] += output.numel() * module.weight[0].numel()
        elif isinstance(module, nn.Linear):
            total[0] += module.weight.numel()

    hooks = [module.register_forward_hook(count) for module in net.modules()]
    was = net.training
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape, device=next(net.parameters()).device))
    net.train(was)
    for hook in hooks:
        hook.remove()
    return total[0] / 1e6
