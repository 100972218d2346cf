// SPDX-License-Identifier: MIT
// The places of wasm/tracker/tracker_record.h that the page reads, in values of four bytes and by the names there:
// tests/vision/record_places_test.py compares them.
export const kRecordVersion = 2;
const kMostFaces = 4;
const kFaceValues = 285;
const kResultPlaces = { version: 0, state: 1, width: 4, height: 5, count: 6, faces: 7 } as const;
const kFacePlaces = {
  id: 0, state: 1, yaw: 2, pitch: 3, roll: 4, openness_eye_left: 5, openness_eye_right: 6, openness_mouth: 7,
  place_z: 8, place_uncertainty: 9, quality: 10, landmarks: 11,
} as const;

export const kGroups = [
  { name: 'lips_outer', first: 0, count: 20 },
  { name: 'lips_inner', first: 20, count: 20 },
  { name: 'lid_left', first: 40, count: 16 },
  { name: 'lid_right', first: 56, count: 16 },
  { name: 'brow_left', first: 72, count: 10 },
  { name: 'brow_right', first: 82, count: 10 },
  { name: 'oval', first: 92, count: 24 },
  { name: 'nose', first: 116, count: 11 },
  { name: 'iris_left', first: 127, count: 5 },
  { name: 'iris_right', first: 132, count: 5 },
] as const;
export const kLandmarks = 137;

export const kStates = ['searching', 'tracking', 'lost'] as const;
export type TrackerState = typeof kStates[number];

// One face of the newest result. The memory is the module's: it is overwritten by the next frame.
export class FaceView {
  readonly landmarks: Float32Array; // x, y in turn

  constructor(private readonly floats: Float32Array, private readonly integers: Int32Array) {
    this.landmarks = floats.subarray(kFacePlaces.landmarks, kFacePlaces.landmarks + kLandmarks * 2);
  }
  get id(): number { return this.integers[kFacePlaces.id]!; }
  get isSeen(): boolean { return this.integers[kFacePlaces.state] === 0; }
  get yaw(): number { return this.floats[kFacePlaces.yaw]!; }
  get pitch(): number { return this.floats[kFacePlaces.pitch]!; }
  get roll(): number { return this.floats[kFacePlaces.roll]!; }
  get opennessEyeLeft(): number { return this.floats[kFacePlaces.openness_eye_left]!; }
  get opennessEyeRight(): number { return this.floats[kFacePlaces.openness_eye_right]!; }
  get opennessMouth(): number { return this.floats[kFacePlaces.openness_mouth]!; }
  get placeZ(): number { return this.floats[kFacePlaces.place_z]!; } // mm
  // Below 0: not known.
  get placeUncertainty(): number { return this.floats[kFacePlaces.place_uncertainty]!; }
  get quality(): number { return this.floats[kFacePlaces.quality]!; }
}

// The newest result, in place: nothing is allocated for a frame.
export class ResultView {
  private readonly integers: Int32Array;
  private readonly all: FaceView[] = [];

  constructor(memory: ArrayBuffer, address: number) {
    this.integers = new Int32Array(memory, address, kResultPlaces.faces);
    for (let i = 0; i < kMostFaces; i++) {
      const at = address + (kResultPlaces.faces + i * kFaceValues) * 4;
      this.all.push(new FaceView(new Float32Array(memory, at, kFaceValues), new Int32Array(memory, at, kFaceValues)));
    }
  }
  get version(): number { return this.integers[kResultPlaces.version]!; }
  get state(): TrackerState { return kStates[this.integers[kResultPlaces.state]!]!; }
  get width(): number { return this.integers[kResultPlaces.width]!; }
  get height(): number { return this.integers[kResultPlaces.height]!; }
  get count(): number { return this.integers[kResultPlaces.count]!; }
  face(index: number): FaceView { return this.all[index]!; }
}
