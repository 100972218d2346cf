# SPDX-License-Identifier: MIT
"""wasm/cut_engine.py on a program of a few lines, run by node: whole again, or refused aloud."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ["clang++-14", "wasm-ld-14", "wasm-dis", "wasm-opt", "node"]

PROGRAM = """
extern "C" int told(int);
namespace {
volatile int memory = 7;
__attribute__((noinline)) int both(int x) { int on_stack[4]; on_stack[x & 3] = memory; volatile int* p = on_stack;
  return told(p[x & 3] + x); }
__attribute__((noinline)) int only_late(int x) { return both(x) * 10; }
struct Thing { virtual int value() = 0; };
struct Early final : Thing { int value() override { return both(1); } };
struct Late final : Thing { int value() override { return only_late(2); } };
Early early; Late late;
}
namespace space {
__attribute__((noinline)) Thing* make_early(int) { return &early; }
__attribute__((noinline)) Thing* make_late(int x) { told(memory + x); return &late; }
}
typedef Thing* (*Maker)(int);
static const Maker kMakers[] = {space::make_early, space::make_late};
extern "C" __attribute__((export_name("go"))) int go(int which) { return kMakers[which](0)->value(); }
"""
TAKE = "return kMakers[which](0)"
BY_NAME = PROGRAM.replace(TAKE, "if (which == 2) return space::make_late(0)->value(); " + TAKE)
# As link-time optimisation leaves the tables of a hierarchy of classes, under a name of its own.
HIERARCHY = PROGRAM + """
extern "C" int (*const __typeid__thing_global_addr[])(int);
extern "C" int (*const __typeid__thing_global_addr[])(int) = {only_late};
"""
# What the first part reaches only by the second name of a function, and in the middle of an object.
TWO_NAMES = PROGRAM.replace("namespace space {", """namespace {
struct Hidden final : Thing { int value() override { return both(3); } };
Hidden hidden;
int deep(int x) { return told(x) + 1000; }
struct Pair { int number; int (*call)(int); } volatile pairs[] = {{1, only_late}, {2, deep}};
}
extern "C" Thing* a_name() { return &hidden; }
extern "C" Thing* another_name() __attribute__((alias("a_name")));
namespace space {""").replace("{ return &early; }", "{ told(pairs[1].call(1)); return another_name(); }")
# Tables: of the first part, of the rest, of both; the first part's address of the last one lies before it.
TABLES = """
extern "C" int told(int);
namespace {
const volatile int kBoth[] = {0x31313131, 0x32323232, 0x33333333, 0x34343434};
const volatile int kEarly[] = {0x11111111, 0x12121212, 0x13131313, 0x14141414};
// Whose beginning is where the one before ends.
const volatile int kBetween[] = {0x41414141};
const volatile int kLate[] = {0x21212121, 0x22222222, 0x23232323, 0x24242424};
struct Thing { virtual int value() = 0; };
struct Early final : Thing { int value() override { int x = told(-97); return kEarly[x - 2] + kBoth[x - 3]; } };
struct Late final : Thing { int value() override { int x = told(-97); return kLate[x - 2] + kBoth[x - 2] + kBetween[x - 3]; } };
Early early; Late late;
}
namespace space {
__attribute__((noinline)) Thing* make_early(int) { return &early; }
__attribute__((noinline)) Thing* make_late(int) { return &late; }
}
typedef Thing* (*Maker)(int);
static const Maker kMakers[] = {space::make_early, space::make_late};
extern "C" __attribute__((export_name("go"))) int go(int which) { return kMakers[which](0)->value(); }
"""
ANOTHER_WAY = PROGRAM.replace(TAKE, "if (which == 2) return late.value(); " + TAKE)

RUN = """
const { readFileSync } = require('fs');
const [first, rest] = process.argv.slice(1).map((file) => new WebAssembly.Module(readFileSync(file)));
const imports = { env: { told: (x) => x + 100 } }, said = [];
const exports = new WebAssembly.Instance(first, imports).exports;
const go = (which) => { try { said.push(exports.go(which)); } catch (error) { said.push(error.constructor.name); } };
go(0); go(1);
new WebAssembly.Instance(rest, { ...imports, 0: exports });
go(0); go(1);
console.log(JSON.stringify(said));
"""


# With a function of the host in the table, before and behind others.
OF_THE_HOST = PROGRAM.replace("namespace {", """
static int (*volatile of_the_host)(int) = told;
namespace {""", 1).replace("int go(int which) { return", "int go(int which) { return of_the_host(0) - 100 +")
# What comes in parts by the time at which it is called: each calls the others by name and through the table.
IN_TIME = """
extern "C" int told(int);
namespace {
volatile int memory = 7;
struct Thing { virtual int value(int x, float y) = 0; };
__attribute__((noinline)) int deep(int x, int y) { for (int i = 0; i < memory; ++i) x = told(x) + y * i; return x; }
struct Late final : Thing { int value(int x, float y) override { return deep(x, static_cast<int>(y * memory)); } };
struct Rest final : Thing { int value(int x, float y) override { return deep(x, memory) + 3; } };
Late late_thing; Rest rest_thing;
__attribute__((noinline)) int frame(Thing& thing, int x) {
  for (int i = 0; i < memory; ++i) x += deep(deep(i, x), deep(x, i)) + thing.value(i, 0.5f);
  return x; }
__attribute__((noinline)) int late(int x) { return frame(late_thing, x) + deep(x, 1) + deep(1, x); }
}
namespace space { __attribute__((noinline)) Thing* make_rest(int x) { told(memory + x); return &rest_thing; } }
typedef Thing* (*Maker)(int);
static volatile Maker kMakers[] = {space::make_rest};
extern "C" __attribute__((export_name("go"))) int go(int which) {
  return which == 9 ? frame(*kMakers[0](0), which) : which ? late(which) : told(5); }
"""
TIMES = """# a comment
frame _ZN12_GLOBAL__N_15frameERNS_5ThingEi
late _ZN12_GLOBAL__N_14lateEi
late _ZN12_GLOBAL__N_14Late5valueEif
late nobody_has_this_name
"""
# Says what go(0), go(3), go(3) and go(9) are, and how often the host was asked for what is called early.
RUN_IN_TIME = """
const { readFileSync } = require('fs');
const modules = process.argv.slice(1).map((file) => new WebAssembly.Module(readFileSync(file)));
const all = { env: { told: (x) => x + 100 } }, said = [];
let here = 0, asked = 0;
const bring = () => { all[here] = new WebAssembly.Instance(modules[here], all).exports; here++; };
all.parts = { need: () => { asked++; while (here < modules.length - 1) bring(); } };
bring();
said.push(all[0].go(0), asked, all[0].go(3), asked, all[0].go(3), asked);
while (here < modules.length) bring();
said.push(all[0].go(9), asked);
console.log(JSON.stringify(said));
"""


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


class CutEngineTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.wasm, self.object = self.folder / "thing.wasm", self.folder / "thing.o"
        self.map = self.folder / "thing.map"

    def done(self, *command):
        result = run(*command)
        self.assertEqual(result.returncode, 0, result.stderr)

    def build(self, program):
        source, named = self.folder / "thing.cpp", self.folder / "named.wasm"
        source.write_text(program)
        self.done("clang++-14", "--target=wasm32", "-Oz", "-fno-exceptions", "-fno-rtti", "-c", source,
                  "-o", self.object)
        self.done("wasm-ld-14", self.object, "-o", named, "--no-entry", "--no-demangle", "--allow-undefined",
                  "--export-table", "-O0", "-Map=%s" % self.map)
        self.done("wasm-opt", named, "-o", self.wasm, "--strip-debug",
                  "--symbolmap=%s" % (self.folder / "thing.js.symbols"))

    def cut(self, *gates):
        return run(sys.executable, "-B", ROOT / "wasm/cut_engine.py", self.wasm, self.object, self.map, *gates)

    def cut_in_time(self):
        """What the program says in four parts, and as it was linked."""
        self.build(IN_TIME)
        times = self.folder / "times.txt"
        times.write_text(TIMES)
        cut = run(sys.executable, "-B", ROOT / "wasm/cut_engine.py", self.wasm, self.object, self.map, "--times",
                  times, "space::make_rest")
        self.assertEqual(cut.returncode, 0, cut.stderr)
        parts = [self.folder / ("thing%s.wasm" % suffix) for suffix in ("", ".frame", ".late", ".rest")]
        return [json.loads(self.ran(*files)) for files in (parts, [self.folder / "thing.linked.wasm"])]

    def ran(self, *files):
        result = run("node", "-e", RUN_IN_TIME, *files)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def said_by(self, program):
        """What it says in two parts, before the second is there and after."""
        self.build(program)
        cut = self.cut("space::make_late")
        self.assertEqual(cut.returncode, 0, cut.stderr)
        return json.loads(run("node", "-e", RUN, self.wasm, self.folder / "thing.rest.wasm").stdout)

    def names(self, suffix):
        return {line.split(":", 1)[1] for line in (self.folder / ("thing" + suffix)).read_text().splitlines()}

    def test_the_first_part_runs_alone_stops_at_the_gate_and_is_whole_with_the_rest(self):
        self.assertEqual(self.said_by(PROGRAM), [108, "RuntimeError", 108, 1090])

    def test_a_function_of_the_host_keeps_its_place_in_the_table(self):
        self.assertEqual(self.said_by(OF_THE_HOST), [108, "RuntimeError", 108, 1090])

    def test_the_names_that_link_time_optimisation_makes_itself_keep_nothing(self):
        self.build(HIERARCHY)
        self.assertEqual(self.cut("space::make_late").returncode, 0)
        self.assertNotIn("_ZN12_GLOBAL__N_19only_lateEi", self.names(".js.symbols"))

    def test_what_is_reached_by_another_name_or_in_the_middle_of_an_object_stays(self):
        self.build(TWO_NAMES)
        cut = self.cut("space::make_late")
        self.assertEqual(cut.returncode, 0, cut.stderr)
        for name in ("_ZN12_GLOBAL__N_16Hidden5valueEv", "_ZN12_GLOBAL__N_1L4deepEi"):
            self.assertNotIn(name, self.names(".rest.symbols"))
        said = json.loads(run("node", "-e", RUN, self.wasm, self.folder / "thing.rest.wasm").stdout)
        self.assertEqual(said, [110, "RuntimeError", 110, 1090])

    def test_the_rest_is_what_only_the_gate_leads_to(self):
        self.build(PROGRAM)
        self.assertEqual(self.cut("space::make_late").returncode, 0)
        rest, first = self.names(".rest.symbols"), self.names(".js.symbols")
        for name in ("_ZN5space9make_lateEi", "_ZN12_GLOBAL__N_19only_lateEi"):
            self.assertIn(name, rest)
            self.assertNotIn(name, first)
        self.assertIn("_ZN12_GLOBAL__N_14bothEi", first)

    def test_a_part_brings_what_only_it_names_and_nothing_that_an_earlier_one_does(self):
        said = self.said_by(TABLES)
        self.assertEqual(said, [0x12121212 + 0x31313131, "RuntimeError", 0x12121212 + 0x31313131,
                                (0x22222222 + 0x32323232 + 0x41414141 + 2**31) % 2**32 - 2**31])
        first, rest = ((self.folder / ("thing%s.wasm" % part)).read_bytes() for part in ("", ".rest"))
        table = [bytes([tens * 16 + 4]) * 4 for tens in (1, 2, 3)]
        self.assertEqual([word in first for word in table], [True, False, True])
        self.assertEqual([word in rest for word in table], [False, True, False])

    def test_a_map_of_another_link_is_refused(self):
        self.build(PROGRAM)
        self.map.write_text("nothing\n")
        cut = self.cut("space::make_late")
        self.assertNotEqual(cut.returncode, 0)
        self.assertIn("map names no data", cut.stderr)

    def test_what_is_reached_another_way_too_stays(self):
        self.build(ANOTHER_WAY)
        self.assertEqual(self.cut("space::make_late").returncode, 0)
        self.assertIn("_ZN12_GLOBAL__N_19only_lateEi", self.names(".js.symbols"))

    def test_a_gate_called_by_its_name_is_refused(self):
        self.build(BY_NAME)
        cut = self.cut("space::make_late")
        self.assertNotEqual(cut.returncode, 0)
        self.assertIn("_ZN5space9make_lateE", cut.stderr)
        self.assertIn("not through a pointer", cut.stderr)

    def test_a_gate_that_is_not_there_is_refused(self):
        self.build(PROGRAM)
        cut = self.cut("space::make_late", "space::make_never")
        self.assertNotEqual(cut.returncode, 0)
        self.assertIn("no such gate: _ZN5space10make_neverE", cut.stderr)

    def test_what_is_called_before_its_part_has_come_is_asked_for_once_and_does_the_same(self):
        parts, linked = self.cut_in_time()
        self.assertEqual(parts[0::2], linked[0::2])
        self.assertEqual(len(set(linked[0::2])), 3)
        self.assertEqual(parts[1::2], [0, 1, 1, 1])

    def test_each_part_has_what_is_called_at_its_time_and_who_is_not_named_starts(self):
        self.cut_in_time()
        local = "_ZN12_GLOBAL__N_1"
        for suffix, name in ((".js", local + "4deepEii"), (".js", "go"), (".frame", local + "5frameERNS_5ThingEi"),
                             (".late", local + "4lateEi"), (".late", local + "4Late5valueEif"),
                             (".rest", "_ZN5space9make_restEi")):
            self.assertIn(name, self.names(suffix + ".symbols"))
            earlier = (".js", ".frame", ".late", ".rest")
            for other in earlier[:earlier.index(suffix)]:
                self.assertNotIn(name, self.names(other + ".symbols"))

    def merge(self, kept, gone):
        """As wasm-opt leaves two functions of the same code: `kept` stands in the table for `gone`."""
        text, numbers = run("wasm-dis", self.wasm).stdout, {}
        for line in (self.folder / "thing.js.symbols").read_text().splitlines():
            number, _, name = line.partition(":")
            numbers[name] = "$%d" % (int(number) - text.count("(import "))
        elements = re.search(r"^ \(elem.*$", text, re.MULTILINE).group(0)
        same = re.sub(re.escape(numbers[gone]) + r"\b", numbers[kept], elements)
        self.assertNotEqual(same, elements)
        (self.folder / "same.wat").write_text(text.replace(elements, same))
        self.done("wasm-as", self.folder / "same.wat", "-o", self.wasm)

    def test_a_gate_that_became_one_with_another_function_is_refused(self):
        self.build(PROGRAM)
        self.merge("_ZN5space9make_lateEi", "_ZN5space10make_earlyEi")
        cut = self.cut("space::make_late")
        self.assertNotEqual(cut.returncode, 0)
        self.assertIn("became one with it", cut.stderr)

    def test_a_function_that_stands_for_one_of_the_first_part_stays(self):
        self.build(PROGRAM)
        self.merge("_ZN12_GLOBAL__N_19only_lateEi", "_ZN12_GLOBAL__N_15Early5valueEv")
        cut = self.cut("space::make_late")
        self.assertEqual(cut.returncode, 0, cut.stderr)
        self.assertIn("_ZN12_GLOBAL__N_19only_lateEi", self.names(".js.symbols"))


if __name__ == "__main__":
    if not all(shutil.which(tool) for tool in TOOLS):
        print("cut_engine_test: needs " + ", ".join(TOOLS))
        sys.exit(77)
    unittest.main()
