// SPDX-License-Identifier: MIT
// Milliseconds a frame of the face tracker in Chromium, single-threaded, and of MediaPipe's face_mesh (npm, inference
// on the processor, landmarks with irises) on the same frames in the same page, in turn.
//   node tests/bench/tracker_bench.mjs [ROUNDS]
// "pixels": the same frames from a camera by each way that the lab's page knows (wasm/labs/frame_paths.ts).
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium_flags, root, whole_chromium_path } from '../browser/harness.mjs';
import { median, print_head, print_row, serve_files } from './page_figures.mjs';
import { files, has_lab, has_peer, prepare_page } from './tracker_page.mjs';

const kRounds = Number(process.argv[2] ?? 9), kFrames = 60;
const picture = join(root, 'tests/browser/pictures/drawn_face.jpg');

// In the page: the module with its weights, the frames (of the lab's clip: a drawn head that turns), and one timed pass
// of each.
async function prepare(frames) {
  const video = document.createElement('video'), pictures = [];
  video.muted = true;
  video.src = URL.createObjectURL(new Blob([await window.lab_bytes('clip')]));
  await new Promise((resolve) => { video.onloadeddata = resolve; });
  for (let i = 0; i < frames; i++) {
    video.currentTime = i / 24 + 0.01;
    await new Promise((resolve) => { video.onseeked = resolve; });
    pictures.push(await createImageBitmap(video));
  }
  const canvas = new OffscreenCanvas(pictures[0].width, pictures[0].height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  window.draw = (frame) => context.drawImage(pictures[frame], 0, 0);
  window.canvas = canvas;
  const modules = { simd: await window.start_tracker('simd'), plain: await window.start_tracker('plain') };
  let clock = 0;
  window.ours = (kind, frames) => {
    const module = modules[kind], whole = [], track = [];
    let seen = 0;
    for (let frame = 0; frame < frames; frame++) {
      window.draw(frame);
      const begin = performance.now();
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      new Uint8Array(module.memory.buffer, module.tracker_frame(0, data.length), data.length).set(data);
      const middle = performance.now();
      const at = module.tracker_track(0, canvas.width, canvas.height, canvas.width * 4, 2, 0, 0, clock += 1 / 30);
      const end = performance.now();
      seen += window.read_record(module, at).count > 0 ? 1 : 0;
      whole.push(end - begin);
      track.push(end - middle);
    }
    return { whole, track, seen };
  };
}

async function prepare_peer() {
  let found = 0;
  const mesh = await window.start_mesh(({ multiFaceLandmarks }) => { found += multiFaceLandmarks?.length ? 1 : 0; });
  // It takes elements: this one shows what the other canvas has.
  const shown = document.createElement('canvas');
  const context = shown.getContext('2d');
  Object.assign(shown, { width: window.canvas.width, height: window.canvas.height });
  window.theirs = async (frames) => {
    const whole = [];
    found = 0;
    for (let frame = 0; frame < frames; frame++) {
      window.draw(frame);
      context.drawImage(window.canvas, 0, 0);
      const begin = performance.now();
      await mesh.send({ image: shown });
      whole.push(performance.now() - begin);
    }
    return { whole, seen: found };
  };
}

async function pixels(site) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-tracker-'));
  const film = join(folder, 'face.mjpeg');
  writeFileSync(film, Buffer.concat([readFileSync(picture), readFileSync(picture)]));
  const browser = await chromium.launch({ executablePath: whole_chromium_path, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`] });
  try {
    const page = await browser.newPage();
    await page.goto(`${site.address}/labs/tracker`);
    await page.waitForFunction(() => document.body.dataset.screen === 'consent');
    await page.click('#start');
    await page.waitForFunction(() => JSON.parse(document.getElementById('path').dataset.measured ?? '[]').length === 3);
    await page.waitForTimeout(3000);
    return JSON.parse(await page.getAttribute('#path', 'data-measured'));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  if (!has_lab) return console.log('No page /labs/tracker: build the preset wasm-release with the weights in assets/models.');
  const site = await serve_files(files());
  const browser = await chromium.launch({ executablePath: whole_chromium_path, headless: true, args: chromium_flags });
  const rows = { simd: [], whole: [], plain: [], peer: [], ratio: [], whole_ratio: [] };
  let seen = [0, 0];
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    await page.goto(site.address);
    await prepare_page(page);
    await page.evaluate(prepare, kFrames);
    if (has_peer) await page.evaluate(prepare_peer);
    for (let round = -1; round < kRounds; round++) {
      const simd = await page.evaluate((frames) => window.ours('simd', frames), kFrames);
      const plain = await page.evaluate((frames) => window.ours('plain', frames), kFrames);
      const other = has_peer ? await page.evaluate((frames) => window.theirs(frames), kFrames) : null;
      if (round < 0) continue; // both warm up
      rows.simd.push(median(simd.track));
      rows.whole.push(median(simd.whole));
      rows.plain.push(median(plain.track));
      if (other) rows.peer.push(median(other.whole));
      if (other) rows.ratio.push(median(simd.track) / median(other.whole));
      if (other) rows.whole_ratio.push(median(simd.whole) / median(other.whole));
      seen = [seen[0] + simd.seen, seen[1] + (other?.seen ?? 0)];
    }
    print_head(`tracker: ${kFrames} frames of 640 x 480 a round`);
    print_row('tracking a frame that is in memory', '≤ 4 ms', rows.simd, 'ms');
    print_row('the same without SIMD', '', rows.plain, 'ms');
    print_row('from a canvas: reading its pixels, then tracking', '', rows.whole, 'ms');
    print_row('MediaPipe face_mesh from the same canvas', '', rows.peer, 'ms');
    print_row('ratio: tracking to face_mesh', '≤ 0.15', rows.ratio, '');
    print_row('ratio: from the canvas both', '', rows.whole_ratio, '');
    console.log(`\nA face was seen in ${seen[0]} of ${kRounds * kFrames} frames, by MediaPipe in ${seen[1]}.`);
    for (const { name, milliseconds } of await pixels(site)) console.log(`pixels by ${name}: ${milliseconds.toFixed(2)} ms`);
  } finally {
    await browser.close();
    await site.close();
  }
}

await main();
