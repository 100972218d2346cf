#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a contact picture (PNG) of a shard, with or without what is known about each face.

  tools/vision/sheet.py SHARD OUT.png [--columns 10] [--rows 6] [--first 0] [--zoom 1] [--points] [--mask]

Green landmarks are seen, red ones hidden. Needs numpy only.
"""

import argparse
import pathlib
import struct
import sys
import zlib

import numpy as np

import shards

COLORS = {shards.HIDDEN: (230, 40, 40), shards.VISIBLE: (60, 255, 60), shards.OUTSIDE: (90, 90, 255)}
MOST_PIXELS = 400_000_000  # 1.2 GB, and as much again while it is packed


def write_png(path, pixels):
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + pixels[y].tobytes() for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))


def dot(tile, x, y, color):
    x, y, reach = int(round(x)), int(round(y)), tile.shape[0] // 300
    tile[max(0, y - reach):max(0, y + reach + 1), max(0, x - reach):max(0, x + reach + 1)] = color


def tile_of(record, options):
    tile = record["rgb"].repeat(options.zoom, 0).repeat(options.zoom, 1).copy()
    if options.mask:
        cells = np.arange(tile.shape[0]) * record["mask"].shape[0] // tile.shape[0]
        tile[..., 1] = np.maximum(tile[..., 1], record["mask"][cells][:, cells] // 2)
    for face in record["face"]:
        if not options.points or not face["present"]:
            continue
        for (x, y), seen in zip((face["point"] + 0.5) * options.zoom - 0.5, face["seen"]):
            dot(tile, x, y, COLORS[int(seen)])
    return tile


def whole_number(least):
    def taken(text):
        if text.isdecimal() and int(text) >= least:
            return int(text)
        raise argparse.ArgumentTypeError(f"must be a whole number of at least {least}, not \"{text}\"")
    return taken


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shard", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    for name, value, least in (("columns", 10, 1), ("rows", 6, 1), ("first", 0, 0), ("zoom", 1, 1)):
        parser.add_argument(f"--{name}", type=whole_number(least), default=value)
    parser.add_argument("--points", action="store_true")
    parser.add_argument("--mask", action="store_true")
    return parser.parse_args()


def make(chosen):
    header, records = shards.read(chosen.shard)
    if chosen.out.exists() and chosen.out.samefile(chosen.shard):
        raise SystemExit(f"sheet.py: {chosen.out} is the shard itself; name another file for the picture")
    side = header.size * chosen.zoom
    if chosen.rows * chosen.columns * side * side > MOST_PIXELS:
        raise SystemExit("sheet.py: the picture would be too large; choose fewer rows and columns or a smaller zoom")
    sheet = np.zeros((chosen.rows * side, chosen.columns * side, 3), np.uint8)
    for i, record in enumerate(records[chosen.first:chosen.first + chosen.rows * chosen.columns]):
        y, x = divmod(i, chosen.columns)
        sheet[y * side:(y + 1) * side, x * side:(x + 1) * side] = tile_of(record, chosen)
    write_png(chosen.out, sheet)


def main():
    try:
        make(options())
    except (shards.BadShard, OSError) as problem:
        print(f"sheet.py: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
