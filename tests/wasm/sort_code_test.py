# SPDX-License-Identifier: MIT
"""A wasm as the inlined page carries it (wasm/page/sort_code.py) and as its script reads it (inlined.js), by node."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "wasm/page"))

import build_page  # noqa: E402
import sort_code  # noqa: E402

TOOLS = ["wasm-as", "node"]
# Every kind of immediate; bytes that HTML minds and those that stand in for them; a body of more than 127 bytes,
# numbers of two and three bytes; alignments that are not the natural ones.
PROGRAM = """
(module
 (type $one (func (param i32) (result i32)))
 (memory 1) (table 1 1 funcref) (elem (i32.const 0) $add)
 (global $counter (mut i32) (i32.const 13))
 (data (i32.const 8) "\\00\\0d<W<script>&amp;Z</script>U\\ff\\80")
 (func $add (type $one) (i32.add (local.get 0) (i32.const 60)))
 (func $wide (param f32 f64) (result f64)
  (f64.add (f64.mul (f64.promote_f32 (local.get 0)) (f64.const 1.5))
           (f64.add (local.get 1) (f64.promote_f32 (f32.const 0.25)))))
 (func $switch (param i32) (result i32)
  (block $c (block $b (block $a (br_table $a $b $c (local.get 0))) (return (i32.const 10))) (return (i32.const 200)))
  (i32.const 30000))
 (func (export "run") (param i32) (result f64) (local i32 i64 f32)
  (global.set $counter (i32.add (global.get $counter) (i32.const 100000)))
  (memory.copy (i32.const 64) (i32.const 8) (i32.const 28))
  (memory.fill (i32.const 100) (i32.const 7) (i32.const 9))
  (i32.store16 align=1 (i32.const 110) (local.get 0))
  (local.set 2 (i64.load32_u offset=64 align=1 (i32.const 0)))
  (loop $again
   (local.set 1 (call_indirect (type $one) (local.get 1) (i32.const 0)))
   (br_if $again (i32.lt_s (local.get 1) (i32.const 1000))))
  (if (i32.eqz (local.get 0)) (then (local.set 1 (i32.const 5))) (else (local.set 1 (memory.size))))
  (f64.add
   (f64.add (f64.convert_i64_s (i64.xor (local.get 2) (i64.const -0x123456789abc)))
            (f64.convert_i32_s (i32.add (i32.load8_u offset=300 align=1 (i32.const 20))
                                        (i32.load offset=104 align=2 (i32.const 0)))))
   (f64.add (call $wide (f32.const 3.5) (f64.convert_i32_s (i32.trunc_sat_f32_s (f32.const 1e30))))
            (f64.convert_i32_s (i32.add (i32.extend8_s (global.get $counter))
                                        (i32.add (local.get 1) (call $switch (local.get 0)))))))))
"""
SIMD = '(module (func (export "run") (result i32) (i32x4.extract_lane 0 (v128.const i32x4 1 2 3 4))))'

RUN = """
const { readFileSync } = require('fs'), [page, wasm] = process.argv.slice(1);
const elements = [...readFileSync(page, 'utf8').matchAll(/<script[^>]*>([^]*?)<\\/script>/g)].map((found) => found[1]);
let text = '', boot;
globalThis.window = { addEventListener() {} };
globalThis.setTimeout = () => 0;
globalThis.clearTimeout = () => {};
globalThis.document = { get currentScript() { return { previousElementSibling: { textContent: text } }; } };
globalThis.VitrineBoot = (engine) => { boot = engine; };
(0, eval)(elements.shift());
for (const element of elements) {
  if (/^VitrineInlined/.test(element)) (0, eval)(element); else text = element;
}
const said = (module) => [0, 1, 2].map((x) => new WebAssembly.Instance(module).exports.run(x));
boot.part(0).then((module) => console.log(JSON.stringify(
    [said(module), said(new WebAssembly.Module(readFileSync(wasm)))])));
"""


class SortCodeTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.wasm = self.folder / "thing.wasm"

    def assemble(self, text):
        (self.folder / "thing.wat").write_text(text)
        subprocess.run(["wasm-as", "-all", str(self.folder / "thing.wat"), "-o", str(self.wasm)], check=True)
        return self.wasm.read_bytes()

    def said(self, size):
        """What the woven module says, and what the wasm itself does."""
        elements = [build_page.element("script", build_page.inlined_script({"parts": "thing.wasm"}))]
        for piece in sort_code.pieces(self.assemble(PROGRAM), size):
            elements += [build_page.element("script", build_page.bytes_as_text(piece)),
                         build_page.element("script", "VitrineInlined.piece()")]
        elements.append(build_page.element("script", "VitrineInlined.end()"))
        (self.folder / "page.html").write_text("".join(elements), encoding="utf-8", newline="\n")
        run = subprocess.run(["node", "-e", RUN, str(self.folder / "page.html"), str(self.wasm)],
                             capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def test_what_the_script_weaves_together_does_what_the_wasm_does(self):
        woven, itself = self.said(1 << 20)
        self.assertEqual(woven, itself)
        self.assertEqual(len(set(itself)), 3)

    def test_a_piece_may_end_behind_any_function(self):
        woven, itself = self.said(1)
        self.assertEqual(woven, itself)

    def test_a_page_keeps_every_byte(self):
        every = bytes(range(256))
        text = build_page.bytes_as_text(every)
        self.assertFalse(set("\0\r<") & set(text))
        self.assertEqual(len(set(text)), 256)

    def test_an_opcode_that_the_script_does_not_know_is_refused(self):
        with self.assertRaisesRegex(ValueError, "opcode 0xfd"):
            list(sort_code.pieces(self.assemble(SIMD), 1))


if __name__ == "__main__":
    if not all(shutil.which(tool) for tool in TOOLS):
        print("sort_code_test: needs " + ", ".join(TOOLS))
        sys.exit(77)
    unittest.main()
