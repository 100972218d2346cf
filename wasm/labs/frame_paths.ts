// SPDX-License-Identifier: MIT
// The ways from a video to pixels in memory, and which of them is the cheapest on this very device: each serves
// a dozen frames in turn while the tracker already works with them, then the one with the lowest median stays.
import { median } from './shared.js';
import { Picture } from './tracker.js';

// Where the bytes of a frame go.
export type Slots = (slot: number, bytes: number) => Uint8Array;

// Without time: that is the pump's.
export type Pixels = Omit<Picture, 'timeSeconds'>;

const kPathNames = ['track_processor', 'video_frame', 'canvas'] as const;
export type PathName = typeof kPathNames[number];

// What a slot of the module holds (kMostFrameBytes there). Cameras were asked for less, but not all have less.
const kMostBytes = 1280 * 720 * 4;

// A way that takes much longer than a frame lasts need not be tried as often; but one slow frame says nothing.
const kTrialFrames = 12, kLeastFrames = 3, kTrialMilliseconds = 250;

// Layouts whose first plane is luma, 8 bits.
const kPlanar = new Set(['I420', 'I420A', 'I422', 'I444', 'NV12']);

// Null: this frame's pixels are of a kind that cannot be read this way.
export async function copyFrame(frame: VideoFrame, slots: Slots, slot: number): Promise<Pixels | null> {
  const rect = frame.visibleRect, isLuma = kPlanar.has(frame.format ?? '');
  if (!rect || !(isLuma || frame.format === 'RGBA' || frame.format === 'RGBX')) return null;
  const size = frame.allocationSize();
  if (size > kMostBytes) return null;
  const bytes = slots(slot, size);
  const [first] = await frame.copyTo(bytes);
  // All planes come, the first of them first; the others are not looked at.
  if (!first || first.offset !== 0) return null;
  return { slot, width: rect.width, height: rect.height, stride: first.stride, format: isLuma ? 0 : 2,
           turns: ((frame.rotation ?? 0) / 90) & 3 };
}

// The way that takes any size: what is too large for the slots is made smaller.
export class CanvasReader {
  private readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: true });

  read(video: HTMLVideoElement, slots: Slots, slot: number): Pixels | null {
    const { videoWidth, videoHeight } = video;
    if (!this.context || videoWidth === 0 || videoHeight === 0) return null;
    const scale = Math.min(1, Math.sqrt(kMostBytes / 4 / (videoWidth * videoHeight)));
    const width = Math.max(1, Math.floor(videoWidth * scale)), height = Math.max(1, Math.floor(videoHeight * scale));
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.context.drawImage(video, 0, 0, width, height);
    const { data } = this.context.getImageData(0, 0, width, height);
    slots(slot, data.length).set(data);
    return { slot, width, height, stride: width * 4, format: 2, turns: 0 };
  }

  // Leaves no picture behind.
  clear(): void {
    this.canvas.width = 0;
    this.canvas.height = 0;
  }
}

export class PathChooser {
  private readonly times = new Map<PathName, number[]>();
  private readonly unusable = new Set<PathName>();
  private choice: PathName | null = null;

  constructor(private readonly names: readonly PathName[]) {}

  // The one to use for the next frame.
  get current(): PathName {
    if (this.choice) return this.choice;
    const waiting = this.usable().find((name) => !this.isTried(name));
    if (waiting) return waiting;
    const best = this.usable().reduce((a, b) => (this.median(b)! < this.median(a)! ? b : a));
    this.choice = best;
    return best;
  }

  get chosen(): PathName | null { return this.choice; }

  add(name: PathName, milliseconds: number): void {
    if (this.choice) return;
    const times = this.times.get(name) ?? [];
    times.push(milliseconds);
    this.times.set(name, times);
  }

  // The last one cannot be: then there is nothing to try.
  reject(name: PathName): void {
    if (this.usable().length > 1) this.unusable.add(name);
    if (this.choice === name) this.choice = null;
  }

  // Milliseconds, null: not measured.
  median(name: PathName): number | null { return median(this.times.get(name) ?? []); }

  measured(): { name: PathName; milliseconds: number }[] {
    return this.names.flatMap((name) => {
      const milliseconds = this.unusable.has(name) ? null : this.median(name);
      return milliseconds === null ? [] : [{ name, milliseconds }];
    });
  }

  private isTried(name: PathName): boolean {
    const times = this.times.get(name) ?? [], taken = times.reduce((sum, time) => sum + time, 0);
    return times.length >= kTrialFrames || (times.length >= kLeastFrames && taken > kTrialMilliseconds);
  }

  private usable(): PathName[] {
    return this.names.filter((name) => !this.unusable.has(name));
  }
}

// What this browser has at all.
export function pathsHere(hasTrack: boolean): PathName[] {
  const names: PathName[] = [];
  const hasFrames = typeof VideoFrame === 'function';
  if (hasTrack && hasFrames && typeof MediaStreamTrackProcessor === 'function') names.push('track_processor');
  if (hasFrames) names.push('video_frame');
  names.push('canvas');
  return names;
}
