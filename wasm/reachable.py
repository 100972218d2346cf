# SPDX-License-Identifier: MIT
"""Who refers to whom in the one object that link-time optimisation makes of the whole program.

Calls, addresses of functions and addresses of data are all relocations there, with the name of what they
mean: after the link they are numbers like any other. Format: the tool conventions' Linking.md.
"""

import bisect
import collections

CODE, DATA, CUSTOM = 10, 11, 0
SYMBOL_TABLE, INIT_FUNCTIONS = 8, 6
FUNCTION_SYMBOL, DATA_SYMBOL, SECTION_SYMBOL = 0, 1, 3
LOCAL, UNDEFINED, EXPLICIT_NAME, NO_STRIP = 0x2, 0x10, 0x40, 0x80
# Relocations by what they mean: a function called; its place in the table; an address in memory.
CALL, PLACE, ADDRESS = frozenset([0]), frozenset([1, 2]), frozenset([3, 4, 5])
WITH_ADDEND = frozenset([3, 4, 5, 8, 9])


class Reader:
    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def number(self):
        """LEB128; what is signed is only skipped with it."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def bytes(self):
        size = self.number()
        self.at += size
        return self.data[self.at - size:self.at]

    def name(self):
        return self.bytes().decode()


Symbol = collections.namedtuple("Symbol", "name kind flags index offset size")


def sections(data):
    reader = Reader(data, 8)
    while reader.at < len(data):
        kind = reader.byte()
        yield kind, reader.bytes()


def read_symbols(reader):
    symbols = []
    for _ in range(reader.number()):
        kind, flags, name, index, offset, size = reader.byte(), reader.number(), None, None, 0, 0
        defined = not flags & UNDEFINED
        if kind == DATA_SYMBOL:
            name = reader.name()
            if defined:
                index, offset, size = reader.number(), reader.number(), reader.number()
        else:
            index = reader.number()
            if kind != SECTION_SYMBOL and (defined or flags & EXPLICIT_NAME):
                name = reader.name()
        symbols.append(Symbol(name, kind, flags, index, offset, size))
    return symbols


def code_ranges(body, imported, symbols):
    """(first byte in the section, symbol) of each function."""
    by_index = {s.index: i for i, s in enumerate(symbols) if s.kind == FUNCTION_SYMBOL and not s.flags & UNDEFINED}
    reader, ranges = Reader(body), []
    for number in range(reader.number()):
        ranges.append((reader.at, by_index[imported + number]))
        reader.bytes()
    return ranges


def data_ranges(body, symbols):
    reader, starts = Reader(body), []
    for _ in range(reader.number()):
        if reader.number() != 0:
            raise ValueError("a data segment of a kind that objects do not have")
        while reader.byte() != 0x0B:  # i32.const OFFSET end; an object's offsets have no such byte
            reader.number()
        size = reader.number()
        starts.append(reader.at)
        reader.at += size
    return sorted((starts[s.index] + s.offset, i) for i, s in enumerate(symbols)
                  if s.kind == DATA_SYMBOL and not s.flags & UNDEFINED)


def imported_functions(body):
    reader, functions = Reader(body), 0
    for _ in range(reader.number()):
        reader.name(), reader.name()
        kind = reader.byte()
        functions += kind == 0
        if kind == 0:
            reader.number()
            continue
        if kind in (1, 3):
            reader.byte()
        limits = reader.byte()
        if kind != 3:
            reader.number()
            if limits & 1:
                reader.number()
    return functions


class Object:
    """`edges`: symbol number to the set of those it refers to, `calls`: that it calls; `in_table`: names of
    functions whose address is taken; `roots`: symbols that the outside may use."""

    def __init__(self, data):
        bodies = list(sections(data))
        self.symbols, self.roots, self.in_table = [], set(), set()
        self.edges, self.calls = collections.defaultdict(set), collections.defaultdict(set)
        imported, relocations = 0, []
        for kind, body in bodies:
            if kind == 2:
                imported = imported_functions(body)
            if kind != CUSTOM:
                continue
            reader = Reader(body)
            name = reader.name()
            if name == "linking":
                self.read_linking(reader)
            elif name in ("reloc.CODE", "reloc.DATA"):
                relocations.append(reader)
        self.roots |= {i for i, s in enumerate(self.symbols) if not s.flags & LOCAL or s.flags & NO_STRIP}
        for reader in relocations:
            kind, body = bodies[reader.number()]
            ranges = code_ranges(body, imported, self.symbols) if kind == CODE else data_ranges(body, self.symbols)
            self.read_relocations(reader, ranges)

    def read_linking(self, reader):
        if reader.number() != 2:
            raise ValueError("an object of another version of the tool conventions")
        while reader.at < len(reader.data):
            kind = reader.byte()
            part = Reader(reader.bytes())
            if kind == SYMBOL_TABLE:
                self.symbols = read_symbols(part)
            elif kind == INIT_FUNCTIONS:
                for _ in range(part.number()):
                    part.number()
                    self.roots.add(part.number())

    def read_relocations(self, reader, ranges):
        starts = [start for start, _ in ranges]
        for _ in range(reader.number()):
            kind, offset, index = reader.byte(), reader.number(), reader.number()
            if kind in WITH_ADDEND:
                reader.number()
            if kind not in CALL | PLACE | ADDRESS:
                continue
            by = ranges[bisect.bisect_right(starts, offset) - 1][1]
            self.edges[by].add(index)
            if kind in CALL:
                self.calls[by].add(index)
            if kind in PLACE:
                self.in_table.add(self.symbols[index].name)

    def reached(self, gates):
        """Numbers of all that the outside comes to without going through a gate."""
        seen, to_do = set(), [root for root in self.roots if self.symbols[root].name not in gates]
        while to_do:
            at = to_do.pop()
            if at in seen:
                continue
            seen.add(at)
            to_do += [next for next in self.edges[at] if self.symbols[next].name not in gates]
        return seen

    def behind(self, gates):
        """Names of the functions that only the gates lead to, theirs included. ValueError: a gate is missing, or
        is called by its name, so that later steps might put it into its caller."""
        functions = {i: s.name for i, s in enumerate(self.symbols)
                     if s.kind == FUNCTION_SYMBOL and not s.flags & UNDEFINED}
        missing = set(gates) - set(functions.values())
        if missing:
            raise ValueError("no such gate: " + ", ".join(sorted(missing)))
        reached = self.reached(gates)
        for caller in reached:
            for gate in {self.symbols[called].name for called in self.calls[caller]} & set(gates):
                raise ValueError("%s calls %s by its name, not through a pointer" % (self.symbols[caller].name, gate))
        return set(functions.values()) - {name for i, name in functions.items() if i in reached}
