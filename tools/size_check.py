#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the page weighs, part by part, against the budget in tools/size_budget.json.

  tools/size_check.py BUILD_DIR [--markdown]

Weight is what travels: brotli -11 of what the first frame calls with the JavaScript, of that with what the
first screen calls late, of all of the engine, and of the inlined page, up to where the first frame is drawn
and whole; and the face tracker's module with its script and weights (docs/vision/labs.md), which no campaign's
page has. A part's share of a wasm is its share of the code's bytes; sizes by part are before compression.
Exit status: 0 within the budget, 1 above it, 2 wrong use, 77 no page was built or a tool is missing.
"""

import argparse
import collections
import json
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
EMSCRIPTEN_LIBRARIES = pathlib.Path("/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten")
# The libraries this page links, of the many that lie there.
SYSTEM = ("libc-optz", "libc", "libc++-noexcept", "libc++abi-noexcept", "libemmalloc",
          "libcompiler_rt", "libGL-webgl2", "libGL", "libhtml5", "libstubs")


class Reader:
    """Just enough of the wasm binary format to find function bodies."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def name(self):
        size = self.number()
        self.at += size
        return self.data[self.at - size:self.at]


def sections(data):
    reader = Reader(data)
    reader.at = 8
    while reader.at < len(data):
        kind = reader.number()
        size = reader.number()
        yield kind, data[reader.at:reader.at + size]
        reader.at += size


def imported_functions(body):
    reader, functions = Reader(body), 0
    for _ in range(reader.number()):
        reader.name()
        reader.name()
        kind = reader.data[reader.at]
        reader.at += 1
        if kind == 0:
            functions += 1
            reader.number()
            continue
        if kind == 1:
            reader.at += 1  # a table's element type stands before its limits
        if kind == 3:
            reader.at += 2  # a global's type and mutability
            continue
        has_maximum = reader.number() & 1
        reader.number()
        if has_maximum:
            reader.number()
    return functions


def function_sizes(body):
    reader = Reader(body)
    for _ in range(reader.number()):
        size = reader.number()
        reader.at += size
        yield size


def parts_by_symbol(build):
    """Which part defines a symbol; our own modules before libraries, SDL by its library."""
    archives = [(path, path.stem.removeprefix("libvitrine_")) for path in sorted(build.rglob("libvitrine_*.a"))]
    archives += [(EMSCRIPTEN_LIBRARIES / (name + ".a"), "libc and libc++") for name in SYSTEM]
    owners = {}
    for path, part in archives:
        if not path.exists():
            continue
        listing = subprocess.run(["llvm-nm-14", "--defined-only", "--just-symbol-name", str(path)],
                                 capture_output=True, text=True, check=False).stdout
        for symbol in listing.split():
            owners.setdefault(symbol, part)
    return owners


def part_of(symbol, owners):
    part = owners.get(symbol)
    if part is None and symbol.startswith(("_ZNSt", "_ZNKSt", "_ZSt")):
        return "libc and libc++"
    if part is None and ("7vitrine" in symbol or symbol in ("main", "__original_main")):
        return "page shell"
    return {None: "other", "sdl": "SDL", "sdl_window": "SDL window"}.get(part, part)


def breakdown(build, owners, wasm, symbols):
    """Bytes of a wasm by part."""
    data = (build / "bin" / wasm).read_bytes()
    names = {}
    for line in (build / "bin" / symbols).read_text().splitlines():
        index, _, symbol = line.partition(":")
        names[int(index)] = symbol.removesuffix(".llvm.merged")  # as link-time optimisation renames
    parts, imported = collections.Counter(), 0
    for kind, body in sections(data):
        if kind == 2:
            imported = imported_functions(body)
        if kind == 10:
            for i, size in enumerate(function_sizes(body)):
                parts[part_of(names.get(imported + i, ""), owners)] += size
        elif kind == 11:
            parts["data (strings, tables)"] += len(body)
        else:
            parts["wasm headers"] += len(body)
    return parts


def packed(data):
    return len(subprocess.run(["brotli", "-q", "11", "-c"], input=data, capture_output=True, check=True).stdout)


