// SPDX-License-Identifier: MIT
// How well the face tracker agrees with MediaPipe's face_mesh on photographs, and what it finds where nobody is:
//   node tests/bench/tracker_photos.mjs FOLDER_OF_FACES [FOLDER_WITHOUT_FACES]
// For pictures of which nothing is known but what face_mesh says; they stay on this machine, in a page that reaches
// nobody. Needs the preset wasm-release and `npm ci` in tests/bench/peer.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium_flags, page_folder, root, whole_chromium_path } from '../browser/harness.mjs';
import { serve_files } from './page_figures.mjs';

const lab = join(page_folder, 'labs/tracker');
const peer = join(root, 'tests/bench/peer/node_modules/@mediapipe/face_mesh');
const kPicture = /\.(jpe?g|png|webp|bmp)$/i;

// What face_mesh calls our landmarks (docs/vision/landmarks.md). Not compared: wings and rims, which it places by
// another rule, and the oval.
const kGroups = [
  ['lips, outer', 0, [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146]],
  ['lips, inner', 20, [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95]],
  ['lids, left', 40, [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7]],
  ['lids, right', 56, [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249]],
  ['brow, left', 72, [107, 66, 105, 63, 70, 55, 65, 52, 53, 46]],
  ['brow, right', 82, [336, 296, 334, 293, 300, 285, 295, 282, 283, 276]],
  ['nose', 116, [168, 197, 5, 4, 98, 97, 2, 326, 327]],
  ['iris, left', 127, [468]],
  ['iris, right', 132, [473]],
];
const kOuterLeft = 33, kOuterRight = 263, kNoseTip = 1;

function pictures_in(folder) {
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  const names = readdirSync(folder).filter((name) => kPicture.test(name)).sort();
  if (names.length === 0) throw new Error(`${folder} has no picture (.jpg, .png, .webp, .bmp)`);
  return names.map((name) => join(folder, name));
}

function files() {
  const kTypes = { js: 'text/javascript', wasm: 'application/wasm' };
  const all = { '/': { type: 'text/html; charset=utf-8', body: '<!doctype html><title>photographs</title><link rel="icon" href="data:,">' } };
  const add = (path, file) => { all[path] = { type: kTypes[file.split('.').pop()] ?? 'application/octet-stream', body: readFileSync(file) }; };
  for (const name of readdirSync(lab)) if (/\.(net|wasm)$/.test(name)) add(`/lab/${name}`, join(lab, name));
  for (const name of readdirSync(peer)) if (/\.(js|wasm|data|binarypb|tflite)$/.test(name)) add(`/peer/${name}`, join(peer, name));
  return all;
}

// In the page: `look(picture)` says what each of the two sees in a picture, in its pixels. The nearest face counts.
async function prepare({ names }) {
  const bytes = async (stem) => (await fetch(`/lab/${names.find((name) => name.startsWith(stem))}`)).arrayBuffer();
  const { instance: { exports: module } } = await WebAssembly.instantiate(await bytes('simd'), {
    wasi_snapshot_preview1: { proc_exit() { throw new Error('ended'); }, fd_write: () => 8, fd_close: () => 8, fd_seek: () => 8, fd_read: () => 8 },
    env: { emscripten_notify_memory_growth() {} },
  });
  module._initialize?.();
  for (const [slot, name] of ['detector', 'landmarks', 'lips', 'eye'].entries()) {
    const file = await bytes(name);
    new Uint8Array(module.memory.buffer, module.tracker_file(slot, file.byteLength), file.byteLength).set(new Uint8Array(file));
  }
  if (module.tracker_create() !== 0) throw new Error('the weights were refused');
  await new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src: '/peer/face_mesh.js', onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const mesh = new window.FaceMesh({ locateFile: (name) => `/peer/${name}` });
  mesh.setOptions({ maxNumFaces: 1, refineLandmarks: true, useCpuInference: true });
  let theirs = null;
  mesh.onResults(({ multiFaceLandmarks }) => { theirs = multiFaceLandmarks?.[0] ?? null; });
  await mesh.initialize();
  const canvas = document.createElement('canvas'), context = canvas.getContext('2d', { willReadFrequently: true });
  let clock = 0;

  window.look = async (base64) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
    const scale = Math.min(1, Math.sqrt(1280 * 720 / (picture.width * picture.height)));
    Object.assign(canvas, { width: Math.floor(picture.width * scale), height: Math.floor(picture.height * scale) });
    const { width, height } = canvas;
    context.drawImage(picture, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    module.tracker_reset();
    let ours = null;
    // Half a second of it: a tracker sees no single pictures, and looks for small faces in one part after the other.
    for (let frame = 0; frame < 15; frame++) {
      new Uint8Array(module.memory.buffer, module.tracker_frame(0, data.length), data.length).set(data);
      const at = module.tracker_track(0, width, height, width * 4, 2, 0, 0, clock += 1 / 30);
      const [count] = new Int32Array(module.memory.buffer, at + 24, 1);
      ours = count > 0 ? [...new Float32Array(module.memory.buffer, at + 28 + 44, 274)] : null;
    }
    mesh.reset();
    theirs = null;
    await mesh.send({ image: canvas });
    return { ours, theirs: theirs?.flatMap(({ x, y }) => [x * width, y * height]) ?? null };
  };
}

