// SPDX-License-Identifier: MIT
// The places of wasm/tracker/tracker_record.h, in values of four bytes.
export const kRecordVersion = 1;
const kMostFaces = 4;
const kFacesAt = 7;
const kFaceValues = 584;

export const kGroups = [
  { name: 'lips_outer', first: 0, count: 20, closed: true },
  { name: 'lips_inner', first: 20, count: 20, closed: true },
  { name: 'lid_left', first: 40, count: 16, closed: true },
  { name: 'lid_right', first: 56, count: 16, closed: true },
  { name: 'brow_left', first: 72, count: 10, closed: false },
  { name: 'brow_right', first: 82, count: 10, closed: false },
  { name: 'oval', first: 92, count: 24, closed: false },
  { name: 'nose', first: 116, count: 11, closed: false },
  { name: 'iris_left', first: 127, count: 5, closed: true },
  { name: 'iris_right', first: 132, count: 5, closed: true },
] as const;
export const kLandmarks = 137;

export const kStates = ['searching', 'tracking', 'lost'] as const;
export type TrackerState = typeof kStates[number];

// One face of the newest result. The memory is the module's: it is overwritten by the next frame.
export class FaceView {
  readonly landmarks: Float32Array; // x, y in turn

  constructor(private readonly floats: Float32Array, private readonly integers: Int32Array) {
    this.landmarks = floats.subarray(34, 34 + kLandmarks * 2);
  }
  get id(): number { return this.integers[0]!; }
  get isSeen(): boolean { return this.integers[1] === 0; }
  get yaw(): number { return this.floats[3]!; }
  get pitch(): number { return this.floats[4]!; }
  get roll(): number { return this.floats[5]!; }
  get eyeLeftOpen(): number { return this.floats[7]!; }
  get eyeRightOpen(): number { return this.floats[8]!; }
  get mouthOpen(): number { return this.floats[9]!; }
  get distance(): number { return this.floats[12]!; } // mm
  get distanceUncertainty(): number { return this.floats[13]!; } // below 0: not known
  get quality(): number { return this.floats[14]!; }
}

// The newest result, in place: nothing is allocated for a frame.
export class ResultView {
  private readonly integers: Int32Array;
  private readonly all: FaceView[] = [];

  constructor(memory: ArrayBuffer, address: number) {
    const values = kFacesAt + kMostFaces * kFaceValues;
    this.integers = new Int32Array(memory, address, values);
    for (let i = 0; i < kMostFaces; i++) {
      const at = address + (kFacesAt + i * kFaceValues) * 4;
      this.all.push(new FaceView(new Float32Array(memory, at, kFaceValues), new Int32Array(memory, at, kFaceValues)));
    }
  }
  get version(): number { return this.integers[0]!; }
  get state(): TrackerState { return kStates[this.integers[1]!]!; }
  get width(): number { return this.integers[4]!; }
  get height(): number { return this.integers[5]!; }
  get count(): number { return this.integers[6]!; }
  face(index: number): FaceView { return this.all[index]!; }
}
