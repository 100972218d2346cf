// SPDX-License-Identifier: MIT
// The tracker module (wasm/tracker) without the lab around it, in node and in a page alike: each function here stands
// by itself, so that its text can be handed to a page.

// `code`: the module's bytes. It is given the same system as by the lab: none.
export async function start_module(code) {
  const { instance: { exports: module } } = await WebAssembly.instantiate(code, {
    wasi_snapshot_preview1: {
      proc_exit() { throw new Error('ended'); },
      fd_write: () => 8, fd_close: () => 8, fd_seek: () => 8, fd_read: () => 8,
    },
    env: { emscripten_notify_memory_growth() { throw new Error('memory grew'); } },
  });
  module._initialize?.();
  return module;
}

// `weights`: bytes of the detector, the landmarks, lips and eye. 0: there is a tracker.
export function create_tracker(module, weights) {
  weights.forEach((bytes, kind) => {
    const at = module.tracker_file(kind, bytes.length);
    if (at === 0) throw new Error(`no room for ${bytes.length} bytes of weights`);
    new Uint8Array(module.memory.buffer, at, bytes.length).set(bytes);
  });
  return module.tracker_create();
}

// Why there is none.
export function tracker_message(module) {
  const bytes = new Uint8Array(module.memory.buffer, module.tracker_message());
  return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
}

// What tracker_track() left at `at`, until the next call; throws where no result can be. The places are those of
// wasm/tracker/tracker_record.h, in values of four bytes: tests/vision/record_places_test.py compares them.
export function read_record(module, at) {
  const kRecordVersion = 2, kMostFaces = 4, kFaceValues = 285;
  const kResultPlaces = { version: 0, state: 1, fault: 2, restarted: 3, width: 4, height: 5, count: 6, faces: 7 };
  const kFacePlaces = { state: 1, yaw: 2, pitch: 3, roll: 4, landmarks: 11 };
  const length = kResultPlaces.faces + kMostFaces * kFaceValues;
  const integers = new Int32Array(module.memory.buffer, at, length);
  const floats = new Float32Array(module.memory.buffer, at, length);
  const { faces: first, ...places } = kResultPlaces;
  const result = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, integers[place]]));
  if (result.version !== kRecordVersion || result.count > kMostFaces) {
    throw new Error(`no record: version ${result.version}, ${result.count} faces`);
  }
  const faces = Array.from({ length: result.count }, (_, i) => {
    const from = first + i * kFaceValues, values = floats.subarray(from, from + kFaceValues);
    const [yaw, pitch, roll] = [kFacePlaces.yaw, kFacePlaces.pitch, kFacePlaces.roll].map((place) => values[place]);
    const is_seen = integers[from + kFacePlaces.state] === 0;
    return { is_seen, yaw, pitch, roll, landmarks: values.subarray(kFacePlaces.landmarks), values };
  });
  return { ...result, faces };
}

// page.evaluate() in a page where all of them are the window's.
export async function evaluate_with_module(page, work, argument) {
  await page.evaluate(`Object.assign(window, { start_module: ${start_module}, create_tracker: ${create_tracker}, ` +
    `tracker_message: ${tracker_message}, read_record: ${read_record} }); undefined`);
  return page.evaluate(work, argument);
}
