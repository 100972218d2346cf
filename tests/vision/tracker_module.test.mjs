// SPDX-License-Identifier: MIT
// The tracker module before a page that calls it wrongly: whatever the numbers and the order, it answers with a
// result or with nothing, reads no byte beyond a frame, and goes on.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { create_tracker, read_record, start_module, tracker_message } from '../browser/bare_module.mjs';

const root = new URL('../..', import.meta.url).pathname;
const build = process.env.VITRINE_WASM_BIN || join(root, 'build/wasm-release/bin');
const models = process.env.VITRINE_MODELS || join(root, 'assets/models');
const kBuilds = ['simd', 'plain'];
const kWidth = 160, kHeight = 120;

const needed = [...kBuilds.map((name) => join(build, `tracker.${name}.wasm`)),
  ...['detector', 'landmarks', 'lips', 'eye'].map((name) => join(models, `${name}.net`))];
const missing = needed.find((file) => !existsSync(file));
if (missing) {
  console.log(`skipped: no ${missing} (cmake --build build/wasm-release --target tracker_module)`);
  process.exit(77);
}
const weights = ['detector', 'landmarks', 'lips', 'eye'].map((name) => readFileSync(join(models, `${name}.net`)));

const load = (name) => start_module(readFileSync(join(build, `tracker.${name}.wasm`)));

// All four, of which `bad` takes the place of one; what came of them.
const create = (module, kind = -1, bad = null) =>
  create_tracker(module, weights.map((bytes, i) => (i === kind ? bad : bytes)));

async function ready(name) {
  const module = await load(name);
  assert.equal(create(module), 0);
  return module;
}

// A frame of noise, and what the module says of it.
function fill(module, slot = 0) {
  const at = module.tracker_frame(slot, kWidth * kHeight);
  const bytes = new Uint8Array(module.memory.buffer, at, kWidth * kHeight);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 2654435761) >>> 24;
}
const track = (module, seconds, slot = 0) => module.tracker_track(slot, kWidth, kHeight, kWidth, 0, 0, 0, seconds);

// A result that can be read: inside the memory, of this version, with what it may have.
function is_record(module, at) {
  assert.ok(at > 0, `${at}`);
  const { state, fault, restarted, count, faces } = read_record(module, at);
  for (const [value, most] of [[state, 2], [fault, 6], [restarted, 1], [count, 4]]) assert.ok(value >= 0 && value <= most, `${value}`);
  for (const { values } of faces) assert.ok(values.every(Number.isFinite), values.join());
}

// The same chances every time.
function chances(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}

