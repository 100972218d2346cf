// SPDX-License-Identifier: MIT
// How well the face tracker agrees with MediaPipe's face_mesh on photographs, and what it finds where nobody is:
//   node tests/bench/tracker_photos.mjs FOLDER_OF_FACES [FOLDER_WITHOUT_FACES]
// For pictures of which nothing is known but what face_mesh says; they stay on this machine, in a page that reaches
// nobody. Needs the preset wasm-release and `npm ci` in tests/bench/peer.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium_flags, whole_chromium_path } from '../browser/harness.mjs';
import { median, serve_files } from './page_figures.mjs';
import { files, has_lab, has_peer, prepare_page } from './tracker_page.mjs';

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

// In the page: `look(picture)` says what each of the two sees in a picture, in its pixels. The nearest face counts.
async function prepare() {
  const module = await window.start_tracker('simd');
  let theirs = null, clock = 0;
  const mesh = await window.start_mesh(({ multiFaceLandmarks }) => { theirs = multiFaceLandmarks?.[0] ?? null; });
  const canvas = document.createElement('canvas'), context = canvas.getContext('2d', { willReadFrequently: true });

  // The landmarks of the nearest face that is seen in this frame.
  const track = (data) => {
    new Uint8Array(module.memory.buffer, module.tracker_frame(0, data.length), data.length).set(data);
    const at = module.tracker_track(0, canvas.width, canvas.height, canvas.width * 4, 2, 0, 0, clock += 1 / 30);
    const face = window.read_record(module, at).faces.find(({ is_seen }) => is_seen);
    return face ? [...face.landmarks] : null;
  };

  window.look = async (base64) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
    const scale = Math.min(1, Math.sqrt(1280 * 720 / (picture.width * picture.height)));
    Object.assign(canvas, { width: Math.floor(picture.width * scale), height: Math.floor(picture.height * scale) });
    const { width, height } = canvas;
    context.drawImage(picture, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    module.tracker_reset();
    // Half a second of it: a tracker sees no single pictures, and looks for small faces in one part after the other.
    const all = Array.from({ length: 15 }, () => track(data));
    mesh.reset();
    theirs = null;
    await mesh.send({ image: canvas });
    return { ours: all[14], is_ever_seen: all.some((landmarks) => landmarks),
             theirs: theirs?.flatMap(({ x, y }) => [x * width, y * height]) ?? null };
  };
}

const place = (points, i) => [points[2 * i], points[2 * i + 1]];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
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
  return { all: mean(groups.flat()), groups: groups.map(mean) };
}

const summary = (values) => (values.length ? `${mean(values).toFixed(2)} (median ${median(values).toFixed(2)})` : '-');
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
  if (!has_lab) throw new Error('no page /labs/tracker: build the preset wasm-release');
  if (!has_peer) throw new Error('no face_mesh: npm ci in tests/bench/peer');
  const site = await serve_files(files());
  const browser = await chromium.launch({ executablePath: whole_chromium_path, headless: true, args: chromium_flags });
  try {
    const page = await browser.newPage();
    await page.goto(site.address);
    await prepare_page(page);
    await page.evaluate(prepare);
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
    console.log(`| sees somebody where nobody is | 0 | ${share(empty.filter(({ is_ever_seen }) => is_ever_seen).length, empty.length)} |`);
    console.log(`| ... face_mesh | | ${share(empty.filter(({ theirs }) => theirs).length, empty.length)} |`);
    empty.filter(({ is_ever_seen }) => is_ever_seen).forEach(({ path }) => console.log(`somebody: ${path}`));
  } finally {
    await browser.close();
    await site.close();
  }
}

await main().catch((error) => { console.error(error.message); process.exitCode = 1; });
