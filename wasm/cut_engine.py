#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cuts the linked engine in two: what the first screen needs, and the rest, which may come later.

  wasm/cut_engine.py WASM OBJECT GATE...

WASM becomes the first part; the rest is written beside it as NAME.rest.wasm. GATE: functions,
"space::make_thing", that the engine calls through a pointer, and only once the rest is there.
OBJECT: what link-time optimisation made of the program (--save-temps): who refers to whom (reachable.py).

The rest holds what only gates lead to. It shares memory, table and stack pointer with the first part,
takes what it calls of it from its exports, and puts its functions into their places of the table as it
starts. Until then these hold a function of a type of its own, so whoever called one would stop at once.

Functions are put into an order in which they pack better (order_functions.py), and so is NAME.js.symbols
(emcc's --emit-symbol-map); NAME.rest.symbols is the rest's.
"""

import collections
import itertools
import pathlib
import re
import string
import subprocess
import sys

import order_functions
import reachable

# What cmake/VitrineOptions.cmake compiles for, and globals that two parts may write.
FEATURES = ["--mvp-features", "--enable-nontrapping-float-to-int", "--enable-bulk-memory", "--enable-sign-ext",
            "--enable-mutable-globals"]
# The text knows nothing of the stack; this writes it as tersely as the link had.
TERSE = ["--optimize-level=2", "--shrink-level=2", "--generate-stack-ir", "--optimize-stack-ir"]
# Of a type that nobody else has: every call of it by another type stops.
NOT_THERE = ' (func $absent (param f64 f32 f64 f32 i64 f64 f32) (result f64)\n  (unreachable)\n )\n'
# Where the rest finds the exports of the first part (wasm/page/boot.js).
FIRST = "first"


class Broken(Exception):
    pass


def mangled(gate):
    """How its symbol begins; its parameters follow."""
    return "_ZN%sE" % "".join("%d%s" % (len(part), part) for part in gate.split("::"))


class Module:
    """The text of a linked wasm as wasm-dis writes it, in pieces."""

    def __init__(self, text, symbols):
        matches = list(order_functions.FUNCTION.finditer(text))
        self.head, self.tail = text[:matches[0].start()], text[matches[-1].end():]
        self.functions = {f.number: f for f in map(order_functions.Function, matches)}
        self.imports = re.findall(r"^ \(import .*\(func ([^\s()]+).*\n", self.head, re.MULTILINE)
        if len(self.imports) + len(self.functions) != len(symbols):
            raise Broken("read %d functions, the symbol map has %d" %
                         (len(self.imports) + len(self.functions), len(symbols)))
        names = [line.split(":", 1)[1] for line in symbols]
        self.imported = dict(zip(self.imports, names))
        # Link-time optimisation renames as it merges; the object has its names.
        self.names = {number: names[len(self.imports) + number] for number in self.functions}
        elements = re.findall(r"^ \(elem \(i32\.const (\d+)\) (.*)\)$", self.head, re.MULTILINE)
        if len(elements) != 1 or "(start " in text:
            raise Broken("%d element segments, or a start function" % len(elements))
        self.first_slot = int(elements[0][0])
        self.slots = [int(number) for number in re.findall(r"\$(\d+)", elements[0][1])]
        self.exports = dict((what, name) for name, what in
                            re.findall(r'^ \(export "(\w+)" \((\w+ \S+?)\)\)$', self.head, re.MULTILINE))

    def calls(self, number):
        return {int(n) for n in re.findall(r"\((?:call|ref\.func) \$(\d+)\b", self.functions[number].text)}

    def declaration(self, kind):
        found = re.findall(r"^ \(%s (\$\S+ .*)\)$" % kind, self.head, re.MULTILINE)
        if len(found) != 1:
            raise Broken("%d declarations of a %s" % (len(found), kind))
        return found[0]


def merged(module, in_table):
    """Functions of the table that stand for others, too. Each function whose address the object takes had a
    place of its own; where they became one after that, only one name is left, and it says nothing."""
    places = collections.Counter(module.slots)
    return {number for number in places if places[number] > 1 or module.names[number] not in in_table}


def rest_of(module, behind, in_table, gates):
    """Numbers of the functions that go into the rest, closed: nothing that stays calls one of them."""
    rest = {number for number, name in module.names.items() if name in behind}
    stays = [number for number in module.functions if number not in rest or "func $%d" % number in module.exports]
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


def shared(module, rest):
    """What the rest takes of the first part: its text there, "func $7", to its declaration in the rest."""
    called = sorted(set().union(*(module.calls(number) for number in rest)) - rest)
    table, memory, sp = (module.declaration(kind) for kind in ("table", "memory", "global"))
    wanted = {"table " + table.split()[0]: "(table %s)" % table, "memory " + memory.split()[0]: "(memory %s)" % memory,
              "global " + sp.split()[0]: "(global %s)" % re.sub(r" \(i32\.const .*", "", sp)}
    for number in called:
        types = "".join(" (%s %s)" % part for part in
                        [("param", t) for t in module.functions[number].type[0]] +
                        [("result", t) for t in module.functions[number].type[1]])
        wanted["func $%d" % number] = "(func $%d%s)" % (number, types)
    return wanted


def used_imports(module, body):
    """Lines of the functions that this body calls or has in its table, and their places in the module's list."""
    used = set(re.findall(r"\$fimport[^\s()]+", body))
    lines = re.findall(r"^ \(import .*\(func .*\n", module.head, re.MULTILINE)
    return [(line, place) for line, place in zip(lines, module.imports) if place in used]


def first_text(module, rest, exports):
    slots = ["$absent" if number in rest else "$%d" % number for number in module.slots]
    head = re.sub(r"^ \(elem .*$", " (elem (i32.const %d) %s)" % (module.first_slot, " ".join(slots)), module.head,
                  flags=re.MULTILINE)
    functions = order_functions.ordered([f for n, f in module.functions.items() if n not in rest])
    added = "".join(' (export "%s" (%s))\n' % (name, what) for what, name in exports.items())
    body = "".join(f.text for f in functions)
    kept = used_imports(module, body + re.search(r"^ \(elem .*$", module.head, re.MULTILINE).group(0))
    for line in set(re.findall(r"^ \(import .*\(func .*\n", head, re.MULTILINE)) - {line for line, _ in kept}:
        head = head.replace(line, "")
    return head + added + body + NOT_THERE + module.tail, [place for _, place in kept], functions


def rest_text(module, rest, wanted, names):
    types = re.findall(r"^ \(type .*\n", module.head, re.MULTILINE)
    functions = order_functions.ordered([f for n, f in module.functions.items() if n in rest])
    body = "".join(f.text for f in functions)
    kept = used_imports(module, body)
    imports = [line for line, _ in kept]
    symbols = [module.imported[place] for _, place in kept]
    symbols += [module.names[int(what.split("$")[1])] for what in wanted if what.startswith("func ")]
    symbols += [module.names[f.number] for f in functions]
    imports += [' (import "%s" "%s" %s)\n' % (FIRST, names[what], text) for what, text in wanted.items()]
    elements = []
    for at, number in enumerate(module.slots):
        if number in rest:
            elements.append(' (elem (i32.const %d) $%d)\n' % (module.first_slot + at, number))
    return "(module\n" + "".join(types + imports + elements) + body + ")\n", symbols


def cut(text, symbols, program, gates):
    """Texts and symbol maps of both parts; Broken or ValueError where they would not be whole."""
    module = Module(text, symbols)
    rest = rest_of(module, program.behind(gates), program.in_table, gates)
    wanted, free = shared(module, rest), short_names(set(module.exports.values()))
    names = {what: module.exports.get(what) or next(free) for what in wanted}
    added = {what: name for what, name in names.items() if what not in module.exports}
    first, imported, functions = first_text(module, rest, added)
    second, second_symbols = rest_text(module, rest, wanted, names)
    lines = [module.imported[place] for place in imported] + [module.names[f.number] for f in functions] + ["absent"]
    return first, numbered(lines), second, numbered(second_symbols)


def numbered(names):
    return "".join("%d:%s\n" % pair for pair in enumerate(names))


def assemble(text, path):
    subprocess.run(["wasm-opt", "-", "-o", str(path), *TERSE, *FEATURES], input=text, check=True, text=True)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    wasm, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    gates, symbols = [mangled(gate) for gate in sys.argv[3:]], wasm.with_suffix(".js.symbols")
    text = subprocess.run(["wasm-dis", str(wasm), *FEATURES], capture_output=True, check=True, text=True).stdout
    try:
        parts = cut(text, symbols.read_text().splitlines(), reachable.Object(program.read_bytes()), gates)
    except (Broken, ValueError) as problem:
        sys.exit("cut_engine: %s" % problem)
    assemble(parts[0], wasm)
    symbols.write_text(parts[1])
    assemble(parts[2], wasm.with_suffix(".rest.wasm"))
    wasm.with_suffix(".rest.symbols").write_text(parts[3])


if __name__ == "__main__":
    main()
