#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fails when the tree breaks a rule that docs/architecture.md states in a machine-readable block.

    ```deps      module: what it may include, and `module ! header` for what it may not
    ```headers   third-party header prefix: the only files or folders that may include it

Checked: upward includes, private headers used from outside, stray third-party and system headers,
`#if` on a platform outside native/ and wasm/, test files that nobody builds or runs.
Every finding names file, line, rule and what to do. Exit status 1 when there is any.
"""

import argparse
import pathlib
import re
import sys

SOURCE_SUFFIXES = {".h", ".cpp", ".c", ".inc"}
PLATFORM_FOLDERS = ("native/", "wasm/", "tests/")
# Macros that name a system, a compiler's idea of one, or an instruction set.
PLATFORM_MACRO = re.compile(
    r"\b(__EMSCRIPTEN__|EMSCRIPTEN|__wasm\w*|_WIN32|_WIN64|WIN32|_MSC_VER|__MINGW\w*|__linux\w*|"
    r"linux|__gnu_linux__|__unix\w*|unix|__APPLE__|__MACH__|TARGET_OS_\w+|__ANDROID__|__\w*BSD__|"
    r"__x86_64\w*|__i386\w*|__arm\w*|__aarch64__|__SSE\w*|__AVX\w*|__ARM_NEON\w*|__GLIBC__|"
    r"SDL_PLATFORM_\w+|__GNUC__|__clang__)\b")
INCLUDE = re.compile(r'^\s*#\s*(?:include|import)\s*(?:"([^"]+)"|<([^>]+)>)')
CONDITIONAL = re.compile(r"^\s*#\s*(?:if|ifdef|ifndef|elif|elifdef|elifndef)\b(.*)")
STANDARD_HEADERS = set("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
cinttypes climits clocale cmath compare complex concepts condition_variable csetjmp csignal cstdarg
cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception filesystem
forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream iterator
latch limits list locale map memory mutex new numbers numeric optional ostream queue random ranges
ratio regex scoped_allocator semaphore set shared_mutex span sstream stack stdexcept streambuf string
string_view system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set
utility valarray variant vector version""".split())


class Rules:
    def __init__(self, text):
        self.allowed = {}    # module -> set of modules
        self.forbidden = []  # (module, header suffix)
        self.headers = []    # (prefix, [folders or files])
        for line in block(text, "deps"):
            if "!" in line:
                module, headers = line.split("!", 1)
                self.forbidden += [(module.strip(), header) for header in headers.split()]
            else:
                module, right = line.split(":", 1)
                self.allowed[module.strip()] = set(right.split())
        for line in block(text, "headers"):
            prefix, right = line.rsplit(":", 1)
            self.headers.append((prefix.strip(), right.split()))


def block(text, name):
    match = re.search(r"^```" + name + r"\n(.*?)^```", text, re.S | re.M)
    if not match:
        sys.exit(f"docs/architecture.md has no ```{name} block")
    return [line for line in match.group(1).splitlines() if line.strip()]


def module_of(path):
    """The module a path belongs to, or None (tests, generated files)."""
    parts = path.split("/")
    if parts[0] == "engine" and len(parts) > 2:
        return parts[1]
    if path.startswith("native/tools/") or parts[0] == "tools":
        return "tools"
    if path.startswith("native/devices/"):
        return "devices"
    if parts[0] in ("scenes", "native", "wasm", "server"):
        return parts[0]
    return None


def joined_lines(text):
    """(number, line) with continued lines joined and comments blanked."""
    text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group(0)), text, flags=re.S)
    number = 0
    pending, start = "", 0
    for line in text.splitlines():
        number += 1
        start = start or number
        if line.endswith("\\"):
            pending += line[:-1] + " "
            continue
        yield start, re.sub(r"//.*", "", pending + line)
        pending, start = "", 0


class Checker:
    def __init__(self, root):
        self.root = root
        self.rules = Rules((root / "docs/architecture.md").read_text(encoding="utf-8"))
        self.findings = []

    def find(self, path, line, rule):
        self.findings.append(f"{path}:{line}: {rule}")

    def run(self):
        for top in ("engine", "scenes", "native", "wasm", "server", "tools", "tests"):
            for file in sorted((self.root / top).rglob("*")):
                relative = file.relative_to(self.root).as_posix()
                if file.suffix in SOURCE_SUFFIXES and "node_modules" not in relative:
                    self.check_source(relative, file.read_text(encoding="utf-8"))
        self.check_tests_are_run()
        return self.findings

    def check_source(self, path, text):
        for number, line in joined_lines(text):
            include = INCLUDE.match(line)
            if include and include.group(1):
                self.check_own_include(path, number, include.group(1))
            elif include:
                self.check_system_include(path, number, include.group(2))
            conditional = CONDITIONAL.match(line)
            if conditional and not path.startswith(PLATFORM_FOLDERS):
                macro = PLATFORM_MACRO.search(conditional.group(1))
                if macro:
                    self.find(path, number, f"#if on {macro.group(0)}: platforms differ only in "
                              "native/ and wasm/; add a seam in engine/platform instead")

    def check_own_include(self, path, number, header):
        source = module_of(path)
        if header.endswith("_internal.h") and module_of(header) != source and source:
            self.find(path, number, f"{header} is private to its module; use a public header")
        target = module_of(header)
        if source is None or target is None:
            self.check_system_include(path, number, header, quoted=True)
            return
        if target != source and target not in self.rules.allowed.get(source, set()):
            self.find(path, number, f"{source} may not include {target} ({header}); see the deps "
                      "block of docs/architecture.md")
        for module, suffix in self.rules.forbidden:
            if module == source and header.endswith(suffix):
                self.find(path, number, f"{source} may not include {header}: it gets this through "
                          "its context")

    def check_system_include(self, path, number, header, quoted=False):
        if header in STANDARD_HEADERS or path.startswith("tests/"):
            return
        for prefix, places in self.rules.headers:
            if not header.startswith(prefix):
                continue
            if not any(path == place or path.startswith(place) for place in places):
                self.find(path, number, f"<{header}> belongs in {' or '.join(places)} only; use "
                          "that module's interface")
            return
        if not quoted:
            self.find(path, number, f"<{header}> is not in the headers block of "
                      "docs/architecture.md; wrap it in one module and list it there")

    def check_tests_are_run(self):
        tests = self.root / "tests"
        top = (tests / "CMakeLists.txt").read_text(encoding="utf-8")
        for file in sorted(tests.rglob("*")):
            name, folder = file.name, file.parent
            relative = file.relative_to(self.root).as_posix()
            if "node_modules" in relative or not re.search(r"_test\.(cpp|py)$|\.test\.mjs$", name):
                continue
            listing = folder / "CMakeLists.txt"
            if not listing.exists() or name not in listing.read_text(encoding="utf-8"):
                self.find(relative, 1, f"no CMakeLists.txt beside it names {name}: nobody runs it")
            inside = folder.relative_to(tests).parts
            if inside and f"add_subdirectory({inside[0]})" not in top:
                self.find(relative, 1, f"tests/CMakeLists.txt does not add {inside[0]}: nobody "
                          "runs it")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=".", type=pathlib.Path)
    findings = Checker(parser.parse_args().root).run()
    print("\n".join(findings))
    print(f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
