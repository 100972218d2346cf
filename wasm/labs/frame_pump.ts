// SPDX-License-Identifier: MIT
// Takes frames from a video element or a track, puts their pixels where the tracker reads them, keeps the newest.
import { Fault } from './faults.js';
import { CanvasReader, copyFrame, PathChooser, PathName, pathsHere, Pixels, Slots } from './frame_paths.js';
import { Picture } from './tracker.js';

// A film that begins again, or a path that counts from another zero: time goes on by what the wall's clock says.
const kBackwards = 0.2, kJump = 1; // seconds

// Seconds when a picture was taken, and the page's milliseconds when it came.
export interface Moment {
  timeSeconds: number;
  at: number;
}

// A read that does not end would hold up the next camera for ever; by then the browser has let go of it.
const kLongestRead = 1000; // milliseconds

// Where frames go, whichever pump takes them. The last read may go on when its pump was stopped.
export class FrameMemory {
  private reading: Promise<unknown> = Promise.resolve();

  constructor(readonly slots: Slots) {}

  async free(): Promise<void> {
    await Promise.race([this.reading, new Promise((resolve) => setTimeout(resolve, kLongestRead))]);
  }
  during<T>(reading: Promise<T>): Promise<T> {
    this.reading = reading.catch(() => {});
    return reading;
  }
}

export class FramePump {
  readonly chooser: PathChooser;
  frames = 0;
  lastFrameAt = performance.now();

  private readonly canvas = new CanvasReader();
  private reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
  private newest: Picture | null = null;
  private lastSlot = 1;
  private isStopped = false;
  private offset = 0;
  private handle = 0;
  private filling: Uint8Array | null = null; // what a frame is being read into
  private readonly hasCallback = 'requestVideoFrameCallback' in HTMLVideoElement.prototype;

  // `last`: of the newest picture; another pump's, where this one goes on with its times.
  constructor(private readonly video: HTMLVideoElement, private readonly track: MediaStreamTrack | null,
              private readonly memory: FrameMemory, private readonly failed: (error: unknown) => void,
              public last: Moment | null = null) {
    this.chooser = new PathChooser(pathsHere(track !== null));
  }

  start(): void { void this.run(); }

  // Nothing is read afterwards, and no picture kept.
  stop(): void {
    this.isStopped = true;
    this.newest = null;
    this.closeReader();
    if (this.hasCallback) this.video.cancelVideoFrameCallback(this.handle);
    this.canvas.clear();
  }

  // The newest picture, once.
  take(): Picture | null {
    const picture = this.newest;
    this.newest = null;
    return picture;
  }

  private async run(): Promise<void> {
    await this.memory.free();
    while (!this.isStopped) {
      const path = this.chooser.current;
      try {
        if (path === 'track_processor') await this.throughTrack();
        else await this.throughVideo(path);
      } catch (error) {
        if (this.isStopped) return;
        // A way that throws is given up for another; what is wrong with the tracker, or with the last way, is not.
        if (error instanceof Fault || (path === 'canvas' && this.chooser.measured().length === 0)) return this.failed(error);
        this.reject(path);
      }
    }
  }

  private async throughTrack(): Promise<void> {
    this.reader ??= new MediaStreamTrackProcessor({ track: this.track!, maxBufferSize: 1 }).readable.getReader();
    const { value: frame, done } = await this.reader.read();
    if (done) return this.reject('track_processor');
    try {
      await this.read('track_processor', frame.timestamp / 1e6, (slot) => copyFrame(frame, this.slots, slot));
    } finally {
      frame.close();
    }
    if (this.chooser.current !== 'track_processor') this.closeReader();
  }

  private async throughVideo(path: PathName): Promise<void> {
    const timeSeconds = await this.nextFrame();
    if (this.isStopped) return;
    if (path === 'canvas') {
      return this.read(path, timeSeconds, async (slot) => this.canvas.read(this.video, this.slots, slot));
    }
    const frame = new VideoFrame(this.video);
    try {
      await this.read(path, timeSeconds, (slot) => copyFrame(frame, this.slots, slot));
    } finally {
      frame.close();
    }
  }

  // Resolves with the time of the frame that is now shown. Without the callback of the platform every drawn frame of
  // the page is looked at for a new time.
  private nextFrame(): Promise<number> {
    const { video } = this;
    return new Promise((resolve) => {
      if (this.hasCallback) {
        this.handle = video.requestVideoFrameCallback((_, moment) => resolve(moment.mediaTime));
        return;
      }
      const before = video.currentTime;
      const look = (): void => {
        if (this.isStopped || video.currentTime !== before) resolve(video.currentTime);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }

  private async read(path: PathName, timeSeconds: number, pixels: (slot: number) => Promise<Pixels | null>): Promise<void> {
    const slot = 1 - this.lastSlot, begin = performance.now();
    const read = await this.memory.during(this.untilStopped(pixels(slot)));
    const now = performance.now();
    if (this.isStopped) return;
    if (!read) return this.reject(path);
    this.chooser.add(path, now - begin);
    this.newest = { ...read, timeSeconds: this.onOneClock(timeSeconds, now) };
    this.frames++;
    this.lastSlot = slot;
    this.lastFrameAt = now;
  }

  // The browser may still be writing a frame while stop() wipes the memory: what it wrote after that goes, too.
  private async untilStopped(reading: Promise<Pixels | null>): Promise<Pixels | null> {
    try {
      return await reading;
    } finally {
      if (this.isStopped) this.filling?.fill(0);
      this.filling = null;
    }
  }

  private readonly slots: Slots = (slot, bytes) => {
    this.filling = this.memory.slots(slot, bytes);
    return this.filling;
  };

  private onOneClock(timeSeconds: number, now: number): number {
    const last = this.last?.timeSeconds ?? -1, expected = this.last ? last + (now - this.last.at) / 1000 : 0;
    let time = timeSeconds + this.offset;
    if (this.frames === 0 || time < last - kBackwards || time > expected + kJump) {
      this.offset += expected - time;
      time = expected;
    }
    this.last = { timeSeconds: Math.max(time, last + 1e-4), at: now };
    return this.last.timeSeconds;
  }

  private reject(path: PathName): void {
    this.chooser.reject(path);
    if (path === 'track_processor') this.closeReader();
  }

  private closeReader(): void {
    void this.reader?.cancel().catch(() => {});
    this.reader = null;
  }
}
