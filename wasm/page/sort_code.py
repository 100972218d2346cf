# SPDX-License-Identifier: MIT
"""A wasm in pieces for the inlined page, its code by kinds, so that it packs better.

Opcodes stand behind one another, and so do numbers of locals, constants, functions called and so on, each
kind in a stream of its own; the page's script weaves them together again (inlined.js). Three things are left
out, for they follow from the rest: how long a body is, reserved zeros, and how an address is aligned, which
is a hint without meaning and becomes the natural one.

A piece is a 0 and bytes as they are, or a 1, the lengths of the streams, and the streams.
"""

# Each stream's letter, in the order in which they stand; "d": what locals a function has.
STREAMS = "olcfniabtgmd"
# By opcode, what follows it: "o" nothing, "l" a local, "c" a constant, "f" a float, "F" a double, "n" a function,
# "i" a type of function, "a" an address, "b" a branch, "B" a table of them, "t" a block and its type, "e" the end
# of one, "g" a global, "m" an opcode behind 0xFC, "z" a zero; "?": what this engine is not compiled to.
KINDS = "".join({**{code: "o" for code in (0x00, 0x01, 0x05, 0x0F, 0x1A, 0x1B, *range(0x45, 0xC5))},
                 0x02: "t", 0x03: "t", 0x04: "t", 0x0B: "e", 0x0C: "b", 0x0D: "b", 0x0E: "B", 0x10: "n", 0x11: "i",
                 0x20: "l", 0x21: "l", 0x22: "l", 0x23: "g", 0x24: "g", **{code: "a" for code in range(0x28, 0x3F)},
                 0x3F: "z", 0x40: "z", 0x41: "c", 0x42: "c", 0x43: "f", 0x44: "F", 0xFC: "m"}.get(code, "?")
                for code in range(256))
# Powers of two, from i32.load (0x28) to i64.store32.
NATURAL = "23230011001122232301012"
CODE = 10
MEMORY_COPY, MEMORY_FILL = 10, 11
LENGTH = 3  # bytes of a body's length, as the script writes it


def number(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value, at


def leb(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


class Streams:
    def __init__(self):
        self.by_letter, self.size = {letter: bytearray() for letter in STREAMS}, 0

    def add(self, body):
        """A function's body without its length."""
        self.size += len(body)
        at = self.numbers("d", body, 0, 2 * number(body, 0)[0] + 1)
        while at < len(body):
            code = body[at]
            self.by_letter["o"].append(code)
            at = self.follow(KINDS[code], body, at + 1)

    def raw(self, letter, body, at, size):
        self.by_letter[letter] += body[at:at + size]
        return at + size

    def numbers(self, letter, body, at, count):
        for _ in range(count):
            at = self.raw(letter, body, at, number(body, at)[1] - at)
        return at

    def follow(self, kind, body, at):
        """Takes what follows an opcode; where the next one stands."""
        if kind in "oe":
            return at
        if kind in "lcnbtg":
            return self.numbers(kind, body, at, 1)
        if kind == "a":
            return self.numbers("a", body, at + 1, 1)
        if kind in "fF":
            return self.raw("f", body, at, 4 if kind == "f" else 8)
        if kind == "B":
            return self.numbers("b", body, at, number(body, at)[0] + 2)
        if kind == "i":
            return self.numbers("i", body, at, 1) + 1
        if kind == "z":
            return at + 1
        if kind == "m" and (body[at] < 8 or body[at] in (MEMORY_COPY, MEMORY_FILL)):
            return self.raw("m", body, at, 1) + {MEMORY_COPY: 2, MEMORY_FILL: 1}.get(body[at], 0)
        raise ValueError("sort_code: opcode %#x %#x, which the page's script does not know" % (body[at - 1], body[at]))

    def piece(self):
        streams = self.by_letter.values()
        return b"\1" + b"".join(leb(len(stream)) for stream in streams) + b"".join(streams)


def bodies(wasm, at, count):
    for _ in range(count):
        size, first = number(wasm, at)
        at = first + size
        yield wasm[first:at]


def code_pieces(functions, size):
    streams = Streams()
    for body in functions:
        streams.add(body)
        if streams.size >= size:
            yield streams.piece()
            streams = Streams()
    if streams.size:
        yield streams.piece()


def pieces(wasm, size):
    """The wasm in pieces; of code each is of `size` bytes and the rest of a function."""
    at = 8
    while wasm[at] != CODE:
        length, first = number(wasm, at + 1)
        at = first + length
    length, first = number(wasm, at + 1)
    count, start = number(wasm, first)
    functions = list(bodies(wasm, start, count))
    woven = start - first + sum(LENGTH + len(body) for body in functions)
    yield b"\0" + wasm[:at + 1] + leb(woven) + wasm[first:start]
    yield from code_pieces(functions, size)
    yield b"\0" + wasm[first + length:]
