# SPDX-License-Identifier: MIT
"""Who refers to whom in the one object that link-time optimisation makes of the whole program.

Calls, addresses of functions and addresses of data are all relocations there, with the name of what they
mean: after the link they are numbers like any other. Format: the tool conventions' Linking.md.
"""

import bisect
import collections

CODE, DATA, CUSTOM = 10, 11, 0
SYMBOL_TABLE, INIT_FUNCTIONS, SEGMENT_INFO = 8, 6, 5
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
        """LEB128 without a sign."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def signed(self):
        before = self.at
        value, bits = self.number(), 7 * (self.at - before)
        return value - (1 << bits) if value >> (bits - 1) else value

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


def outside_may_use(symbol):
    """The linker's other objects, or the host. Of the names that link-time optimisation made itself, of functions
    that were local and of hierarchies of classes, they know nothing."""
    if symbol.name.endswith(".llvm.merged") or symbol.name.startswith("__typeid_"):
        return bool(symbol.flags & NO_STRIP)
    return not symbol.flags & LOCAL or bool(symbol.flags & NO_STRIP)


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


def code_starts(body, imported):
    """(first byte in the section, function) of each function."""
    reader, starts = Reader(body), []
    for number in range(reader.number()):
        starts.append((reader.at, imported + number))
        reader.bytes()
    return starts


def segments(body):
    """The first byte of each data segment in the section, and the one behind it."""
    reader, starts = Reader(body), []
    for _ in range(reader.number()):
        if reader.number() != 0:
            raise ValueError("a data segment of a kind that objects do not have")
        while reader.byte() != 0x0B:  # i32.const OFFSET end; an object's offsets have no such byte
            reader.number()
        size = reader.number()
        starts.append((reader.at, reader.at + size))
        reader.at += size
    return starts


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
    """Functions by their index and pieces of data by their first byte in the section, as ("function", 7) and
    ("data", 40): several symbols may name one of them. A piece ends where a symbol or a segment begins, so each
    table of virtual functions is one, also where link-time optimisation put several behind one another.

    `edges`: from each to the set of those it refers to, `calls`: that it calls; `in_table`: names of functions
    whose address is taken; `roots`: those that the outside may use; `addends`: of each piece, with which ones
    addresses are made of its own."""

    def __init__(self, data):
        bodies = list(sections(data))
        self.symbols, self.names, self.roots = [], collections.defaultdict(set), set()
        self.edges, self.calls = collections.defaultdict(set), collections.defaultdict(set)
        self.segments, self.segment_names, self.pieces = [], [], []
        self.addends = collections.defaultdict(set)
        imported, relocations, started = 0, [], []
        for kind, body in bodies:
            if kind == 2:
                imported = imported_functions(body)
            elif kind == DATA:
                self.segments = segments(body)
            if kind != CUSTOM:
                continue
            reader = Reader(body)
            name = reader.name()
            if name == "linking":
                started = self.read_linking(reader)
            elif name in ("reloc.CODE", "reloc.DATA"):
                relocations.append(reader)
        self.name_all()
        self.roots |= {self.meant(index) for index in started}
        taken = set()
        for reader in relocations:
            kind, body = bodies[reader.number()]
            starts = code_starts(body, imported) if kind == CODE else [(at, at) for at in self.pieces]
            taken |= self.read_relocations(reader, "function" if kind == CODE else "data", starts)
        self.in_table = set().union(*(self.names[one] for one in taken))

    def read_linking(self, reader):
        """Reads the symbols; those of functions that run at the start."""
        if reader.number() != 2:
            raise ValueError("an object of another version of the tool conventions")
        started = []
        while reader.at < len(reader.data):
            kind = reader.byte()
            part = Reader(reader.bytes())
            if kind == SYMBOL_TABLE:
                self.symbols = read_symbols(part)
            elif kind == SEGMENT_INFO:
                for _ in range(part.number()):
                    self.segment_names.append(part.name())
                    part.number(), part.number()
            elif kind == INIT_FUNCTIONS:
                for _ in range(part.number()):
                    part.number()
                    started.append(part.number())
        return started

    def name_all(self):
        defined = [(i, s) for i, s in enumerate(self.symbols) if not s.flags & UNDEFINED]
        self.pieces = sorted({*(first for first, _ in self.segments), *(
            self.segments[s.index][0] + s.offset for _, s in defined if s.kind == DATA_SYMBOL)})
        for index, symbol in defined:
            if symbol.kind == FUNCTION_SYMBOL:
                self.names[self.meant(index)].add(symbol.name)
            if symbol.kind in (FUNCTION_SYMBOL, DATA_SYMBOL) and outside_may_use(symbol):
                self.roots.add(self.meant(index))

    def meant(self, index, addend=0):
        """What a symbol with this addend means; None: nothing of this object's."""
        symbol = self.symbols[index]
        if symbol.flags & UNDEFINED or symbol.kind not in (FUNCTION_SYMBOL, DATA_SYMBOL):
            return None
        if symbol.kind == FUNCTION_SYMBOL:
            return "function", symbol.index
        at = self.segments[symbol.index][0] + symbol.offset + addend
        return "data", self.pieces[max(0, bisect.bisect_right(self.pieces, at) - 1)]

    def extents(self):
        """(first byte, the one behind it, name of its segment, the segment's first byte) of each piece."""
        for (first, end), name in zip(self.segments, self.segment_names):
            starts = self.pieces[bisect.bisect_left(self.pieces, first):bisect.bisect_left(self.pieces, end)]
            for start, behind in zip(starts, [*starts[1:], end]):
                yield start, behind, name, first

    def read_relocations(self, reader, kind_of_place, starts):
        """Functions whose address is taken here."""
        firsts, taken = [first for first, _ in starts], set()
        for _ in range(reader.number()):
            kind, offset, index = reader.byte(), reader.number(), reader.number()
            addend = reader.signed() if kind in WITH_ADDEND else 0
            if kind not in CALL | PLACE | ADDRESS:
                continue
            by = kind_of_place, starts[bisect.bisect_right(firsts, offset) - 1][1]
            # A loop may begin before the first element of its table: the symbol itself counts, too.
            meant = {self.meant(index), self.meant(index, addend)} - {None}
            self.edges[by] |= meant
            if kind in ADDRESS and self.meant(index):
                self.addends[self.meant(index)].add(addend)
            if kind in CALL:
                self.calls[by] |= meant
            if kind in PLACE:
                taken |= meant
        return taken

    def reached(self, gates):
        """All that the outside comes to without going through a gate."""
        seen, to_do = set(), [root for root in self.roots if root not in gates]
        while to_do:
            at = to_do.pop()
            if at in seen:
                continue
            seen.add(at)
            to_do += [next for next in self.edges[at] if next not in gates]
        return seen

    def behind(self, gates):
        """Names of the functions that only the gates lead to, theirs included; of a gate, how its name begins.
        ValueError: one is missing, or is called by its name, so that later steps might put it into its caller."""
        shut = {}
        for gate in gates:
            found = [one for one, names in self.names.items() if any(name.startswith(gate) for name in names)]
            if len(found) != 1:
                raise ValueError("%s gate: %s" % ("more than one such" if found else "no such", gate))
            shut[found[0]] = gate
        reached = self.reached(shut)
        for caller in reached:
            for gate in self.calls[caller] & set(shut):
                raise ValueError("%s calls %s by its name, not through a pointer" % (
                    min(self.names[caller]), shut[gate]))
        return set().union(*(names for one, names in self.names.items() if one not in reached))
