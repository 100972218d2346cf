// SPDX-License-Identifier: MIT
// Drives the programs of network_page.cpp, in node and in a page alike.

// The same noise as golden.py's, three values a pixel.
export function golden_picture(width, height) {
  return Float32Array.from({ length: 3 * width * height }, (_, i) =>
    ((Math.imul(i, 2654435761) + 12345) >>> 8) / 2 ** 24 * 4 - 2);
}

// `width`, `height`: of the detector's picture; the others have a side of their own.
export function make_network(engine, kind, file, width, height) {
  const room = engine._network_file_room(file.length);
  engine.HEAPU8.set(file, room);
  const is_detector = kind === 'detector';
  const made = is_detector ? engine._network_make_detector(width, height) : engine[`_network_make_${kind}`]();
  if (!made) throw new Error(`the ${kind} network's weights are refused`);
  const picture = is_detector ? golden_picture(width, height) : golden_picture(made, made);
  engine.HEAPF32.set(picture, engine._network_picture() / 4);
}

function taken(engine, count) {
  const at = engine._network_values() / 4;
  return engine.HEAPF32.slice(at, at + count);
}
export const network_values = (engine) => taken(engine, engine._network_take_values());
// Of the landmark network.
export const network_correction = (engine) => taken(engine, engine._network_take_correction());
