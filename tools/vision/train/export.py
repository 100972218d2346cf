#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Packs trained weights for the engine: batch norms folded in, a byte a weight, one scale an output channel.

  tools/vision/train/export.py landmarks landmarks.pt OUT.net [--data FOLDER]
  tools/vision/train/export.py detector  detector.pt  OUT.net [--data FOLDER]
  tools/vision/train/export.py lips      lips.pt      OUT.net        (and eye)

docs/vision/training.md describes the file. With --data it also says how far the rounding moves what the net finds.
"""

import argparse
import hashlib
import json
import pathlib
import struct
import zlib

import torch
from torch import nn

import evaluate
import nets
import parts
import train_detector
import training
import weights_file
from pool import Pool
from rounding import folded, rounded, weighted, with_rounded_weights


def describe(name, layer):
    if isinstance(layer, nn.Linear):
        return f"dense {name} {layer.in_features} {layer.out_features}"
    return (f"conv {name} {layer.in_channels} {layer.out_channels} {layer.kernel_size[0]} {layer.stride[0]} "
            f"{layer.padding[0]} {layer.dilation[0]} {layer.groups}")


def pack(module, kind, recipe, path):
    lines = [weights_file.MAGIC, f"kind {kind}", f"size {recipe['size']}"]
    body = b""
    for name, layer in weighted(module):
        lines.append(describe(name, layer))
        values, scale = rounded(layer)
        bias = layer.bias.data if layer.bias is not None else torch.zeros(len(scale))
        for array in (values, scale.float(), bias.float()):
            body += array.cpu().numpy().tobytes()
    data = ("\n".join(lines + ["end"]) + "\n").encode("ascii") + body + struct.pack("<I", zlib.crc32(body))
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise SystemExit(f"{path} cannot be written: {problem.strerror}") from None
    print(f"{path}: {len(data)} bytes, {len(zlib.compress(data, 9))} compressed, SHA-256 {hashlib.sha256(data).hexdigest()}")


def compare(kind, float_net, int8_net, recipe, held_out, data, device):
    """What rounding costs; of a landmark net before the correction, which is taught and measured rounded."""
    for net in (float_net, int8_net):
        net.to(device)
    if kind in parts.PARTS:
        pool = Pool(data, "held_crop", 500, device).filled()
        a, b = (evaluate.closer_alone({kind: net}, pool) for net in (float_net, int8_net))
    elif kind == "landmarks":
        pool = Pool(data, "held_crop", held_out["crop"], device).filled()
        a, b = (evaluate.brief(net, pool, recipe["size"]) for net in (float_net, int8_net))
    else:
        pools = [Pool(data, f"held_{name}", held_out[name], device).filled() for name in ("frame", "empty")]
        a, b = (train_detector.figures(net, *pools, recipe["size"]) for net in (float_net, int8_net))
    print(json.dumps({"float": a, "int8": b}, indent=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=("landmarks", "detector", *parts.PARTS))
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--recipe", type=pathlib.Path, default=training.RECIPE)
    chosen = parser.parse_args()
    recipes = training.recipe_of(chosen.recipe)
    recipe = recipes["parts" if chosen.kind in parts.PARTS else chosen.kind]
    if chosen.kind in parts.PARTS:
        net = parts.new_net(parts.PARTS[chosen.kind], recipe)
    elif chosen.kind == "landmarks":
        net = nets.LandmarkNet(recipe["size"], width=recipe["width"], hidden=recipe["hidden"])
    else:
        net = nets.Detector(recipe["width"])
    plain = folded(training.load(net, chosen.kind, chosen.weights))
    pack(plain, chosen.kind, recipe, chosen.out)
    if chosen.data:
        compare(chosen.kind, plain, with_rounded_weights(plain), recipe, recipes["held_out"], chosen.data, training.device_of_choice())


if __name__ == "__main__":
    main()
