// SPDX-License-Identifier: MIT
// The lab before a camera whose pictures are odd: black, slow, of any size, another size from now on; and whose events
// come in any order. The camera is a canvas of the page, which can be all of that.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from './harness.mjs';
import { live_tracks, runs, screen, Site, state, watch_tracker } from './lab_site.mjs';

const site = new Site();
before(() => site.start());
after(() => site.stop());

const face = readFileSync(join(root, 'tests/browser/pictures/drawn_face.jpg')).toString('base64');

// In the page: window.camera paints its canvas and hands out its stream.
async function plug_in_canvas(page, { width, height, shows = 'face', rate = 30 }) {
  await page.evaluate(async ([size, kind, a_second, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    const canvas = document.createElement('canvas'), context = canvas.getContext('2d');
    const camera = window.camera = { canvas, kind, opened: 0, resize([wide, high]) { Object.assign(canvas, { width: wide, height: high }); } };
    camera.resize(size);
    let count = 0;
    const paint = () => {
      const { width: wide, height: high } = canvas;
      context.fillStyle = camera.kind === 'black' ? '#000' : '#888';
      context.fillRect(0, 0, wide, high);
      const scale = Math.min(wide / picture.width, high / picture.height);
      if (camera.kind === 'face') context.drawImage(picture, 0, 0, picture.width * scale, picture.height * scale);
      // A stream has a frame only where something changed.
      context.fillStyle = count++ & 1 ? '#000' : camera.kind === 'black' ? '#010101' : '#222';
      context.fillRect(0, 0, 1, 1);
    };
    paint();
    setInterval(paint, 1000 / a_second);
    navigator.mediaDevices.getUserMedia = async () => {
      camera.opened++;
      const stream = canvas.captureStream();
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  }, [[width, height], shows, rate, face]);
}

async function start(page, camera) {
  await plug_in_canvas(page, camera);
  await page.click('#start');
  await runs(page);
}

const is_state = (page, name) => page.waitForFunction((wanted) => document.getElementById('state').dataset.state === wanted, name);

// The size of what the tracker looked at last.
const is_size = (page, size) => page.waitForFunction(([wide, high]) => {
  const { width, height } = window.tracked.at(-1);
  return width === wide && height === high;
}, size);

async function is_well(page) {
  assert.equal(await screen(page), 'live');
  // A machine that is busy for seconds has a stalled camera, which is opened again.
  await page.waitForFunction(() => document.getElementById('trouble').hidden);
  assert.deepEqual(await page.problems(), []);
}

test('black pictures show nobody and the page says that light helps; with light it sees who is there', () => site.with_page(async (page) => {
  await start(page, { width: 320, height: 240, shows: 'black' });
  await page.waitForFunction(() => /\d/.test(document.getElementById('path').textContent));
  assert.equal(await state(page), 'searching');
  assert.match(await page.textContent('#hint'), /light/);
  await is_well(page);
  await page.evaluate(() => { window.camera.kind = 'face'; });
  await is_state(page, 'tracking');
  await page.evaluate(() => { window.camera.kind = 'black'; });
  await is_state(page, 'searching');
  await is_well(page);
}));

test('at five pictures a second a face is followed', () => site.with_page(async (page) => {
  await start(page, { width: 320, height: 240, rate: 5 });
  await is_state(page, 'tracking');
  await page.waitForTimeout(5000);
  await is_state(page, 'tracking');
  await is_well(page);
}));

// What no slot holds is made smaller.
for (const [width, height, size = [width, height]] of [[161, 121], [2, 2], [1, 1], [4096, 64], [64, 4096], [3840, 2160, [1280, 720]]]) {
  test(`pictures of ${width} x ${height} are looked at`, () => site.with_page(async (page) => {
    await start(page, { width, height });
    await is_size(page, size);
    // Every way to the pixels was tried, or given up for another.
    await page.waitForFunction(() => /\d/.test(document.getElementById('path').textContent));
    if (height > 120 && height < 4096) await is_state(page, 'tracking');
    await is_size(page, size);
    await is_well(page);
  }, { prepare: watch_tracker }));
}

test('a camera that changes its size in the middle is followed', () => site.with_page(async (page) => {
  await start(page, { width: 320, height: 240 });
  await is_state(page, 'tracking');
  for (const size of [[640, 480], [240, 320], [161, 121], [1280, 720], [2, 2], [320, 240]]) {
    await page.evaluate((wanted) => window.camera.resize(wanted), size);
    await is_size(page, size);
    await is_state(page, size[0] === 2 ? 'searching' : 'tracking');
  }
  await is_well(page);
}, { prepare: watch_tracker }));

test('a camera whose events come in a storm and in the wrong order ends up open once', () => site.with_page(async (page) => {
  await start(page, { width: 320, height: 240 });
  await page.evaluate(async () => {
    const { mediaDevices } = navigator, list = mediaDevices.enumerateDevices.bind(mediaDevices);
    const changed = () => mediaDevices.dispatchEvent(new Event('devicechange'));
    const [first] = window.tracks;
    const device = { kind: 'videoinput', deviceId: first.getSettings().deviceId, label: 'Canvas' };
    mediaDevices.enumerateDevices = async () => [];
    for (let i = 0; i < 20; i++) changed();
    first.dispatchEvent(new Event('ended'));
    changed();
    first.dispatchEvent(new Event('ended'));
    mediaDevices.enumerateDevices = async () => { throw new DOMException('x', 'InvalidStateError'); };
    changed();
    first.dispatchEvent(new Event('mute'));
    mediaDevices.enumerateDevices = async () => [device];
    for (let i = 0; i < 20; i++) changed();
    await new Promise((resolve) => setTimeout(resolve, 300));
    window.tracks.at(-1).dispatchEvent(new Event('unmute'));
    first.dispatchEvent(new Event('ended'));
    mediaDevices.enumerateDevices = list;
  });
  await runs(page);
  await is_state(page, 'tracking');
  await is_well(page);
  assert.equal(await live_tracks(page), 1);
  await page.click('#stop');
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
  await page.waitForTimeout(500);
  assert.equal(await live_tracks(page), 0);
}));

test('once stopped, however often it was started, the page asks for no more frames', () => site.with_page(async (page) => {
  await plug_in_canvas(page, { width: 320, height: 240 });
  for (let i = 0; i < 3; i++) {
    await page.click('#start');
    await runs(page);
    await page.click('#stop');
  }
  const before = await page.evaluate(() => window.asked_for_frames);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => window.asked_for_frames), before);
}, { prepare: () => {
  const { requestAnimationFrame } = window;
  window.asked_for_frames = 0;
  window.requestAnimationFrame = (draw) => { window.asked_for_frames++; return requestAnimationFrame(draw); };
} }));
