// SPDX-License-Identifier: MIT
// The tracker module: fetched, checked, started, called. Its memory never grows, so every view of it stays valid.
import { Fault } from './faults.js';
import { files, PageFile } from './files.js';
import { kRecordVersion, ResultView } from './record.js';

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  tracker_file(kind: number, bytes: number): number;
  tracker_create(): number;
  tracker_message(): number;
  tracker_kernels(): number;
  tracker_frame(slot: number, bytes: number): number;
  tracker_track(slot: number, width: number, height: number, stride: number, format: number, turns: number,
                mirrored: number, timeSeconds: number): number;
  tracker_reset(): void;
}

export interface Picture {
  slot: number; // where its bytes are: Tracker.slot()
  width: number;
  height: number;
  stride: number; // bytes from row to row
  format: number; // 0 luma, 1 RGB, 2 RGBA
  turns: number; // clockwise quarters that make it upright
  timeSeconds: number; // when it was taken
}

// A function that gives a vector: no browser without SIMD takes it.
const kVectorModule = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);

function hasVectors(): boolean {
  return WebAssembly.validate(kVectorModule);
}

const kLongestFetch = 300_000; // milliseconds: all files together, side by side, at 45 kilobits a second

// The bytes of a file of this page, and no others: the browser compares them with the sum that the page was built with.
export async function fetchFile(file: PageFile): Promise<ArrayBuffer> {
  const control = new AbortController(), { signal } = control;
  const timer = setTimeout(() => control.abort(), kLongestFetch);
  try {
    const response = await fetch(file.path, { integrity: file.integrity, signal });
    if (!response.ok) throw new Fault('file_missing', `${file.name}: ${response.status}`);
    return await response.arrayBuffer();
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw signal.aborted ? new Fault('no_network', file.name) : await whyNot(file, signal);
  } finally {
    clearTimeout(timer);
  }
}

// A refusal by sum and a network that is not there look alike; without the sum they do not.
async function whyNot(file: PageFile, signal: AbortSignal): Promise<Fault> {
  try {
    const response = await fetch(file.path, { cache: 'no-store', signal });
    if (!response.ok) return new Fault('file_missing', `${file.name}: ${response.status}`);
    const bytes = (await response.arrayBuffer()).byteLength;
    if (bytes !== file.bytes) return new Fault('file_truncated', `${file.name}: ${bytes} / ${file.bytes}`);
    return new Fault('file_wrong', file.name);
  } catch {
    return new Fault('no_network', file.name);
  }
}

// The module ends itself by proc_exit and says nothing; it opens and reads nothing.
const kSystem = {
  proc_exit: (): void => { throw new Error('the module ended'); },
  fd_write: (): number => 8, fd_close: (): number => 8, fd_seek: (): number => 8, fd_read: (): number => 8,
};

async function start(bytes: ArrayBuffer): Promise<Exports> {
  try {
    const { instance } = await WebAssembly.instantiate(bytes, {
      wasi_snapshot_preview1: kSystem, env: { emscripten_notify_memory_growth: (): void => {} },
    });
    const exports = instance.exports as unknown as Exports;
    exports._initialize?.();
    return exports;
  } catch (error) {
    throw startFault(error);
  }
}

// Browsers refuse memory by a RangeError, and code that the page's policy forbids by a CompileError.
function startFault(error: unknown): Fault {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError || /memory/i.test(detail)) return new Fault('no_memory', detail);
  return new Fault(error instanceof WebAssembly.CompileError ? 'no_wasm' : 'stopped', detail);
}

export class Tracker {
  readonly kernels: string;
  private view: ResultView | null = null;
  private readonly slots: Uint8Array[] = [new Uint8Array(), new Uint8Array()];

  private constructor(private readonly module: Exports) {
    this.kernels = this.text(module.tracker_kernels());
  }

  static async load(): Promise<Tracker> {
    if (typeof WebAssembly !== 'object') throw new Fault('no_wasm', 'WebAssembly is undefined');
    const [code, ...weights] = await Promise.all([
      hasVectors() ? files.simd : files.plain, files.detector, files.landmarks, files.lips, files.eye].map(fetchFile));
    return Tracker.of(code!, weights);
  }

  // `weights`: of the detector, the landmarks, lips and eye.
  static async of(code: ArrayBuffer, weights: ArrayBuffer[]): Promise<Tracker> {
    const tracker = new Tracker(await start(code));
    weights.forEach((bytes, kind) => tracker.give(kind, bytes));
    const status = tracker.module.tracker_create();
    if (status !== 0) throw new Fault('weights_refused', tracker.text(tracker.module.tracker_message()));
    return tracker;
  }

  // Where a frame of so many bytes goes. Two slots: one is filled while the other is looked at.
  slot(slot: number, bytes: number): Uint8Array {
    if (this.slots[slot]!.length !== bytes) {
      const address = this.module.tracker_frame(slot, bytes);
      if (address === 0) throw new Fault('no_memory', `${bytes} bytes for a frame`);
      this.slots[slot] = new Uint8Array(this.module.memory.buffer, address, bytes);
    }
    return this.slots[slot]!;
  }

  // Valid until the next call.
  track(picture: Picture, mirrored: boolean): ResultView {
    const address = this.module.tracker_track(
      picture.slot, picture.width, picture.height, picture.stride, picture.format, picture.turns, mirrored ? 1 : 0,
      picture.timeSeconds);
    if (address === 0) throw new Fault('stopped', `${picture.width} x ${picture.height}, ${picture.stride} a row`);
    this.view ??= new ResultView(this.module.memory.buffer, address);
    if (this.view.version !== kRecordVersion) throw new Fault('file_wrong', `record ${this.view.version}`);
    return this.view;
  }

  // Forgets every face and every pixel. A module that ended itself may end again: then nothing is left in its memory,
  // and it has no tracker any more.
  reset(): void {
    try {
      this.module.tracker_reset();
    } catch {
      new Uint8Array(this.module.memory.buffer).fill(0);
    }
  }

  private give(kind: number, bytes: ArrayBuffer): void {
    const address = this.module.tracker_file(kind, bytes.byteLength);
    if (address === 0) throw new Fault('no_memory', `${bytes.byteLength} bytes of weights`);
    new Uint8Array(this.module.memory.buffer, address, bytes.byteLength).set(new Uint8Array(bytes));
  }

  private text(address: number): string {
    const bytes = new Uint8Array(this.module.memory.buffer, address);
    return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
  }
}
