// SPDX-License-Identifier: MIT
// A rendered clip in place of the camera: the same pictures' way, the same tracker. Loops.
import { FramePump } from './frame_pump.js';
import { Slots } from './frame_paths.js';
import { Picture } from './tracker.js';

export class Film {
  pump: FramePump | null = null;
  hasFailed = false;

  constructor(private readonly video: HTMLVideoElement, private readonly slots: Slots) {}

  open(path: string): void {
    this.close();
    this.hasFailed = false;
    this.video.loop = true;
    this.video.src = path;
    this.pump = new FramePump(this.video, null, this.slots, () => { this.hasFailed = true; });
    this.video.onerror = (): void => { this.hasFailed = true; };
    this.pump.start();
    void this.video.play().catch(() => {});
  }

  close(): void {
    this.pump?.stop();
    this.pump = null;
    this.video.onerror = null;
    this.video.removeAttribute('src');
    this.video.load();
  }

  poll(): void {}

  newestFrame(): Picture | null {
    return this.pump?.take() ?? null;
  }
}
