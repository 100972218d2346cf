#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cuts the linked engine into parts that come one after the other (docs/page.md).

  wasm/cut_engine.py WASM OBJECT MAP [--times FILE] GATE...

The rest is what only gates lead to: functions, "space::make_thing", that the engine calls through a pointer,
and only once the rest is there. OBJECT: what link-time optimisation made of the program (--save-temps): who
refers to whom (reachable.py). MAP: the linker's, where everything lies; each part brings the strings and tables
that no earlier one names (later_data.py). Until the rest is there its places of the table hold a function of a type of its
own, so whoever called one would stop at once.

FILE says when functions are first called (call_times.txt): what comes before it is then cut into what starts,
what the first frame calls too, and what is called late. These may be called before they are there: in their
places of the table stand functions that ask the host for the part, "parts" "need", and call what it brought.

WASM becomes the first part; beside it stand NAME.frame.wasm and NAME.late.wasm with FILE, and NAME.rest.wasm.
All share memory, table and stack pointer. A part takes what it calls of an earlier one from that one's exports,
imports of the module "0" for the first, and puts its functions into their places of the table as it starts.

Functions are put into an order in which they pack better (order_functions.py), and so is NAME.js.symbols
(emcc's --emit-symbol-map); NAME.frame.symbols and so on are those of the others. As it was
linked the engine stays in NAME.linked.wasm and .symbols.
"""

import argparse
import collections
import itertools
import pathlib
import re
import shutil
import string
import subprocess
import sys

import later_data
import order_functions
import reachable
from linked_module import IMPORT, Broken, Module, used_imports

# What cmake/VitrineOptions.cmake compiles for, and globals that two parts may write.
FEATURES = ["--mvp-features", "--enable-nontrapping-float-to-int", "--enable-bulk-memory", "--enable-sign-ext",
            "--enable-mutable-globals"]
# The text knows nothing of the stack; this writes it as tersely as the link had.
TERSE = ["--optimize-level=2", "--shrink-level=2", "--generate-stack-ir", "--optimize-stack-ir"]
# Of a type that nobody else has: every call of it by another type stops.
NOT_THERE = ' (func $absent (param f64 f32 f64 f32 i64 f64 f32) (result f64)\n  (unreachable)\n )\n'
NEED = ' (import "parts" "need" (func $need))\n'
# A function of fewer lines is smaller than what it takes to have it come later.
FEW_LINES = 10


def mangled(gate):
    """How its symbol begins; its parameters follow."""
    return "_ZN%sE" % "".join("%d%s" % (len(part), part) for part in gate.split("::"))


def merged(module, in_table):
    """Functions of the table that stand for others, too. Each function whose address the object takes had a
    place of its own; where they became one after that, only one name is left, and it says nothing."""
    places = collections.Counter(number for number in module.slots if number in module.functions)
    return {number for number in places if places[number] > 1 or module.names[number] not in in_table}


def rest_of(module, behind, in_table, gates):
    """Numbers of the functions that go into the rest, closed: nothing that stays calls one of them."""
    rest = {number for number, name in module.names.items() if name in behind}
    stays = [number for number in module.functions if number not in rest or module.is_exported(number)]
    stays += merged(module, in_table)
    kept = set()
    while stays:
        number = stays.pop()
        if number not in kept:
            kept.add(number)
            stays += module.calls(number)
    rest -= kept
    for gate in gates:
        if not any(module.names[number].startswith(gate) for number in rest & set(module.slots)):
            raise Broken("%s is not in the table by itself: another function became one with it" % gate)
    return rest


def short_names(taken):
    letters = string.ascii_letters
    for length in itertools.count(1):
        for name in map("".join, itertools.product(letters, repeat=length)):
            if name not in taken:
                yield name


class Parts:
    """Who is in which part: `of` by function, the last part is the rest. `places`: of each function of the parts
    between, its first place in the table; who is called from an earlier part and has none gets one at the end."""

    def __init__(self, module, rest, times):
        self.module = module
        self.suffixes = ["", *((".frame", ".late") if times is not None else ()), ".rest"]
        self.last = len(self.suffixes) - 1
        self.of = {number: self.last if number in rest else self.early(number, times) for number in module.functions}
        self.places = {}
        for at, number in enumerate(module.slots):
            if 0 < self.of.get(number, 0) < self.last:
                self.places.setdefault(number, module.first_slot + at)
        ahead = {called for number in module.functions for called in module.calls(number)
                 if self.of[number] < self.of[called]}
        self.table_end = first_end = int(module.declaration("table").split()[1])
        for number in sorted(ahead - set(self.places)):
            self.places[number] = self.table_end
            self.table_end += 1
        self.table = dict(enumerate(module.slots, module.first_slot))
        self.table.update({place: number for number, place in self.places.items() if place >= first_end})

    def early(self, number, times):
        is_short = self.module.functions[number].text.count("\n") < FEW_LINES
        if times is None or is_short or self.module.is_exported(number):
            return 0
        return {"frame": 1, "late": 2}.get(times.get(self.module.names[number]), 0)

    def elements(self, part):
        """What a part puts into the table; the first fills all of it."""
        names = {number: "$%d" % number if its == part else "" if part else "$absent" if its == self.last else
                 "$wait%d" % number for number, its in self.of.items()}
        lines, before = [], None
        for place, number in sorted(self.table.items()):
            name = names.get(number, "" if part else "$%s" % number)
            if name:
                lines.append(name if before == place - 1 else ") (elem (i32.const %d) %s" % (place, name))
                before = place
        return " ".join(lines)[1:] + ")"

    def waiting(self):
        """The functions that stand in the table for those that may be called before they are there."""
        text = []
        for number, place in sorted(self.places.items(), key=lambda p: (self.module.signature(p[0]), p[1])):
            signature = self.module.signature(number)
            parameters = len(self.module.functions[number].type[0])
            text.append(" (func $wait%d%s\n  (call $need)\n  (call_indirect (type %s)%s (i32.const %d))\n )\n"
                        % (number, signature, self.module.types[signature],
                           "".join(" (local.get %d)" % i for i in range(parameters)), place))
        return "".join(text)

    def text(self, number):
        """A function whose calls of later parts go through the table."""
        part, lines, open_calls = self.of[number], [], []
        for line in self.module.functions[number].text.splitlines():
            call = re.fullmatch(r"( *)\(call \$(\d+)(\)?)", line)
            if open_calls and line == open_calls[-1][0] + ")":
                indent, place = open_calls.pop()
                lines.append("%s (i32.const %d)" % (indent, place))
            elif call and self.of[int(call.group(2))] > part:
                indent, called, closed = call.group(1), int(call.group(2)), call.group(3)
                place = self.places[called]
                line = "%s(call_indirect (type %s)" % (indent, self.module.types[self.module.signature(called)])
                if closed:
                    line += " (i32.const %d))" % place
                else:
                    open_calls.append((indent, place))
            lines.append(line)
        return "\n".join(lines) + "\n"

    def functions(self, part):
        """In their order."""
        return order_functions.ordered([f for n, f in self.module.functions.items() if self.of[n] == part])

    def shared(self):
        """Of each part, what later ones take: its text there, "func $7", to the name it is exported by."""
        wanted = [set() for _ in self.suffixes]
        for number in self.module.functions:
            for called in self.module.calls(number):
                if self.of[called] < self.of[number]:
                    wanted[self.of[called]].add(called)
        shared = []
        for part, numbers in enumerate(wanted):
            kinds = ("table", "memory", "global") if part == 0 else ()
            whats = ["%s %s" % (kind, self.module.declaration(kind).split()[0]) for kind in kinds]
            whats += ["func $%d" % number for number in sorted(numbers)]
            given = self.module.exports if part == 0 else {}
            free = short_names(set(given.values()))
            shared.append({what: given.get(what) or next(free) for what in whats})
        return shared


def export_lines(exports):
    return "".join(' (export "%s" (%s))\n' % (name, what) for what, name in exports.items())


def first_part(module, parts, exports, data):
    """Its text, and the names of its functions in their order."""
    functions = parts.functions(0)
    body = "".join(parts.text(f.number) for f in functions)
    head = re.sub(r"^ \(elem .*$", lambda _: parts.elements(0), module.head, flags=re.MULTILINE)
    at = later_data.SEGMENT.search(head).start()
    head = head[:at] + data + later_data.SEGMENT.sub("", head[at:])
    table = module.declaration("table")
    name, _, _, kind = table.split()
    head = head.replace("(table %s)" % table, "(table %s %d %d %s)" % (name, parts.table_end, parts.table_end, kind))
    kept = used_imports(module, body + parts.elements(0))
    lines = [line for line, _ in kept] + ([NEED] if parts.places else [])
    head = IMPORT.sub(lambda match: "".join(lines) if match.group(1) == module.imports[0] else "", head)
    added = {what: name for what, name in exports.items() if what not in module.exports}
    names = [module.imported[place] for _, place in kept] + (["need"] if parts.places else [])
    names += [module.names[f.number] for f in functions] + ["wait"] * len(parts.places) + ["absent"]
    return head + export_lines(added) + body + parts.waiting() + NOT_THERE + module.tail, names


def import_line(module, parts, part, what, name):
    kind, number = what.split(" $")
    if kind == "func":
        text = "(func $%s%s)" % (number, module.signature(int(number)))
    elif kind == "table":
        text = "(table $%s %d %d funcref)" % (number, parts.table_end, parts.table_end)
    else:
        text = "(%s %s)" % (kind, re.sub(r" \(i32\.const .*", "", module.declaration(kind)))
    return ' (import "%d" "%s" %s)\n' % (part, name, text)


def later_part(module, parts, part, shared, data):
    """Its text, and the names of its functions in their order."""
    functions = parts.functions(part)
    body = "".join(parts.text(f.number) for f in functions)
    kept = used_imports(module, body)
    lines, names = [line for line, _ in kept], [module.imported[place] for _, place in kept]
    called = {"func $%d" % n for f in functions for n in module.calls(f.number)}
    for earlier in range(part):
        for what, name in shared[earlier].items():
            if what in called or not what.startswith("func "):
                lines.append(import_line(module, parts, earlier, what, name))
                names += [module.names[int(what.split("$")[1])]] if what.startswith("func ") else []
    types = "".join(re.findall(r"^ \(type .*\n", module.head, re.MULTILINE))
    names += [module.names[f.number] for f in functions]
    return "(module\n" + types + "".join(lines) + data + parts.elements(part) + "\n" + export_lines(shared[part]) + body + ")\n", names


def data_of(module, parts, program, where):
    """Of each part, the segments it brings."""
    texts = ["".join(f.text for f in parts.functions(part)) for part in range(len(parts.suffixes))]
    texts[0] += later_data.SEGMENT.sub("", module.head) + module.tail
    data, segments = later_data.Data(program, *where), later_data.read(module.head)
    data.divide(texts, parts.last)
    return [later_data.written(data.of(part, segments)) for part in range(len(parts.suffixes))]


def cut(text, symbols, program, where, gates, times):
    """Of each part its suffix, text and names; Broken or ValueError where they would not be whole."""
    module = Module(text, symbols)
    parts = Parts(module, rest_of(module, program.behind(gates), program.in_table, gates), times)
    shared, data = parts.shared(), data_of(module, parts, program, where)
    yield ("", *first_part(module, parts, shared[0], data[0]))
    for part in range(1, len(parts.suffixes)):
        yield (parts.suffixes[part], *later_part(module, parts, part, shared, data[part]))


def read_times(path):
    """Function to "frame" or "late"; who is not named is called at the start. None: nobody knows."""
    if not path:
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: time for time, name in (line.split() for line in lines if line and not line.startswith("#"))}


def assemble(text, path):
    subprocess.run(["wasm-opt", "-", "-o", str(path), *TERSE, *FEATURES], input=text, check=True, text=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wasm", type=pathlib.Path)
    parser.add_argument("object", type=pathlib.Path)
    parser.add_argument("map", type=pathlib.Path)
    parser.add_argument("--times", type=pathlib.Path)
    parser.add_argument("gates", nargs="+")
    options = parser.parse_args()
    symbols = options.wasm.with_suffix(".js.symbols")
    shutil.copy(options.wasm, options.wasm.with_suffix(".linked.wasm"))
    shutil.copy(symbols, options.wasm.with_suffix(".linked.symbols"))
    text = subprocess.run(["wasm-dis", str(options.wasm), *FEATURES],
                          capture_output=True, check=True, text=True).stdout
    try:
        parts = list(cut(text, symbols.read_text().splitlines(), reachable.Object(options.object.read_bytes()),
                         (options.map.read_text(), str(options.object)), [mangled(gate) for gate in options.gates], read_times(options.times)))
    except (Broken, ValueError) as problem:
        sys.exit("cut_engine: %s" % problem)
    for suffix, part, names in parts:
        assemble(part, options.wasm.with_suffix(suffix + ".wasm"))
        options.wasm.with_suffix((suffix or ".js") + ".symbols").write_text(
            "".join("%d:%s\n" % pair for pair in enumerate(names)))


if __name__ == "__main__":
    main()