def until_first_frame(page):
    """What a browser has read of the inlined page when the parts that the first frame calls are there."""
    end = b"VitrineInlined.end()</script>"
    return end.join(page.split(end, 2)[:2]) + end


# Parts of the engine by their file's suffix, in the order in which they come (wasm/cut_engine.py).
PARTS = (("start", "vitrine.wasm", "vitrine.js.symbols"), ("frame", "vitrine.frame.wasm", "vitrine.frame.symbols"),
         ("late", "vitrine.late.wasm", "vitrine.late.symbols"), ("rest", "vitrine.rest.wasm", "vitrine.rest.symbols"))


def report(build, markdown):
    owners, binaries = parts_by_symbol(build), build / "bin"
    shares = [(breakdown(build, owners, wasm, symbols), packed((binaries / wasm).read_bytes()))
              for _, wasm, symbols in PARTS]
    js, page = packed((binaries / "vitrine.js").read_bytes()), (build / "page/index.html").read_bytes()
    titles = [title for name, _, _ in PARTS for title in (name, "brotli")]
    row = "| %s |" + " %s |" * len(titles) if markdown else "%-26s" + " %9s" * len(titles)
    print(row % ("part of the wasm", *titles))
    if markdown:
        print("|---|" + "---|" * len(titles))
    for part, _ in sum((sizes for sizes, _ in shares), collections.Counter()).most_common():
        print(row % (part, *(text for sizes, whole in shares
                             for text in (f"{sizes[part]:,}", f"{sizes[part] * whole // sum(sizes.values()):,}"))))
    print(row % ("wasm", *(text for sizes, whole in shares for text in (f"{sum(sizes.values()):,}", f"{whole:,}"))))
    print(row % ("js", f"{(binaries / 'vitrine.js').stat().st_size:,}", f"{js:,}", *[""] * (len(titles) - 2)))
    start, frame, late, rest = (whole for _, whole in shares)
    return {"first_frame": js + start + frame, "first_screen": js + start + frame + late,
            "whole_engine": js + start + frame + late + rest,
            "inlined_until_first_frame": packed(until_first_frame(page)), "inlined_page": packed(page)}


def tracker_report(build):
    """What a browser fetches to track faces, with the larger of both modules; empty where the lab was not made."""
    lab = build / "page/labs/tracker"
    weigh = lambda pattern: max((packed(path.read_bytes()) for path in lab.glob(pattern)), default=0)
    if not lab.exists():
        return {}
    code = max(weigh("simd.*.wasm"), weigh("plain.*.wasm")) + weigh("main.*.js")
    weights = sum(weigh(f"{net}.*.net") for net in ("detector", "landmarks", "lips", "eye"))
    return {"tracker_code": code, "tracker": code + weights}


def compare(sizes, budget):
    """Prints each against its limit; whether one is above."""
    status = False
    for name, allowed in budget.items():
        over = sizes[name] > allowed["limit"]
        missed = sizes[name] - allowed.get("goal", sizes[name])
        print("%s: %s of %s bytes%s%s" % (
            name, f"{sizes[name]:,}", f"{allowed['limit']:,}", ": OVER THE LIMIT" if over else "",
            f"; {missed:,} above the goal of {allowed['goal']:,}" if missed > 0 else ""))
        status |= over
    return status


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    if not (options.build / "page/index.html").exists():
        print("size_check: no page in %s; build the preset wasm-release first" % options.build)
        return SKIPPED
    for tool in ("brotli", "llvm-nm-14"):
        if not shutil.which(tool):
            print("size_check: %s is missing; ./dev build installs it" % tool)
            return SKIPPED
    budget = json.loads((pathlib.Path(__file__).parent / "size_budget.json").read_text())
    status = compare(report(options.build, options.markdown), budget["brotli_bytes"])
    tracker = tracker_report(options.build)
    if tracker:
        status |= compare(tracker, budget["tracker_brotli_bytes"])
    else:
        print("tracker: the lab was not made (no weights), nothing to weigh")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
