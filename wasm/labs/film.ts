// SPDX-License-Identifier: MIT
// A rendered clip in place of the camera: the same pictures' way, the same tracker. Loops.
import { Fault } from './faults.js';
import { PageFile } from './files.js';
import { FrameMemory, FramePump } from './frame_pump.js';
import { Source } from './source.js';
import { fetchFile, Picture } from './tracker.js';

const kStallMilliseconds = 5000;

export class Film implements Source {
  pump: FramePump | null = null;
  readonly detail = '';

  private hasFailed = false;
  private bytes: Blob | null = null;
  private address = '';
  private attempt = 0; // what an older one fetched is not played

  constructor(private readonly video: HTMLVideoElement, private readonly memory: FrameMemory,
              private readonly faulted: (fault: Fault) => void) {}

  open(file: PageFile): void {
    this.close();
    this.hasFailed = false;
    void this.begin(file, ++this.attempt);
  }

  private async begin(file: PageFile, attempt: number): Promise<void> {
    try {
      this.bytes ??= new Blob([await fetchFile(file)], { type: 'video/webm' });
    } catch {
      if (attempt === this.attempt) this.hasFailed = true;
    }
    if (attempt === this.attempt && this.bytes) this.play(this.bytes);
  }

  private play(bytes: Blob): void {
    this.address = URL.createObjectURL(bytes);
    this.video.loop = true;
    this.video.src = this.address;
    this.pump = new FramePump(this.video, null, this.memory, (error) => {
      if (error instanceof Fault) this.faulted(error);
      else this.hasFailed = true;
    });
    this.video.onerror = (): void => { this.hasFailed = true; };
    this.pump.start();
    void this.video.play().catch(() => {});
  }

  close(): void {
    this.attempt++;
    this.pump?.stop();
    this.pump = null;
    this.video.onerror = null;
    if (!this.address) return;
    this.video.removeAttribute('src');
    this.video.load();
    URL.revokeObjectURL(this.address);
    this.address = '';
  }

  get isShowing(): boolean { return !this.problem; }

  get waitsFor(): 'loading' | null { return !this.hasFailed && !this.pump?.frames ? 'loading' : null; }

  // One that stands still may go on.
  get problem(): 'clip' | 'clip_still' | null {
    if (this.hasFailed) return 'clip';
    return this.pump && performance.now() - this.pump.lastFrameAt > kStallMilliseconds ? 'clip_still' : null;
  }

  poll(): void {}

  newestFrame(): Picture | null {
    return this.pump?.take() ?? null;
  }
}
