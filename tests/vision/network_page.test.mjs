// SPDX-License-Identifier: MIT
// The networks compiled for a page, with SIMD and without, say what PyTorch says (tools/vision/train/golden.py).
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { make_network, network_correction, network_values } from './network_page.mjs';

const root = new URL('../..', import.meta.url).pathname;
const build = process.env.VITRINE_WASM_BIN || join(root, 'build/wasm-release/bin');
const kTolerance = 1e-3, kWidth = 45, kHeight = 38;
const golden = (name) => readFileSync(join(root, 'tests/vision/network_golden', name));

if (!existsSync(join(build, 'network_page_simd128.wasm'))) {
  console.log('skipped: network_pages is not built (cmake --build build/wasm-release --target network_pages)');
  process.exit(77);
}

// The program is a classic script, which node would read as a module.
function load(set) {
  const source = readFileSync(join(build, `network_page_${set}.js`), 'utf8');
  const make = new Function('require', '__dirname', '__filename', `${source};return NetworkPage;`);
  const program = make(createRequire(import.meta.url), build, join(build, 'network_page.js'));
  return program({ wasmBinary: readFileSync(join(build, `network_page_${set}.wasm`)) });
}

function largest_difference(values, expected) {
  assert.equal(values.length * 4, expected.length);
  return values.reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected.readFloatLE(4 * i))), 0);
}

for (const set of ['scalar', 'simd128']) {
  test(`a page's networks say what PyTorch says, ${set}`, async () => {
    const engine = await load(set);
    assert.equal(engine.UTF8ToString(engine._network_kernels()), set);
    for (const kind of ['detector', 'lips', 'eye', 'landmarks']) {
      make_network(engine, kind, golden(`${kind}.net`), kWidth, kHeight);
      assert.ok(largest_difference(network_values(engine), golden(`${kind}.expected`)) < kTolerance, kind);
    }
    assert.ok(largest_difference(network_correction(engine), golden('correction.expected')) < kTolerance, 'correction');
  });
}

test('a page refuses weights that are cut off', async () => {
  const engine = await load('simd128');
  const file = golden('landmarks.net');
  assert.throws(() => make_network(engine, 'landmarks', file.subarray(0, file.length - 1)), /refused/);
});
