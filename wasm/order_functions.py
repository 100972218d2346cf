# SPDX-License-Identifier: MIT
"""Puts functions that look alike side by side in a linked wasm's text: the same code packs better.

Functions of one type follow one another, types of many functions first; within a type those with as
many locals, then by length.
"""

import collections
import re

FUNCTION = re.compile(r"^ \(func \$(\d+)(.*?)\n \)\n", re.MULTILINE | re.DOTALL)


class Function:
    def __init__(self, match):
        self.number, self.text = int(match.group(1)), match.group(0)
        self.head = self.text.split("\n", 1)[0]
        self.type = (re.findall(r"\(param \$\d+ (\w+)\)", self.head), re.findall(r"\(result (\w+)\)", self.head))
        self.locals = self.text.count("\n  (local $")


def ordered(functions):
    alike = collections.Counter(str(f.type) for f in functions)
    return sorted(functions, key=lambda f: (-alike[str(f.type)], f.type, f.locals, len(f.text)))