const place = (points, i) => [points[2 * i], points[2 * i + 1]];
const distance = ([x, y], [u, v]) => Math.hypot(x - u, y - v);

// The nose's tip, along the line between the eyes' outer corners, is in the middle half of it.
function is_frontal(theirs) {
  const [left, right, tip] = [kOuterLeft, kOuterRight, kNoseTip].map((i) => place(theirs, i));
  const [x, y] = [right[0] - left[0], right[1] - left[1]];
  const along = ((tip[0] - left[0]) * x + (tip[1] - left[1]) * y) / (x * x + y * y);
  return along > 0.25 && along < 0.75;
}

// Mean distances of a face by group, and of all, in % of the distance of the eyes' outer corners.
function apart({ ours, theirs }) {
  const eyes = distance(place(theirs, kOuterLeft), place(theirs, kOuterRight));
  const groups = kGroups.map(([, first, indices]) => indices.map((index, i) => {
    const landmark = first + i;
    return 100 * distance(place(ours, landmark), place(theirs, index)) / eyes;
  }));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { all: mean(groups.flat()), groups: groups.map(mean) };
}

const summary = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return sorted.length ? `${mean.toFixed(2)} (median ${sorted[sorted.length >> 1].toFixed(2)})` : '-';
};
const share = (some, all) => `${some} of ${all}${all ? ` (${(100 * some / all).toFixed(1)} %)` : ''}`;

async function look_at_all(page, paths) {
  const seen = [];
  for (const path of paths) {
    try {
      seen.push({ path, ...await page.evaluate((base64) => window.look(base64), readFileSync(path).toString('base64')) });
    } catch (error) {
      console.error(`${path}: no picture that the browser can read: ${error.message.split('\n')[0]}`);
    }
  }
  return seen;
}

async function main() {
  const [with_faces, without] = process.argv.slice(2).map(pictures_in);
  if (!with_faces) throw new Error('node tests/bench/tracker_photos.mjs FOLDER_OF_FACES [FOLDER_WITHOUT_FACES]');
  if (!existsSync(lab)) throw new Error('no page /labs/tracker: build the preset wasm-release');
  if (!existsSync(peer)) throw new Error('no face_mesh: npm ci in tests/bench/peer');
  const site = await serve_files(files());
  const browser = await chromium.launch({ executablePath: whole_chromium_path, headless: true, args: chromium_flags });
  try {
    const page = await browser.newPage();
    await page.goto(site.address);
    await page.evaluate(prepare, { names: readdirSync(lab).filter((name) => !name.endsWith('.br')) });
    const faces = await look_at_all(page, with_faces);
    const frontal = faces.filter(({ theirs }) => theirs && is_frontal(theirs));
    // Farther apart than the eyes are: not the same person.
    const both = faces.filter(({ ours, theirs }) => ours && theirs).map((face) => ({ ...apart(face), face }));
    const same = both.filter(({ all }) => all < 50), same_frontal = same.filter(({ face }) => is_frontal(face.theirs));
    console.log('| what | goal | measured |\n| --- | --- | --- |');
    console.log(`| face_mesh sees somebody | | ${share(faces.filter(({ theirs }) => theirs).length, faces.length)} |`);
    console.log(`| of its frontal faces, seen by the tracker | ≥ 95 % | ${share(frontal.filter(({ ours }) => ours).length, frontal.length)} |`);
    console.log(`| both see somebody, but not the same | | ${share(both.length - same.length, both.length)} |`);
    console.log(`| landmarks apart, % of the eyes' distance, as they are | ≤ 4.5 | ${summary(same.map(({ all }) => all))} |`);
    console.log(`| ... of frontal faces | | ${summary(same_frontal.map(({ all }) => all))} |`);
    kGroups.forEach(([name], i) => console.log(`| ... ${name} | | ${summary(same_frontal.map(({ groups }) => groups[i]))} |`));
    if (!without) return;
    const empty = await look_at_all(page, without);
    console.log(`| sees somebody where nobody is | 0 | ${share(empty.filter(({ ours }) => ours).length, empty.length)} |`);
    console.log(`| ... face_mesh | | ${share(empty.filter(({ theirs }) => theirs).length, empty.length)} |`);
    empty.filter(({ ours }) => ours).forEach(({ path }) => console.log(`somebody: ${path}`));
  } finally {
    await browser.close();
    await site.close();
  }
}

await main().catch((error) => { console.error(error.message); process.exitCode = 1; });