for (const name of kBuilds) {
  test(`calls before there is a tracker find none, ${name}`, async () => {
    const module = await load(name);
    assert.equal(track(module, 0), 0);
    module.tracker_reset();
    assert.notEqual(module.tracker_create(), 0);
    assert.match(tracker_message(module), /\w{4}/);
    assert.equal(track(module, 0), 0);
    assert.notEqual(create_tracker(module, [weights[1], weights[0]]), 0);
    assert.equal(track(module, 0), 0);
  });

  test(`a tracker that was replaced by none is gone, and a new one can be made, ${name}`, async () => {
    const module = await ready(name);
    fill(module);
    is_record(module, track(module, 0));
    // Its files were let go of: there is nothing to make another of.
    assert.notEqual(module.tracker_create(), 0);
    assert.match(tracker_message(module), /the file is empty/);
    assert.equal(track(module, 0.1), 0);
    module.tracker_reset();
    for (let round = 0; round < 20; round++) {
      assert.equal(create(module), 0);
      is_record(module, track(module, 0.2));
    }
  });

  test(`no frame is left in memory after a reset, whatever slots it grew through, ${name}`, async () => {
    const memories = [];
    for (const value of [40, 200]) {
      const module = await ready(name);
      for (const [width, height] of [[320, 240], [480, 360], [640, 480]]) {
        for (const slot of [0, 1]) {
          const bytes = width * height * 4, at = module.tracker_frame(slot, bytes);
          new Uint8Array(module.memory.buffer, at, bytes).fill(value);
          module.tracker_track(slot, width, height, width * 4, 2, 0, 0, 0);
        }
      }
      module.tracker_reset();
      memories.push(Buffer.from(module.memory.buffer));
    }
    assert.equal(memories[0].compare(memories[1]), 0);
  });

  test(`rows that together are longer than any memory are refused, ${name}`, async () => {
    const module = await ready(name);
    fill(module);
    // Each of these comes to little where lengths are counted in 32 bits.
    for (const [height, stride] of [[5, 2 ** 30], [3, 2 ** 31 - 1], [9, 2 ** 29], [4097, 2 ** 20], [8192, 524353], [8192, 2 ** 31 - 1]]) {
      for (const format of [0, 1, 2]) {
        assert.equal(module.tracker_track(0, 64, height, stride, format, 0, 0, 0), 0, `${height} rows of ${stride}`);
      }
    }
    is_record(module, track(module, 0));
  });

  test(`both slots hold the largest frame, however they grew, ${name}`, async () => {
    const kMost = 1280 * 720 * 4;
    for (const step of [kMost, 1e6, 3e5, 2e4]) {
      const module = await ready(name);
      for (let bytes = step; bytes < kMost; bytes += step) {
        for (const slot of [0, 1]) assert.notEqual(module.tracker_frame(slot, bytes), 0, `${bytes}`);
      }
      for (const slot of [0, 1]) {
        assert.notEqual(module.tracker_frame(slot, kMost), 0);
        assert.equal(module.tracker_frame(slot, kMost + 1), 0);
        is_record(module, module.tracker_track(slot, 1280, 720, 1280 * 4, 2, 0, 0, slot));
      }
    }
  });

  test(`times of every kind are taken, ${name}`, async () => {
    const module = await ready(name);
    fill(module);
    for (const seconds of [0, NaN, Infinity, -Infinity, -1, 1e300, -1e300, 5e-324, 1e18, 2 ** 53, undefined, '7', 0]) {
      is_record(module, track(module, seconds));
    }
  });

  test(`a black frame and one of a single colour show nobody, ${name}`, async () => {
    const module = await ready(name);
    for (const grey of [0, 16, 255]) {
      const at = module.tracker_frame(0, kWidth * kHeight);
      new Uint8Array(module.memory.buffer, at, kWidth * kHeight).fill(grey);
      for (let i = 0; i < 5; i++) {
        const { state, fault, count } = read_record(module, track(module, i / 5));
        assert.deepEqual({ state, fault, count }, { state: 0, fault: 0, count: 0 });
      }
    }
  });

  test(`frames of every odd size are looked at, also one after another, ${name}`, async () => {
    const module = await ready(name);
    const sizes = [[1, 1], [2, 2], [161, 121], [4096, 1], [1, 4096], [8192, 2], [640, 480], [3, 1000], [16, 16]];
    sizes.forEach(([width, height], i) => {
      for (const [format, bytes] of [[0, 1], [1, 3], [2, 4]]) {
        const at = module.tracker_frame(i & 1, width * height * bytes);
        const frame = new Uint8Array(module.memory.buffer, at, width * height * bytes);
        for (let k = 0; k < frame.length; k++) frame[k] = (k * 2654435761) >>> 24;
        for (const turns of [0, 1, 2, 3]) {
          const result = module.tracker_track(i & 1, width, height, width * bytes, format, turns, turns & 1, i / 30);
          is_record(module, result);
          const shown = read_record(module, result);
          assert.equal(shown.fault, 0);
          assert.deepEqual([shown.width, shown.height], turns & 1 ? [height, width] : [width, height]);
        }
      }
    });
  });

  test(`thousands of wrong calls in any order leave it whole, ${name}`, async () => {
    const module = await ready(name);
    fill(module);
    const chance = chances(7);
    const kOdd = [0, 1, 2, 3, 4, -1, 63, 64, 65, 160, 4096, 8192, 8193, 65536, 2 ** 20, 2 ** 24, 2 ** 30, 2 ** 31 - 1, -(2 ** 31), 2 ** 32, 1.5, NaN,
      undefined, null, '9', Infinity];
    const odd = () => kOdd[chance(kOdd.length)];
    let records = 0;
    for (let round = 0; round < 4000; round++) {
      const kind = chance(20);
      if (kind === 0) module.tracker_reset();
      else if (kind === 1) module.tracker_frame(odd(), odd());
      else if (kind === 2) module.tracker_message();
      else if (kind === 3) module.tracker_kernels();
      else {
        const usual = chance(2);
        const at = module.tracker_track(usual ? chance(2) : odd(), usual ? 32 : odd(), usual ? 24 : odd(), odd(), usual ? chance(3) : odd(),
                                        odd(), odd(), odd());
        if (at === 0) continue;
        is_record(module, at);
        records++;
      }
    }
    assert.ok(records > 100, `${records} results`);
    // As good as new.
    fill(module);
    is_record(module, track(module, 1e6));
  });

  test(`weights that are cut or have a changed byte are refused, ${name}`, async () => {
    const module = await load(name);
    const chance = chances(3), kHead = 8192;
    for (let round = 0; round < 40; round++) {
      const kind = round % weights.length, whole = weights[kind], is_cut = chance(4) === 0;
      const bad = Uint8Array.from(is_cut ? whole.subarray(0, 1 + chance(whole.length - 1)) : whole);
      if (!is_cut) bad[kHead + chance(bad.length - kHead)] ^= 1 + chance(255);
      assert.notEqual(create(module, kind, bad), 0, `round ${round}`);
      assert.ok(tracker_message(module).length > 10);
      assert.equal(track(module, 0), 0);
    }
    // It was the change that was refused.
    assert.equal(create(module), 0);
  });

  // Names of layers stand there too, which mean nothing to a tracker.
  test(`weights with a changed head are refused or work, ${name}`, async () => {
    const module = await load(name);
    const chance = chances(5);
    let refused = 0;
    for (let round = 0; round < 60; round++) {
      const kind = round % weights.length, bad = Uint8Array.from(weights[kind]);
      for (let i = 0; i <= round % 3; i++) bad[chance(800)] = chance(256);
      const status = create(module, kind, bad);
      if (status !== 0) refused++;
      fill(module);
      const at = track(module, round);
      if (status === 0) is_record(module, at);
      else assert.equal(at, 0);
    }
    assert.ok(refused > 20, `${refused}`);
    assert.equal(create(module), 0);
  });
}
