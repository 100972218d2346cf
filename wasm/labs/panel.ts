// SPDX-License-Identifier: MIT
// The figures beside the picture. Written four times a second: what changes sixty times nobody reads.
import { FaceView, ResultView } from './record.js';
import { median } from './shared.js';
import { t, TextKey } from './texts.js';

const kWindow = 1000, kWriteEvery = 250; // milliseconds
const kDegrees = 180 / Math.PI;

// Where a bar is full: as far as a head turns whose owner still looks at the screen, beyond a relaxed eye (0.25) and a
// wide vowel (0.5; engine/vision/tracked_face.h), as far as one stands away.
const kMostYaw = 60 / kDegrees, kMostTilt = 40 / kDegrees;
const kMostEye = 0.4, kMostMouth = 0.8;
const kMostZ = 1500; // mm

// A bar each of the newest frames. The whole height is never less than so long: a quick device's bars stay low.
const kSparkFrames = 60;
const kSparkLeast = 4; // milliseconds
const kSparkGap = 4; // pixels above the tallest

interface Measure {
  key: TextKey;
  // -1 to 1 for what has a middle, else 0 to 1.
  share: (face: FaceView) => number;
  text: (face: FaceView) => string;
  isCentred?: boolean;
}

const degrees = (angle: number): string => `${Math.round(angle * kDegrees)}°`;
const percent = (share: number): string => `${Math.round(Math.max(0, Math.min(1, share)) * 100)} %`;

const kMeasures: Measure[] = [
  { key: 'yaw', share: (face) => face.yaw / kMostYaw, text: (face) => degrees(face.yaw), isCentred: true },
  { key: 'pitch', share: (face) => face.pitch / kMostTilt, text: (face) => degrees(face.pitch), isCentred: true },
  { key: 'roll', share: (face) => -face.roll / kMostTilt, text: (face) => degrees(face.roll), isCentred: true },
  { key: 'eye_left', share: (face) => face.opennessEyeLeft / kMostEye,
    text: (face) => face.opennessEyeLeft.toFixed(2) },
  { key: 'eye_right', share: (face) => face.opennessEyeRight / kMostEye,
    text: (face) => face.opennessEyeRight.toFixed(2) },
  { key: 'mouth', share: (face) => face.opennessMouth / kMostMouth, text: (face) => face.opennessMouth.toFixed(2) },
  { key: 'quality', share: (face) => face.quality, text: (face) => percent(face.quality) },
  { key: 'distance', share: (face) => (face.placeUncertainty < 0 ? 0 : face.placeZ / kMostZ), text: distanceText },
];

function distanceText(face: FaceView): string {
  if (face.placeUncertainty < 0) return t('none');
  const centimetres = (value: number): number => Math.round(value / 10);
  return t('distance_value', { value: centimetres(face.placeZ), error: centimetres(face.placeUncertainty) });
}

// Milliseconds of the frames of the last second.
class Timing {
  private readonly at: number[] = [];
  private readonly took: number[] = [];

  add(now: number, milliseconds: number): void {
    this.at.push(now);
    this.took.push(milliseconds);
    this.drop(now);
  }
  // What is older counts no longer. Also before it is read: frames may have ceased to come.
  drop(now: number): void {
    while (this.at.length > 0 && now - this.at[0]! > kWindow) {
      this.at.shift();
      this.took.shift();
    }
  }
  clear(): void { this.at.length = this.took.length = 0; }
  get all(): readonly number[] { return this.took; }
  get rate(): number { return this.at.length; }
  // Null: no frame in the last second.
  median(): number | null { return median(this.took); }
}

export class Panel {
  readonly timing = new Timing();
  private readonly rows: { measure: Measure; name: HTMLElement; value: HTMLElement; bar: HTMLElement }[] = [];
  private wroteAt = 0;

  constructor(list: HTMLElement, private readonly spark: HTMLCanvasElement) {
    for (const measure of kMeasures) this.addRow(list, measure);
  }

  private addRow(list: HTMLElement, measure: Measure): void {
    const row = document.createElement('div'), name = document.createElement('dt'), value = document.createElement('dd');
    const bar = document.createElement('i');
    bar.className = measure.isCentred ? 'bar centred' : 'bar';
    bar.setAttribute('aria-hidden', 'true');
    bar.append(document.createElement('b'));
    const text = document.createElement('span');
    value.append(text, bar);
    row.append(name, value);
    list.append(row);
    this.rows.push({ measure, name, value: text, bar: bar.firstElementChild as HTMLElement });
  }

  // Whether it is time to write again.
  due(now: number): boolean { return now - this.wroteAt >= kWriteEvery; }

  write(now: number, result: ResultView | null): void {
    this.wroteAt = now;
    const face = result && result.count > 0 && result.face(0).isSeen ? result.face(0) : null;
    for (const { measure, name, value, bar } of this.rows) {
      name.textContent = t(measure.key);
      value.textContent = face ? measure.text(face) : t('none');
      const share = face ? Math.max(-1, Math.min(1, measure.share(face))) : 0;
      bar.style.transform = measure.isCentred ? `scaleX(${share / 2})` : `scaleX(${Math.max(0, share)})`;
    }
    this.drawSpark();
  }

  private drawSpark(): void {
    const context = this.spark.getContext('2d')!, { width, height } = this.spark, all = this.timing.all;
    context.clearRect(0, 0, width, height);
    const top = Math.max(kSparkLeast, ...all), step = width / kSparkFrames;
    context.fillStyle = getComputedStyle(this.spark).color;
    all.slice(-kSparkFrames).forEach((took, i) => {
      const tall = Math.max(2, took / top * (height - kSparkGap));
      context.fillRect(i * step + 1, height - tall, Math.max(1, step - 2), tall);
    });
  }
}
