// SPDX-License-Identifier: MIT
// While the tracker runs nothing of what it sees leaves the page: no request, no socket, no stored byte, no file.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluate_with_module } from './bare_module.mjs';
import { root } from './harness.mjs';
import { runs, Site } from './lab_site.mjs';

const site = new Site();
before(() => site.start());
after(() => site.stop());

// Everything that the browser tells of the page's network, itself and its workers.
async function watch(page) {
  const seen = [];
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  for (const event of ['requestWillBeSent', 'webSocketCreated', 'webSocketFrameSent', 'webTransportCreated', 'directTCPSocketCreated']) {
    session.on(`Network.${event}`, (told) => seen.push(`${event} ${told.request?.url ?? told.url ?? ''}`));
  }
  page.on('download', (download) => seen.push(`download ${download.suggestedFilename()}`));
  page.on('worker', (worker) => seen.push(`worker ${worker.url()}`));
  page.on('popup', (popup) => seen.push(`popup ${popup.url()}`));
  return seen;
}

// All that a page can leave behind in a browser.
const stored = (page) => page.evaluate(async () => {
  const files = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  return {
    databases: (await indexedDB.databases()).map(({ name }) => name), local: { ...localStorage }, session: { ...sessionStorage },
    caches: await caches.keys(), cookies: document.cookie, files, workers: (await navigator.serviceWorker.getRegistrations()).length,
    bytes: (await navigator.storage.estimate()).usage,
  };
});
const kNothing = { databases: [], local: {}, session: {}, caches: [], cookies: '', files: [], workers: 0, bytes: 0 };

// Ways out that no protocol of the network shows.
function count_ways_out() {
  window.ways_out = [];
  const tell = (object, name) => {
    const original = object?.[name];
    if (typeof original !== 'function') return;
    object[name] = function told(...values) {
      window.ways_out.push(name);
      return original.apply(this, values);
    };
  };
  tell(Navigator.prototype, 'sendBeacon');
  tell(Navigator.prototype, 'share');
  tell(window, 'postMessage');
  tell(window, 'RTCPeerConnection');
  tell(window, 'BroadcastChannel');
  tell(window, 'MediaRecorder');
  tell(HTMLCanvasElement.prototype, 'toBlob');
  tell(HTMLCanvasElement.prototype, 'toDataURL');
  tell(HTMLCanvasElement.prototype, 'captureStream');
}

test('while faces are tracked nothing is requested, sent, stored or saved', () => site.with_page(async (page, context) => {
  const seen = await watch(page);
  await page.click('#start');
  await runs(page);
  await page.waitForFunction(() => document.getElementById('path').textContent.includes('ms'));
  await page.waitForTimeout(3000);
  await page.click('.switch');
  await page.click('#stop');
  await page.waitForTimeout(500);
  assert.deepEqual(seen, []);
  assert.deepEqual(await page.evaluate(() => window.ways_out), []);
  assert.deepEqual(await stored(page), kNothing);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(await page.problems(), []);
}, { prepare: count_ways_out }));

test('the watch itself would see a leak', () => site.with_page(async (page) => {
  const seen = await watch(page);
  await page.evaluate(async () => {
    navigator.sendBeacon('/leak', 'x');
    localStorage.setItem('face', '1');
    await fetch('/leak').catch(() => {});
  });
  await page.waitForTimeout(500);
  assert.equal(seen.filter((line) => line.endsWith('/leak')).length, 2);
  assert.deepEqual(await page.evaluate(() => window.ways_out), ['sendBeacon']);
  assert.notDeepEqual(await stored(page), kNothing);
}, { prepare: count_ways_out }));

test('the policy lets the page reach its own server alone', async () => {
  const { headers } = await fetch(site.page);
  const policy = headers.get('content-security-policy'), permissions = headers.get('permissions-policy');
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src 'self';/);
  assert.doesNotMatch(policy, /'unsafe-eval'|unsafe-inline|https?:|\*/);
  assert.match(permissions, /camera=\(self\)/);
  assert.match(permissions, /microphone=\(\)/);
  const other = await fetch(site.url, { redirect: 'manual' });
  assert.match(other.headers.get('permissions-policy'), /camera=\(\)/);
});

// In the page: the module at hand, and each place that was ever asked for.
function keep_module() {
  const { instantiate } = WebAssembly;
  window.slots = [];
  WebAssembly.instantiate = async (...wanted) => {
    const { instance: { exports } } = await instantiate(...wanted);
    window.module = exports;
    const tracker_frame = (slot, bytes) => {
      window.slots.push([slot, bytes]);
      return exports.tracker_frame(slot, bytes);
    };
    return { instance: { exports: { ...exports, tracker_frame } } };
  };
}

// The sums of the bytes of all those places.
const left_in_memory = (page) => page.evaluate(() => {
  const { module, slots } = window;
  return slots.map(([slot, bytes]) => new Uint8Array(module.memory.buffer, module.tracker_frame(slot, bytes), bytes)
    .reduce((sum, byte) => sum + byte, 0));
});

test('a picture in memory is wiped by stop', () => site.with_page(async (page) => {
  await page.click('#start');
  await runs(page);
  await page.click('#stop');
  const left = await left_in_memory(page);
  assert.ok(left.length > 0);
  assert.deepEqual(left.filter((sum) => sum !== 0), []);
  const said = await page.$$eval('#measures dd', (values) => values.map(({ textContent }) => textContent));
  assert.ok(said.length > 0);
  assert.deepEqual(said.filter((text) => text !== '–'), []);
}, { prepare: keep_module }));

