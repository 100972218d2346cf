// SPDX-License-Identifier: MIT
// Drives the programs of network_page.cpp, in node and in a page alike.

// The same noise as golden.py's, three values a pixel.
export function golden_picture(width, height) {
  return Float32Array.from({ length: 3 * width * height }, (_, i) =>
    ((Math.imul(i, 2654435761) + 12345) >>> 8) / 2 ** 24 * 4 - 2);
}

export function make_network(engine, kind, file, width, height) {
  const room = engine._network_file_room(file.length);
  engine.HEAPU8.set(file, room);
  const made = kind === 'landmarks' ? engine._network_make_landmarks() : engine._network_make_detector(width, height);
  if (!made) throw new Error(`the ${kind} network's weights are refused`);
  const picture = kind === 'landmarks' ? golden_picture(made, made) : golden_picture(width, height);
  engine.HEAPF32.set(picture, engine._network_picture() / 4);
}

export function network_values(engine) {
  const count = engine._network_take_values(), at = engine._network_values() / 4;
  return engine.HEAPF32.slice(at, at + count);
}
