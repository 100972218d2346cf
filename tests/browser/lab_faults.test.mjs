// SPDX-License-Identifier: MIT
// The lab where something is missing: each has its own screen, and what can go on goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { evaluate_with_module } from './bare_module.mjs';
import { runs, screen, Site, with_exports } from './lab_site.mjs';

const site = new Site();
before(() => site.start());
after(() => site.stop());

// The screen of a fault: its code, its words, and nothing that asks for a camera.
async function is_fault(page, code, words) {
  assert.equal(await screen(page), 'fault');
  assert.match(await page.textContent('#fault_code'), new RegExp(`^Code ${code} · `));
  assert.match(await page.textContent('#fault_title'), words);
  assert.ok((await page.textContent('#fault_do')).length > 5);
  assert.equal(await page.isHidden('#start'), true);
  assert.deepEqual(await page.problems(), []);
}

const kFiles = [['landmarks', '**/landmarks.*.net'], ['lips', '**/lips.*.net'], ['the module', '**/simd.*.wasm']];
for (const [name, pattern] of kFiles) {
  test(`${name} is missing`, () => site.with_page((page) => is_fault(page, 'file_missing', /missing on the server/), {
    routes: { [pattern]: (route) => route.fulfill({ status: 404, body: 'not found' }) },
  }));
  test(`${name} is cut off`, () => site.with_page((page) => is_fault(page, 'file_truncated', /not arrive whole/), {
    routes: { [pattern]: async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: {}, body: (await response.body()).subarray(0, 5000) });
    } },
  }));
  test(`${name} has a wrong byte`, () => site.with_page((page) => is_fault(page, 'file_wrong', /does not belong/), {
    routes: { [pattern]: async (route) => {
      const response = await route.fetch(), body = Buffer.from(await response.body());
      body[body.length >> 1] ^= 1;
      await route.fulfill({ response, headers: {}, body });
    } },
  }));
  test(`the network ends before ${name}`, () => site.with_page((page) => is_fault(page, 'no_network', /no network/), {
    routes: { [pattern]: (route) => route.abort('internetdisconnected') },
  }));
}

test('weights that never come are told of', () => site.with_page((page) => is_fault(page, 'no_network', /no network/), {
  prepare: () => {
    const { setTimeout } = window;
    window.setTimeout = (act, milliseconds) => setTimeout(act, milliseconds / 100);
  },
  routes: { '**/lips.*.net': () => new Promise(() => {}) },
}));

test('a browser without WebAssembly', () => site.with_page((page) => is_fault(page, 'no_wasm', /cannot run/), {
  prepare: () => { delete window.WebAssembly; },
}));

test('a browser that forbids WebAssembly', () => site.with_page((page) => is_fault(page, 'no_wasm', /cannot run/), {
  prepare: () => { WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('forbidden')); },
}));

test('a device without memory for the module', () => site.with_page((page) => is_fault(page, 'no_memory', /not enough memory/), {
  prepare: () => { WebAssembly.instantiate = () => Promise.reject(new RangeError('Out of memory: cannot allocate')); },
}));

test('no memory for a frame while it runs', () => site.with_page(async (page) => {
  await page.click('#start');
  await page.waitForFunction(() => document.body.dataset.screen === 'fault');
  await is_fault(page, 'no_memory', /not enough memory/);
  assert.equal(await page.evaluate(() => window.tracks.every(({ readyState }) => readyState === 'ended')), true);
}, { prepare: with_exports(() => ({ tracker_frame: () => 0 })) }));

test('the module refuses its weights', () => site.with_page(async (page) => {
  await is_fault(page, 'weights_refused', /cannot be used/);
}, { prepare: with_exports(() => ({ tracker_create: () => 3 })) }));