test('a picture that the browser is still writing when stop is pressed is wiped, too', () => site.with_page(async (page) => {
  await page.evaluate(() => {
    const { copyTo } = VideoFrame.prototype;
    window.writing = window.written = 0;
    VideoFrame.prototype.copyTo = async function slow(...wanted) {
      const frame = this.clone();
      window.writing++;
      await new Promise((resolve) => { window.go_on = resolve; });
      const layout = await copyTo.apply(frame, wanted);
      frame.close();
      window.written++;
      return layout;
    };
  });
  await page.click('#start');
  await page.waitForFunction(() => window.writing > 0);
  await page.click('#stop');
  await page.evaluate(() => window.go_on());
  await page.waitForFunction(() => window.written > 0);
  const left = await left_in_memory(page);
  assert.ok(left.length > 0);
  assert.deepEqual(left.filter((sum) => sum !== 0), []);
}, { prepare: keep_module }));

// In the page: every read waits until it is told to go on.
function hold_reads() {
  const { copyTo } = VideoFrame.prototype;
  window.held = [];
  VideoFrame.prototype.copyTo = async function slow(...wanted) {
    const frame = this.clone();
    await new Promise((resolve) => { window.held.push(resolve); });
    const layout = await copyTo.apply(frame, wanted);
    frame.close();
    return layout;
  };
}
const held = (page) => page.evaluate(() => window.held.length);

test('the next start waits for a picture that is still being written, but not for ever', () => site.with_page(async (page) => {
  await page.click('#start');
  await page.waitForFunction(() => window.held.length > 0);
  await page.click('#stop');
  const begun = await held(page);
  await page.evaluate(() => {
    window.pressed = performance.now();
    window.began = null;
    const wait = setInterval(() => {
      if (window.held.length === window.before) return;
      window.began = performance.now() - window.pressed;
      clearInterval(wait);
    }, 10);
    window.before = window.held.length;
  });
  await page.click('#start');
  await page.waitForFunction(() => window.began !== null);
  assert.ok(await page.evaluate(() => window.began) >= 1000, 'it began beside the one that hung');
  assert.ok(await held(page) > begun);
}, { prepare: hold_reads }));

// In two modules the same calls with the same face in different light, then a reset. How many faces each saw last, and
// how many bytes of their whole memories tell the one from the other.
const told_apart = (page) => evaluate_with_module(page, async (base64) => {
  const names = performance.getEntriesByType('resource').map(({ name }) => name);
  const bytes = async (stem) => new Uint8Array(await (await fetch(names.find((name) => name.includes(`/${stem}.`)))).arrayBuffer());
  const weights = await Promise.all(['detector', 'landmarks', 'lips', 'eye'].map(bytes)), code = await bytes('simd');
  const canvas = document.createElement('canvas'), context = canvas.getContext('2d'), width = 320, height = 240;
  Object.assign(canvas, { width, height });
  const jpeg = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  context.drawImage(await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' })), 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const look = async (light) => {
    const module = await window.start_module(code);
    window.create_tracker(module, weights);
    let faces = 0;
    for (let frame = 0; frame < 10; frame++) {
      new Uint8Array(module.memory.buffer, module.tracker_frame(frame & 1, data.length), data.length).set(data.map(light));
      const at = module.tracker_track(frame & 1, width, height, width * 4, 2, 0, 0, frame / 30);
      faces = window.read_record(module, at).count;
    }
    module.tracker_reset();
    return { faces, memory: new Uint8Array(module.memory.buffer) };
  };
  const dark = await look((value) => value), light = await look((value) => 255 - (255 - value) * 0.8);
  const different = dark.memory.reduce((count, byte, i) => count + (byte === light.memory[i] ? 0 : 1), 0);
  return { faces: [dark.faces, light.faces], different };
}, readFileSync(join(root, 'tests/browser/pictures/drawn_face.jpg')).toString('base64'));

test('a reset leaves nothing of a face in all of the memory', () => site.with_page(async (page) => {
  assert.deepEqual(await told_apart(page), { faces: [1, 1], different: 0 });
}));

// What has no type cannot be sent.
const kForbidden = /landmark|\biris|\beyes?\b|\blips?\b|\bfaces?\b|portrait|photo|pixel|picture|biometric|embedding/i;

test('the data dictionary has no type that could carry a frame, a face or a landmark', () => {
  const folder = join(root, 'assets/dictionary');
  for (const file of readdirSync(folder)) {
    for (const { name, properties } of JSON.parse(readFileSync(join(folder, file), 'utf8')).types) {
      assert.doesNotMatch(name, kForbidden, file);
      for (const property of properties) {
        assert.doesNotMatch(`${property.name} ${property.unit ?? ''}`, kForbidden, `${file}: ${name}`);
        // One number, one word or one of a list: no type is a row of numbers or bytes.
        assert.ok(['boolean', 'enumerated', 'identifier', 'integer', 'number'].includes(property.type), `${file}: ${name}.${property.name}`);
        assert.ok((property.max_length ?? 0) <= 128, `${file}: ${name}.${property.name}`);
      }
    }
  }
});

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(h|cpp|inc)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

test('what travels and what is recorded knows no tracker and no camera', () => {
  for (const folder of ['engine/protocol', 'engine/telemetry', 'engine/claim', 'server']) {
    for (const file of sources(folder)) {
      assert.doesNotMatch(readFileSync(file, 'utf8'), /#include "(engine\/vision|engine\/mirror|engine\/platform\/camera)/, file);
    }
  }
});
