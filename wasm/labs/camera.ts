// SPDX-License-Identifier: MIT
// The browser's camera behind the contract of engine/platform/camera_source.h: the same states, the same words. But
// while what failed is tried again (starting), why it failed stays told until the browser has opened it.
// Pictures stay in memory; close() lets go of all of them and of the camera, whose light goes out.
import { Fault } from './faults.js';
import { FrameMemory, FramePump, Moment } from './frame_pump.js';
import { CameraProblem, Source } from './source.js';
import { Picture } from './tracker.js';

export type CameraState = 'closed' | 'asking' | 'starting' | 'streaming' | 'stalled' | 'denied' | 'unplugged' | 'failed';

export interface CameraDevice {
  id: string;
  name: string;
}

export interface CameraRequest {
  deviceId: string; // "": the usual one, which stays the chosen one until close()
  width: number;
  height: number;
  framesPerSecond: number;
  stallSeconds: number;
}

export const kRequest: CameraRequest = { deviceId: '', width: 640, height: 480, framesPerSecond: 30, stallSeconds: 2 };

const kRetryMilliseconds = 2000;
const kMostDevices = 16;

export class BrowserCamera implements Source {
  state: CameraState = 'closed';
  problem: CameraProblem | null = null; // why it is stalled, denied, unplugged or failed
  detail = ''; // what the browser said, for who helps
  devices: CameraDevice[] = [];
  deviceId = ''; // which one it has become
  pump: FramePump | null = null;

  private request = kRequest;
  private stream: MediaStream | null = null;
  private last: Moment | null = null; // times go on from it where it is opened again by itself
  private attempt = 0; // what an older one says no longer counts
  private retryAt = 0;
  private hasAny = false; // a camera, though the browser may keep its id secret
  private readonly devicesChanged = (): void => { void this.refreshDevices().then(() => this.afterChange()); };

  // `faulted`: hears of what is wrong with the tracker rather than with the camera.
  constructor(private readonly video: HTMLVideoElement, private readonly memory: FrameMemory,
              private readonly faulted: (fault: Fault) => void) {}

  // Names and ids are the browser's secret until a person has allowed the camera.
  async refreshDevices(): Promise<void> {
    try {
      const all = await navigator.mediaDevices.enumerateDevices();
      const cameras = all.filter(({ kind }) => kind === 'videoinput');
      this.hasAny = cameras.length > 0;
      this.devices = cameras.filter(({ deviceId }) => deviceId !== '')
        .slice(0, kMostDevices).map(({ deviceId, label }) => ({ id: deviceId, name: label }));
    } catch {
      this.hasAny = false;
      this.devices = [];
    }
  }

  // Only where a person acted, after the page's own question.
  open(request: CameraRequest): void {
    this.close();
    this.request = request;
    if (!window.isSecureContext) return this.end('failed', 'insecure', location.protocol);
    if (!navigator.mediaDevices?.getUserMedia) return this.end('failed', 'unsupported', 'no getUserMedia');
    navigator.mediaDevices.addEventListener('devicechange', this.devicesChanged);
    void this.begin('asking');
  }

  close(): void {
    this.attempt++;
    this.release();
    this.request = kRequest;
    this.last = null;
    this.deviceId = '';
    this.retryAt = 0;
    this.state = 'closed';
    this.problem = null;
    navigator.mediaDevices?.removeEventListener('devicechange', this.devicesChanged);
  }

  // The one that was asked for, or that the usual one has become; '' once it is closed.
  get wantedId(): string { return this.request.deviceId || this.deviceId; }

  get isShowing(): boolean { return this.state === 'streaming'; }

  get waitsFor(): 'asking' | 'starting' | null {
    if (this.isShowing) return null;
    return this.state === 'asking' ? 'asking' : 'starting';
  }

  poll(): void {
    const now = performance.now();
    if (this.retryAt && now > this.retryAt) {
      this.retryAt = 0;
      void this.begin('starting');
    }
    if (this.state !== 'streaming' && this.state !== 'starting') return;
    const last = this.pump?.lastFrameAt ?? now;
    if (this.state === 'starting' && this.pump && this.pump.frames > 0) this.state = 'streaming';
    if (now - last > this.request.stallSeconds * 1000) this.stall();
  }

