#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the golden set of the engine's inference: tiny nets with random weights and what PyTorch says of them.

  tools/vision/train/golden.py tests/vision/network_golden

For each net KIND.net (docs/vision/training.md) and KIND.expected: float32, little-endian; of the landmark net
landmarks, pose, presence, spread and mask, of the detector its cells, four values each, of a part landmarks and
spread. correction.expected: what the landmark net's correction makes of the picture's first values. The sizes are
odd on purpose. What the nets see is `picture` below, which the test makes anew; see docs/vision/inference.md.
"""

import argparse
import pathlib

import numpy
import torch

import export
import nets
import parts
import rounding

SEED = 11
LANDMARKS = {"size": 48, "width": 5, "hidden": 12}
DETECTOR = {"size": 64, "width": 3}
PART = {"size": 24, "width": 3, "hidden": 10}
DETECTOR_PICTURE = (45, 38)  # width, height


def picture(width, height):
    """Noise between -2 and 2 that other languages can make to the bit."""
    index = numpy.arange(width * height * 3, dtype=numpy.uint64)
    noise = (index * 2654435761 + 12345) % 2 ** 32 >> numpy.uint64(8)
    values = (noise.astype(numpy.float64) / 2 ** 24 * 4 - 2).astype(numpy.float32)
    return torch.from_numpy(values).reshape(1, height, width, 3).permute(0, 3, 1, 2)


def settled(net, shape):
    """Batch norms get means, spreads and factors of their own, so that folding them is not trivial."""
    for module in net.modules():
        if isinstance(module, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.bias, -0.5, 0.5)
    net.train()
    with torch.no_grad():
        for _ in range(20):
            net(torch.randn(16, *shape) + 0.3)
    return net.eval()


@torch.no_grad()
def landmark_values(net, x):
    out = net(x)
    return torch.cat([out[name].flatten() for name in ("points", "pose", "presence", "log_spread", "mask")])


@torch.no_grad()
def correction_values(net, x):
    first = x.permute(0, 2, 3, 1).flatten()[:net.correction[0].in_features]
    return net.correction(first[None]).flatten()


@torch.no_grad()
def part_values(net, x):
    out = net(x)
    return torch.cat([out[name].flatten() for name in ("points", "log_spread")])


@torch.no_grad()
def detector_values(net, x):
    return net(x).permute(0, 2, 3, 1).flatten()


def write(folder, kind, net, recipe, x, **expected):
    """`expected`: by the file's name, the function that says what the net makes of `x`."""
    plain = rounding.folded(net)
    export.pack(plain, kind, recipe, folder / f"{kind}.net")
    for name, values in expected.items():
        said = values(rounding.with_rounded_weights(plain), x).numpy().astype("<f4")
        (folder / f"{name}.expected").write_bytes(said.tobytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    size = LANDMARKS["size"]
    landmarks = nets.LandmarkNet(size, width=LANDMARKS["width"], hidden=LANDMARKS["hidden"])
    write(folder, "landmarks", settled(landmarks, (3, size, size)), LANDMARKS, picture(size, size),
          landmarks=landmark_values, correction=correction_values)
    detector = nets.Detector(DETECTOR["width"])
    width, height = DETECTOR_PICTURE
    write(folder, "detector", settled(detector, (3, 64, 64)), DETECTOR, picture(width, height), detector=detector_values)
    side = PART["size"]
    for kind, part in parts.PARTS.items():
        net = parts.new_net(part, PART)
        write(folder, kind, settled(net, (3, side, side)), PART, picture(side, side), **{kind: part_values})


if __name__ == "__main__":
    main()
