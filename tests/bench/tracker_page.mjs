// SPDX-License-Identifier: MIT
// What the tracker's benchmarks share: a page with the lab's modules and weights, and MediaPipe's face_mesh beside them
// where it is installed (npm ci in tests/bench/peer).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate_with_module } from '../browser/bare_module.mjs';
import { page_folder, root } from '../browser/harness.mjs';

const lab = join(page_folder, 'labs/tracker');
const peer = join(root, 'tests/bench/peer/node_modules/@mediapipe/face_mesh');
const kTypes = { js: 'text/javascript', wasm: 'application/wasm', css: 'text/css', html: 'text/html; charset=utf-8' };

export const has_lab = existsSync(lab), has_peer = existsSync(peer);
const names = has_lab ? readdirSync(lab).filter((name) => !name.endsWith('.br')) : [];

// For serve_files() of page_figures.mjs.
export function files() {
  const all = {};
  const add = (path, file) => { all[path] = { type: kTypes[file.split('.').pop()] ?? 'application/octet-stream', body: readFileSync(file) }; };
  all['/'] = { type: kTypes.html, body: '<!doctype html><title>bench</title><link rel="icon" href="data:,">' };
  add('/labs/tracker', join(page_folder, 'labs/tracker.html'));
  for (const name of names) add(`/labs/tracker/${name}`, join(lab, name));
  if (has_peer) for (const name of readdirSync(peer)) if (/\.(js|wasm|data|binarypb|tflite)$/.test(name)) add(`/peer/${name}`, join(peer, name));
  return all;
}

// In the page: lab_bytes(STEM) of a file, start_tracker('simd' or 'plain'), start_mesh(RESULTS), and read_record().
export const prepare_page = (page) => evaluate_with_module(page, (all) => {
  window.lab_bytes = async (stem) => new Uint8Array(
    await (await fetch(`/labs/tracker/${all.find((name) => name.startsWith(stem))}`)).arrayBuffer());
  window.start_tracker = async (stem) => {
    const module = await window.start_module(await window.lab_bytes(stem));
    const weights = await Promise.all(['detector', 'landmarks', 'lips', 'eye'].map(window.lab_bytes));
    if (window.create_tracker(module, weights) !== 0) throw new Error(window.tracker_message(module));
    return module;
  };
  window.start_mesh = async (results) => {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      Object.assign(script, { src: '/peer/face_mesh.js', onload: resolve, onerror: reject });
      document.head.append(script);
    });
    const mesh = new window.FaceMesh({ locateFile: (name) => `/peer/${name}` });
    mesh.setOptions({ maxNumFaces: 1, refineLandmarks: true, useCpuInference: true });
    mesh.onResults(results);
    await mesh.initialize();
    return mesh;
  };
}, names);