test('the module says nothing of a frame while it runs', () => site.with_page(async (page) => {
  await page.click('#start');
  await page.waitForFunction(() => document.body.dataset.screen === 'fault');
  await is_fault(page, 'stopped', /has stopped/);
  assert.equal(await page.evaluate(() => window.tracks.every(({ readyState }) => readyState === 'ended')), true);
}, { prepare: with_exports(({ tracker_track }) => {
  let frames = 0;
  return { tracker_track: (...values) => (++frames > 5 ? 0 : tracker_track(...values)) };
}) }));

// After a frame the module ends itself in `ending`, and again in whatever it is called for.
const ends_itself_in = (ending) => with_exports(`({ memory, tracker_track, tracker_reset }) => {
  let frames = 0, has_ended = false;
  window.memory = memory;
  const call = (name, work) => (...values) => {
    has_ended ||= frames > 0 && name === '${ending}';
    if (has_ended) throw new WebAssembly.RuntimeError('unreachable');
    return work(...values);
  };
  return {
    tracker_track: call('tracker_track', (...values) => { frames++; return tracker_track(...values); }),
    tracker_reset: call('tracker_reset', tracker_reset),
  };
}`);

// The camera is off and nothing is left in the memory of the module that could not wipe it itself.
async function has_let_go(page) {
  assert.equal(await page.evaluate(() => window.tracks.every(({ readyState }) => readyState === 'ended')), true);
  // A frame that was being read then is wiped when it has come.
  await page.waitForFunction(() => new Uint8Array(window.memory.buffer).every((byte) => byte === 0));
}

test('the module ends itself while it runs', () => site.with_page(async (page) => {
  await page.click('#start');
  await page.waitForFunction(() => document.body.dataset.screen === 'fault');
  await is_fault(page, 'stopped', /has stopped/);
  await has_let_go(page);
}, { prepare: ends_itself_in('tracker_track') }));

test('the module ends itself when the person stops', () => site.with_page(async (page) => {
  await page.click('#start');
  await runs(page);
  await page.click('#stop');
  assert.equal(await screen(page), 'consent');
  assert.deepEqual(await page.problems(), []);
  await has_let_go(page);
  // It is of no use any more, and says so.
  await page.click('#start');
  await page.waitForFunction(() => document.body.dataset.screen === 'fault');
  await is_fault(page, 'stopped', /has stopped/);
}, { prepare: ends_itself_in('tracker_reset') }));

// The module's own answer to weights that it cannot use, asked without the page's check of their sums.
const answer_to = (page, change) => evaluate_with_module(page, async (kind) => {
  const names = performance.getEntriesByType('resource').map(({ name }) => name);
  const bytes = async (stem) => new Uint8Array(
    await (await fetch(names.find((name) => name.includes(`/${stem}.`)))).arrayBuffer());
  const module = await window.start_module(await bytes('simd'));
  const [detector, landmarks, ...parts] = await Promise.all(['detector', 'landmarks', 'lips', 'eye'].map(bytes));
  const changed = {
    whole: () => landmarks,
    cut: () => landmarks.subarray(0, landmarks.length - 7),
    damaged: () => landmarks.map((byte, i) => (i === landmarks.length - 50 ? byte ^ 16 : byte)),
    foreign: () => new TextEncoder().encode('not weights at all'),
    detector: () => detector,
  }[kind]();
  const status = window.create_tracker(module, [detector, changed, ...parts]);
  return { status, message: window.tracker_message(module),
           track: module.tracker_track(0, 64, 64, 64, 0, 0, 0, 0),
           beyond: [[0, 64, 65, 64, 0, 0], [0, 64, 64, -64, 0, 0], [0, 64, 64, 64, 3, 0], [0, 64, 64, 64, 0, 4], [2, 64, 64, 64, 0, 0],
                    [0, 64, 3, 2147483647, 0, 0], [0, 64, 64, 64, 256, 0], [0, 64, 64, 64, 0, 256]]
             .map((values) => (module.tracker_frame(0, 64 * 64), module.tracker_track(...values, 0, 0))),
           huge: [module.tracker_file(0, 1 << 30), module.tracker_file(4, 10), module.tracker_frame(0, 1 << 30), module.tracker_frame(7, 10)] };
}, change);

