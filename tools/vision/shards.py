# SPDX-License-Identifier: MIT
"""Reads the packed shards of the renderer; docs/vision/shards.md describes them."""

import numpy as np

MAGIC = "vitrine-faces 1"
HIDDEN, VISIBLE, OUTSIDE = 0, 1, 2


class BadShard(Exception):
    pass


class Header:
    """What a shard says of itself: counts as attributes, `groups` name -> slice, `mirror`, `lights`, `flags`."""

    def __init__(self, lines, path):
        values = dict(line.split(" ", 1) for line in lines if not line.startswith("group "))
        try:
            for name in ("seed", "first", "count", "size", "mask", "faces", "points", "record_bytes"):
                setattr(self, name, int(values[name]))
            self.framing = values["framing"]
            self.mirror = np.array([int(word) for word in values["mirror"].split()])
            self.lights, self.flags = values["lights"].split(), values["flags"].split()
        except (KeyError, ValueError) as problem:
            raise BadShard(f"{path}: its header lacks {problem}") from problem
        self.groups = {}
        for line in lines:
            if line.startswith("group "):
                _, name, first, count = line.split()
                self.groups[name] = slice(int(first), int(first) + int(count))

    def record(self):
        face = np.dtype([("point", "<f4", (self.points, 2)), ("pose", "<f4", 3), ("seen", "u1", self.points),
                         ("present", "u1"), ("tone", "u1"), ("light", "u1"), ("flags", "<u2"), ("spare", "<u2")])
        return np.dtype([("rgb", "u1", (self.size, self.size, 3)), ("mask", "u1", (self.mask, self.mask)),
                         ("face", face, self.faces)])


def read(path):
    """The header and a read-only array of records of one shard."""
    with open(path, "rb") as file:
        if file.readline().decode("ascii", "replace").rstrip("\n") != MAGIC:
            raise BadShard(f"{path} does not begin with \"{MAGIC}\": it is no shard of faces")
        lines = []
        for line in iter(file.readline, b""):
            lines.append(line.decode("ascii").rstrip("\n"))
            if lines[-1] == "end":
                break
        else:
            raise BadShard(f"{path} ends inside its header")
        header = Header(lines[:-1], path)
        offset = file.tell()
    record = header.record()
    if record.itemsize != header.record_bytes:
        raise BadShard(f"{path}: {header.record_bytes} bytes a record instead of {record.itemsize}")
    try:
        return header, np.memmap(path, record, "r", offset, (header.count,))
    except ValueError as problem:
        raise BadShard(f"{path} is shorter than its header says; draw it again") from problem
