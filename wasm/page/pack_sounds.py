# SPDX-License-Identifier: MIT
"""The product's sounds as the one file the page fetches: 12 bits a sample, as differences, in a form
that brotli packs to a third. js/library_audio.js reads it."""

import array
import json
import sys
import wave

DROPPED_BITS = 4   # 16 - 12; what is left lies 72 dB under full scale
ORDERS = range(4)  # a tone's third differences are small, a noise is smallest as it is


def samples(path):
    with wave.open(str(path)) as reader:
        if (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) != (1, 2, 24000):
            sys.exit("pack_sounds: %s: the page plays one channel of 16 bits at 24 kHz" % path)
        values = array.array("h", reader.readframes(reader.getnframes()))
    if sys.byteorder == "big":
        values.byteswap()
    return [(value + (1 << DROPPED_BITS - 1)) >> DROPPED_BITS for value in values]


def differences(values, order):
    for _ in range(order):
        values = [b - a for a, b in zip([0] + values, values)]
    return values


def zigzag(value):
    return value << 1 if value >= 0 else (-value << 1) - 1


def best(values):
    """The order whose differences are smallest in all, and those."""
    found = [(order, differences(values, order)) for order in ORDERS]
    return min(found, key=lambda one: sum(map(abs, one[1])))


def pack(folder):
    index, planes = {}, bytearray()
    for path in sorted(folder.glob("*.wav")):
        order, values = best(samples(path))
        bits = [zigzag(value) for value in values]
        if max(bits) > 0xFFFF:
            sys.exit("pack_sounds: %s: a step too large for 16 bits; make it softer" % path)
        index[path.stem] = [len(bits), order]
        planes += bytes(value >> 8 for value in bits) + bytes(value & 255 for value in bits)
    return json.dumps(index, separators=(",", ":")).encode() + b"\n" + bytes(planes)
