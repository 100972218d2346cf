# SPDX-License-Identifier: MIT
"""The text of a linked wasm as wasm-dis writes it, in pieces that cut_engine.py puts together anew."""

import re

import order_functions

IMPORT = re.compile(r"^ \(import .*\(func ([^\s()]+).*\n", re.MULTILINE)


class Broken(Exception):
    pass


class Module:
    """`functions` by number, `names` of them, `slots`: who stands in the table from `first_slot` on; `imports`:
    the host's functions in their order, `imported`: their names; `exports`: what, "func $7", to its name."""

    def __init__(self, text, symbols):
        matches = list(order_functions.FUNCTION.finditer(text))
        self.head, self.tail = text[:matches[0].start()], text[matches[-1].end():]
        self.functions = {f.number: f for f in map(order_functions.Function, matches)}
        self.imports = IMPORT.findall(self.head)
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
        # Functions by their numbers, the host's as the text calls them.
        self.slots = [int(one) if one.isdigit() else one for one in re.findall(r"\$(\S+)", elements[0][1])]
        self.exports = dict((what, name) for name, what in
                            re.findall(r'^ \(export "(\w+)" \((\w+ \S+?)\)\)$', self.head, re.MULTILINE))
        self.types = {types: name for name, types in
                      re.findall(r"^ \(type (\S+) \(func(.*)\)\)$", self.head, re.MULTILINE)}

    def calls(self, number):
        return {int(n) for n in re.findall(r"\((?:call|ref\.func) \$(\d+)\b", self.functions[number].text)}

    def is_exported(self, number):
        return "func $%d" % number in self.exports

    def signature(self, number):
        """As a type says it: " (param i32 i32) (result i32)"."""
        return "".join(" (%s %s)" % (kind, " ".join(types))
                       for kind, types in zip(("param", "result"), self.functions[number].type) if types)

    def declaration(self, kind):
        found = re.findall(r"^ \(%s (\$\S+ .*)\)$" % kind, self.head, re.MULTILINE)
        if len(found) != 1:
            raise Broken("%d declarations of a %s" % (len(found), kind))
        return found[0]


def used_imports(module, body):
    """Lines of the host's functions that this body calls or has in its table, and their places in the module's list."""
    used = set(re.findall(r"\$fimport[^\s()]+", body))
    return [(match.group(0), match.group(1)) for match in IMPORT.finditer(module.head) if match.group(1) in used]