test('the module refuses weights that are cut, damaged, foreign or of the other network', () => site.with_page(async (page) => {
  assert.equal((await answer_to(page, 'whole')).status, 0);
  for (const change of ['cut', 'damaged', 'foreign', 'detector']) {
    const { status, message, track } = await answer_to(page, change);
    assert.notEqual(status, 0, change);
    assert.ok(message.length > 10, message);
    // Without a tracker no frame is looked at.
    assert.equal(track, 0);
  }
}));

test('the module takes no file or frame beyond its limits', () => site.with_page(async (page) => {
  const { huge, beyond } = await answer_to(page, 'whole');
  assert.deepEqual(huge, [0, 0, 0, 0]);
  // More rows than the slot holds, a row that runs backwards, an unknown format, turn and slot, a row of two gigabytes,
  // a format and a turn that would be known ones in eight bits.
  assert.deepEqual(beyond, [0, 0, 0, 0, 0, 0, 0, 0]);
}));

test('without SIMD the other build runs and says that it is slower', () => site.with_page(async (page) => {
  await page.click('#start');
  await runs(page);
  assert.match(await page.textContent('#kernels'), /without SIMD/);
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(names.some((name) => /plain\.\w+\.wasm/.test(name)) && !names.some((name) => /simd\.\w+\.wasm/.test(name)));
}, { prepare: () => { WebAssembly.validate = () => false; } }));

// Both modules over the same pictures of the clip: how many faces each saw in each, and how far apart the nearest is at
// most, in distances of the eyes' outer corners (landmarks 40 and 56) and radians.
const compared = (page) => evaluate_with_module(page, async () => {
  const text = await (await fetch(document.querySelector('script[type=module]').src)).text();
  const files = JSON.parse(/files = (\{.*?\});\n/.exec(text)[1]);
  const bytes = async ({ path }) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const weights = await Promise.all([files.detector, files.landmarks, files.lips, files.eye].map(bytes));
  const modules = [];
  for (const file of [files.simd, files.plain]) {
    const module = await window.start_module(await bytes(file));
    window.create_tracker(module, weights);
    modules.push(module);
  }
  const video = document.createElement('video'), canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  video.muted = true;
  video.src = URL.createObjectURL(new Blob([await bytes(files.clip)]));
  await new Promise((resolve) => { video.onloadeddata = resolve; });
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  const told = { faces: [[], []], most: 0 };
  for (let frame = 0; frame < 24; frame++) {
    video.currentTime = frame / 15 + 0.01;
    await new Promise((resolve) => { video.onseeked = resolve; });
    context.drawImage(video, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    const [a, b] = modules.map((module, i) => {
      new Uint8Array(module.memory.buffer, module.tracker_frame(0, data.length), data.length).set(data);
      const at = module.tracker_track(0, width, height, width * 4, 2, 0, 0, frame / 15);
      const { faces } = window.read_record(module, at);
      told.faces[i].push(faces.length);
      return faces[0];
    });
    if (!a || !b) continue;
    const eyes = Math.hypot(a.landmarks[112] - a.landmarks[80], a.landmarks[113] - a.landmarks[81]);
    for (const angle of ['yaw', 'pitch', 'roll']) told.most = Math.max(told.most, Math.abs(a[angle] - b[angle]));
    a.landmarks.forEach((value, i) => { told.most = Math.max(told.most, Math.abs(value - b.landmarks[i]) / eyes); });
  }
  return told;
});

test('with and without SIMD the same faces are in the same places', () => site.with_page(async (page) => {
  const { faces: [simd, plain], most } = await compared(page);
  const seen = simd.reduce((sum, count) => sum + count, 0);
  assert.ok(seen >= 12, `${seen} faces in 24 pictures`);
  assert.deepEqual(plain, simd);
  assert.ok(most < 1e-3, `${most} apart`);
}));
