# SPDX-License-Identifier: MIT
"""The compact head file that the renderer reads; its format is described in docs/vision/head.md."""

import struct
import zlib

import numpy as np

MAGIC = "vitrine-head 1"
ARRAYS = (  # name, type, shape by the counts V(ertices), T(riangles), I(dentity modes), E(xpressions)
    ("position", "<f4", "V3"), ("uv", "<f4", "V2"), ("triangle", "<u4", "T3"), ("material", "u1", "T"),
    ("identity_scale", "<f4", "I"), ("identity", "<i2", "IV3"),
    ("expression_scale", "<f4", "E"), ("expression", "<i2", "EV3"))
LICENCE = "MIT, Copyright (c) 2020 USC Institute for Creative Technologies (ICT-FaceKit)"


def counts_of(head):
    return {"V": len(head["position"]), "T": len(head["triangle"]), "I": len(head["identity"]),
            "E": len(head["expression"])}


def shape_of(pattern, counts):
    return tuple(counts.get(letter) or int(letter) for letter in pattern)


def header(head):
    counts = counts_of(head)
    lines = [MAGIC, f"licence {LICENCE}", f"vertices {counts['V']}", f"triangles {counts['T']}",
             f"identity_modes {counts['I']}"]
    lines += [f"material {name}" for name in head["materials"]]
    lines += [f"expression {name}" for name in head["expressions"]]
    return ("\n".join(lines + ["end"]) + "\n").encode("ascii")


def write(path, head):
    """Writes `head`: the arrays above and the lists of names `materials` and `expressions`."""
    counts = counts_of(head)
    body = b""
    for name, kind, pattern in ARRAYS:
        array = np.ascontiguousarray(head[name], dtype=kind)
        wanted = shape_of(pattern, counts)
        if array.shape != wanted:
            raise ValueError(f"{name} has the shape {array.shape}, not {wanted}")
        body += array.tobytes()
    with open(path, "wb") as file:
        file.write(header(head) + body + struct.pack("<I", zlib.crc32(body)))


def quantised(deltas):
    """Scales and int16 values of moves (n, V, 3): move = value * scale."""
    deltas = np.asarray(deltas, dtype=np.float32)
    scale = np.maximum(np.abs(deltas).max(axis=(1, 2)), 1e-9) / 32767
    return scale, np.round(deltas / scale[:, None, None]).astype(np.int16)
