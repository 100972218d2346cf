# SPDX-License-Identifier: MIT
"""Reads the packed shards of the renderer; docs/vision/shards.md describes them."""

import numpy as np

MAGIC = "vitrine-faces 1"
HIDDEN, VISIBLE, OUTSIDE = 0, 1, 2


class BadShard(Exception):
    pass


def number_of(word, least=0):
    number = int(word)
    if not least <= number < 2 ** 40:  # more than the renderer counts to
        raise ValueError
    return number


class Header:
    """What a shard says of itself: counts as attributes, `groups` name -> slice, `mirror`, `lights`, `flags`."""

    LEAST = {"seed": 0, "first": 0, "count": 1, "size": 1, "mask": 1, "faces": 1, "points": 1, "record_bytes": 1}

    def __init__(self, lines, path):
        self.groups = {}
        for line in lines:
            try:
                name, value = line.split(" ", 1)
                self._take(name, value)
            except ValueError as problem:
                raise BadShard(f"{path}: its header has the bad line \"{line[:60]}\"; draw it again") from problem
        for name in (*self.LEAST, "framing", "mirror", "lights", "flags"):
            if not hasattr(self, name):
                raise BadShard(f"{path}: its header lacks \"{name}\"")

    def _take(self, name, value):
        if name in self.LEAST:
            setattr(self, name, number_of(value, self.LEAST[name]))
        elif name == "group":
            group, first, count = value.split()
            self.groups[group] = slice(number_of(first), number_of(first) + number_of(count))
        elif name == "mirror":
            self.mirror = np.array([number_of(word) for word in value.split()])
        elif name in ("lights", "flags"):
            setattr(self, name, value.split())
        elif name == "framing":
            self.framing = value

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
            lines.append(line.decode("ascii", "replace").rstrip("\n"))
            if lines[-1] == "end":
                break
        else:
            raise BadShard(f"{path} ends inside its header")
        header = Header(lines[:-1], path)
        offset = file.tell()
    try:
        record = header.record()
        if record.itemsize != header.record_bytes:
            raise BadShard(f"{path}: {header.record_bytes} bytes a record instead of {record.itemsize}")
        return header, np.memmap(path, record, "r", offset, (header.count,))
    except (ValueError, OverflowError) as problem:
        raise BadShard(f"{path} is shorter than its header says; draw it again") from problem
