// SPDX-License-Identifier: MIT
// What browsers have and this compiler's library does not name yet. Each may be missing at run time.

interface PlaneLayout {
  offset: number;
  stride: number;
}

declare class VideoFrame {
  constructor(image: HTMLVideoElement, init?: { timestamp?: number });
  readonly format: string | null;
  readonly visibleRect: DOMRectReadOnly | null;
  readonly timestamp: number; // microseconds
  readonly rotation?: number; // clockwise degrees that make it upright
  allocationSize(): number;
  copyTo(to: Uint8Array): Promise<PlaneLayout[]>;
  close(): void;
}

declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}