  newestFrame(): Picture | null {
    return this.isShowing ? this.pump?.take() ?? null : null;
  }

  private async begin(state: CameraState): Promise<void> {
    const attempt = ++this.attempt;
    this.release();
    this.state = state;
    try {
      const stream = await navigator.mediaDevices.getUserMedia(this.constraints());
      if (attempt !== this.attempt) return stop(stream);
      await this.show(stream, attempt);
    } catch (error) {
      if (attempt === this.attempt) this.refused(error);
    }
  }

  private constraints(): MediaStreamConstraints {
    const { wantedId: deviceId } = this, { width, height, framesPerSecond } = this.request;
    return {
      audio: false,
      video: {
        ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'user' }),
        width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: framesPerSecond },
      },
    };
  }

  private async show(stream: MediaStream, attempt: number): Promise<void> {
    const track = stream.getVideoTracks()[0]!;
    this.stream = stream;
    this.state = 'starting';
    this.problem = null;
    this.deviceId = track.getSettings().deviceId ?? '';
    track.addEventListener('ended', () => { if (attempt === this.attempt) this.lost(); });
    this.pump = new FramePump(this.video, track, this.memory, (error) => this.refused(error), this.last);
    this.video.srcObject = stream;
    this.pump.start();
    // Whoever closed meanwhile has taken the picture away: that play() then fails is no fault.
    await this.video.play().catch(() => {});
    await this.refreshDevices();
  }

  private refused(error: unknown): void {
    if (error instanceof Fault) return this.faulted(error);
    const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
    const detail = `${name}: ${message}`;
    if (name === 'NotAllowedError' || name === 'SecurityError') {
      return this.end('denied', /dismiss/i.test(message) ? 'dismissed' : 'denied', detail);
    }
    if (name === 'NotFoundError' || name === 'OverconstrainedError') {
      return this.wantedId ? this.end('unplugged', 'unplugged', detail) : this.end('failed', 'no_device', detail);
    }
    if (name === 'NotSupportedError') return this.end('failed', 'unsupported', detail);
    this.end('failed', name === 'NotReadableError' || name === 'AbortError' ? 'in_use' : 'unknown', detail);
    this.retryAt = performance.now() + kRetryMilliseconds;
  }

  // Where it is still there it is opened again, after a rest: one that ends as soon as it opens would blink for ever.
  private lost(): void {
    this.end('unplugged', 'unplugged', this.deviceId);
    void this.refreshDevices();
    const { attempt } = this;
    setTimeout(() => { if (attempt === this.attempt) this.devicesChanged(); }, kRetryMilliseconds);
  }

  private stall(): void {
    this.end('stalled', 'stalled', `${this.request.stallSeconds} s`);
    this.retryAt = performance.now() + kRetryMilliseconds;
  }

  // A camera that is back resumes by itself: the one that was open or wished for, any where there was none. Where the
  // browser keeps ids secret again, it is asked: it opens no other than the wanted one.
  private afterChange(): void {
    const waits = this.state === 'unplugged' || (this.state === 'failed' && this.problem !== 'unsupported');
    const isAnyWelcome = this.wantedId === '' || this.devices.length === 0;
    const isBack = isAnyWelcome ? this.hasAny : this.devices.some(({ id }) => id === this.wantedId);
    if (!waits || !isBack) return;
    this.retryAt = 0;
    void this.begin('starting');
  }

  private end(state: CameraState, problem: CameraProblem, detail: string): void {
    this.attempt++;
    this.release();
    this.state = state;
    this.problem = problem;
    this.detail = detail;
  }

  private release(): void {
    this.pump?.stop();
    this.last = this.pump?.last ?? this.last;
    this.pump = null;
    if (this.stream) stop(this.stream);
    this.stream = null;
    this.video.srcObject = null;
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
