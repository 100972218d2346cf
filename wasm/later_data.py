# SPDX-License-Identifier: MIT
"""Which pieces of data come with which part: those that only its functions, and later ones', know of.

What a function knows of stands in its text after the link as a number: an address within a piece, or one that
the compiler made of the piece's by an addend. A number that only looks like one keeps a piece earlier than it
had to be, never later. Which piece names which other one stands in the object's relocations (reachable.py), and
where it lies in memory in the linker's map.
"""

import bisect
import collections
import re

from linked_module import Broken

NUMBER = re.compile(r"(?:i32\.const |offset=)(\d+)")
SEGMENT = re.compile(r'^ \(data (?:\$\S+ )?\(i32\.const (\d+)\) "(.*)"\)\n', re.MULTILINE)
CHUNK = re.compile(r"^ *([0-9a-f]+) +[0-9a-f]+ +[0-9a-f]+ {9}(.+):\((\.\S+)\)$", re.MULTILINE)
# What the linker calls the object that link-time optimisation made.
OPTIMISED = "lto.tmp"
ESCAPE = re.compile(r"\\([0-9a-f]{2}|.)")
PLAIN = {"t": "\t", "n": "\n", "r": "\r"}
# A gap of fewer zeros costs less than another segment.
GAP = 24

Piece = collections.namedtuple("Piece", "key first end")


def addresses(map_text, path):
    """Of each segment of the object, by its name, its address."""
    found = collections.defaultdict(list)
    for address, file, name in CHUNK.findall(map_text):
        if file in (OPTIMISED, path):
            found[name].append(int(address, 16))
    return {name: places[0] for name, places in found.items() if len(places) == 1}


def read(text):
    """The segments of a module's text, as their first addresses and bytes."""
    segments = []
    for first, escaped in SEGMENT.findall(text):
        data = ESCAPE.sub(lambda m: chr(int(m.group(1), 16)) if len(m.group(1)) == 2 else
                          PLAIN.get(m.group(1), m.group(1)), escaped)
        segments.append((int(first), data.encode("latin-1")))
    return segments


def written(segments):
    return "".join(' (data (i32.const %d) "%s")\n' % (first, "".join("\\%02x" % byte for byte in data))
                   for first, data in segments)


class Data:
    """`pieces` by their addresses; `part` of each."""

    def __init__(self, program, map_text, path):
        at = addresses(map_text, path)
        self.pieces = sorted((Piece(("data", start), at[name] + start - first, at[name] + end - first)
                              for start, end, name, first in program.extents() if name in at),
                             key=lambda piece: piece.first)
        if not self.pieces:
            raise Broken("the linker's map names no data of the object")
        self.firsts = [piece.first for piece in self.pieces]
        self.program = program
        self.part = {}

    def meant(self, number):
        """The pieces that a number in the code may be an address of: that it lies in, or ends."""
        place = bisect.bisect_right(self.firsts, number) - 1
        return {piece.key for piece in self.pieces[max(0, place - 1):place + 1]
                if piece.first <= number <= piece.end}

    def divide(self, texts, last):
        """`texts`: of each part, all that has numbers."""
        outside = collections.defaultdict(set)
        places = {piece.key: piece.first for piece in self.pieces}
        for key, addends in self.program.addends.items():
            for addend in addends if key in places else ():
                outside[places[key] + addend].add(key)
        self.part = {piece.key: last for piece in self.pieces}
        to_do = [(key, 0) for key in self.program.roots]
        for part, text in enumerate(texts):
            for number in set(map(int, NUMBER.findall(text))):
                to_do += [(key, part) for key in self.meant(number) | outside[number]]
        while to_do:
            key, part = to_do.pop()
            if self.part.get(key, -1) > part:
                self.part[key] = part
                to_do += [(next, part) for next in self.program.edges[key]]

    def of(self, part, segments):
        """What a part brings of the segments."""
        ranges = [(piece.first, piece.end) for piece in self.pieces if self.part[piece.key] == part]
        taken = [(piece.first, piece.end) for piece in self.pieces if self.part[piece.key] > part]
        return cut_out(segments, taken) if part == 0 else pick(segments, ranges)


def pick(segments, ranges):
    """Only what lies in the ranges, which are sorted."""
    picked = []
    for first, data in segments:
        for begin, end in ranges:
            begin, end = max(begin, first), min(end, first + len(data))
            content = data[max(0, begin - first):max(0, end - first)]
            if not content.strip(b"\0"):
                continue
            if picked and picked[-1][0] + len(picked[-1][1]) == begin:
                picked[-1] = (picked[-1][0], picked[-1][1] + content)
            else:
                picked.append((begin, content))
    return picked


def cut_out(segments, ranges):
    """All but the ranges."""
    kept = []
    for first, data in segments:
        content = bytearray(data)
        for begin, end in ranges:
            begin, end = max(begin - first, 0), min(end - first, len(data))
            if begin < end:
                content[begin:end] = bytes(end - begin)
        for match in re.finditer(rb"[^\0](?:\0{0,%d}[^\0])*" % GAP, bytes(content), re.DOTALL):
            kept.append((first + match.start(), match.group(0)))
    return kept
