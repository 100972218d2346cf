#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts functions that look alike side by side in a linked wasm: the same code packs better.

  wasm/order_functions.py WASM SYMBOLS

Functions of one type follow one another, types of many functions first; within a type those with as
many locals, then by length. Nothing else changes. SYMBOLS (emcc's --emit-symbol-map) is renumbered.
"""

import collections
import pathlib
import re
import subprocess
import sys

# What cmake/VitrineOptions.cmake compiles for.
FEATURES = ["--mvp-features", "--enable-nontrapping-float-to-int", "--enable-bulk-memory", "--enable-sign-ext"]
# The text knows nothing of the stack; this writes it as tersely as the link had.
TERSE = ["--optimize-level=2", "--shrink-level=2", "--generate-stack-ir", "--optimize-stack-ir"]
FUNCTION = re.compile(r"^ \(func \$(\d+)(.*?)\n \)\n", re.MULTILINE | re.DOTALL)


class Function:
    def __init__(self, match):
        self.number, self.text = int(match.group(1)), match.group(0)
        head = self.text.split("\n", 1)[0]
        self.type = (re.findall(r"\(param \$\d+ (\w+)\)", head), re.findall(r"\(result (\w+)\)", head))
        self.locals = self.text.count("\n  (local $")


def ordered(functions):
    alike = collections.Counter(str(f.type) for f in functions)
    return sorted(functions, key=lambda f: (-alike[str(f.type)], f.type, f.locals, len(f.text)))


def renumbered(symbols, functions):
    """The map's lines, "NUMBER:NAME", in the new order; imported functions keep theirs."""
    names = [line.split(":", 1)[1] for line in symbols]
    imported = len(names) - len(functions)
    names[imported:] = [names[imported + f.number] for f in functions]
    return "".join("%d:%s\n" % numbered for numbered in enumerate(names))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    wasm, symbols = map(pathlib.Path, sys.argv[1:])
    text = subprocess.run(["wasm-dis", str(wasm), *FEATURES], capture_output=True, check=True, text=True).stdout
    matches = list(FUNCTION.finditer(text))
    functions = ordered([Function(match) for match in matches])
    imported, names = len(re.findall(r"^ \(import .*\(func ", text, re.MULTILINE)), symbols.read_text().splitlines()
    if imported + len(functions) != len(names):
        sys.exit("order_functions: read %d functions, the symbol map has %d" % (imported + len(functions), len(names)))
    whole = text[:matches[0].start()] + "".join(f.text for f in functions) + text[matches[-1].end():]
    subprocess.run(["wasm-opt", "-", "-o", str(wasm), *TERSE, *FEATURES], input=whole, check=True, text=True)
    symbols.write_text(renumbered(names, functions))


if __name__ == "__main__":
    main()
