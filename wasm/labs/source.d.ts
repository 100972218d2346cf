// SPDX-License-Identifier: MIT
// Where pictures come from: the camera (camera.ts) or the clip (film.ts). One at a time, into the same video element.
import { FramePump } from './frame_pump.js';
import { Picture } from './tracker.js';

export interface Source {
  readonly pump: FramePump | null;
  readonly isShowing: boolean; // else what was seen before is no longer true
  // Where there is no problem: that a person answers, that it opens, that it comes.
  readonly waitsFor: 'asking' | 'starting' | 'loading' | null;
  // Why nobody can be seen: `camera_NAME` and `camera_NAME_do` in texts.ts; and what was said of it, for who helps.
  readonly problem: CameraProblem | 'clip' | 'clip_still' | null;
  readonly detail: string;

  poll(): void; // once a frame of the page: looks at the clock
  newestFrame(): Picture | null; // once; null when none came
  close(): void; // lets go of all pictures
}

export type CameraProblem =
  'denied' | 'dismissed' | 'no_device' | 'in_use' | 'insecure' | 'unsupported' | 'stalled' | 'unplugged' | 'unknown';
