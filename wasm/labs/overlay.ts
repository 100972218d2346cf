// SPDX-License-Identifier: MIT
// Landmarks over the picture: contours by group, a point each. A face fades in when it is found and out when it is
// lost; with reduced motion it comes and goes at once.
import { FaceView, kGroups, kLandmarks, ResultView } from './record.js';

export const kKinds = ['lips', 'lids', 'brows', 'irises', 'nose', 'oval'] as const;
export type Kind = typeof kKinds[number];

const kKindOf: Record<typeof kGroups[number]['name'], Kind> = {
  lips_outer: 'lips', lips_inner: 'lips', lid_left: 'lids', lid_right: 'lids', brow_left: 'brows', brow_right: 'brows',
  oval: 'oval', nose: 'nose', iris_left: 'irises', iris_right: 'irises',
};
// Bright enough on every skin and every light: each line has a dark one below it.
export const kColors: Record<Kind, string> = {
  lips: '#ff4d6d', lids: '#ffd27a', brows: '#ff9f68', irises: '#7ee8fa', nose: '#f6c9c4', oval: '#fff6f0',
};
const kFadeIn = 300, kFadeOut = 220; // milliseconds

// Nose: the bridge is a line, what lies below the tip another; wings are points. Oval: jaw, then forehead back.
const kNoseLines = [[116, 117, 118, 119], [125, 120, 121, 122, 123, 124, 126]];
const kOvalLine = [...Array(17).keys()].map((i) => 92 + i).concat([...Array(7).keys()].map((i) => 115 - i));
const kEyeLeft = 40, kEyeRight = 56; // outer corners
const kBrowOrder = [0, 1, 2, 3, 4, 9, 8, 7, 6, 5];

interface Shown {
  points: Float32Array;
  alpha: number;
  isSeen: boolean;
}

export class Overlay {
  readonly hidden = new Set<Kind>();
  private readonly context: CanvasRenderingContext2D;
  private readonly faces = new Map<number, Shown>();
  private lastDraw = 0;
  private scale = 1; // of the picture that covers the canvas, and where its corner is
  private left = 0;
  private top = 0;
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d')!;
  }

  clear(): void {
    this.faces.clear();
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  // Takes the newest faces; places are pixels of the upright picture.
  take(result: ResultView): void {
    for (const shown of this.faces.values()) shown.isSeen = false;
    for (let i = 0; i < result.count; i++) this.keep(result.face(i));
  }

  private keep(face: FaceView): void {
    const shown = this.faces.get(face.id) ?? { points: new Float32Array(kLandmarks * 2), alpha: 0, isSeen: true };
    shown.points.set(face.landmarks);
    shown.isSeen = face.isSeen;
    this.faces.set(face.id, shown);
  }

  // `width`, `height`: of the upright picture, which covers the canvas' box.
  draw(width: number, height: number): void {
    const now = performance.now(), passed = Math.min(now - this.lastDraw, 100);
    this.lastDraw = now;
    const scale = this.fit();
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (width < 1 || height < 1) return;
    this.cover(width, height);
    for (const [id, shown] of this.faces) {
      this.fade(shown, passed);
      if (shown.alpha <= 0 && !shown.isSeen) this.faces.delete(id);
      else this.drawFace(shown, scale);
    }
  }

  private fade(shown: Shown, passed: number): void {
    const step = this.calm.matches ? 1 : passed / (shown.isSeen ? kFadeIn : kFadeOut);
    shown.alpha = Math.max(0, Math.min(1, shown.alpha + (shown.isSeen ? step : -step)));
  }

  // The canvas has the screen's own pixels; returns how many make a logical point.
  private fit(): number {
    const scale = Math.min(window.devicePixelRatio || 1, 2), { canvas } = this;
    const width = Math.round(canvas.clientWidth * scale), height = Math.round(canvas.clientHeight * scale);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    return scale;
  }

  private cover(width: number, height: number): void {
    const { canvas } = this;
    this.scale = Math.max(canvas.width / width, canvas.height / height);
    this.left = (canvas.width - width * this.scale) / 2;
    this.top = (canvas.height - height * this.scale) / 2;
  }

  private toX(x: number): number { return (x + 0.5) * this.scale + this.left; }
  private toY(y: number): number { return (y + 0.5) * this.scale + this.top; }

  private drawFace(shown: Shown, scale: number): void {
    const { context } = this, { points } = shown;
    context.globalAlpha = shown.alpha * shown.alpha * (3 - 2 * shown.alpha);
    context.lineJoin = context.lineCap = 'round';
    const x = (i: number): number => this.toX(points[i * 2]!), y = (i: number): number => this.toY(points[i * 2 + 1]!);
    const eyes = Math.hypot(x(kEyeRight) - x(kEyeLeft), y(kEyeRight) - y(kEyeLeft));
    const weight = Math.max(1.1, Math.min(2.4, eyes / 90)) * scale;
    for (const { name, first, count } of kGroups) {
      const kind = kKindOf[name];
      if (this.hidden.has(kind)) continue;
      this.style(kind, weight);
      if (kind === 'nose') for (const line of kNoseLines) this.line(points, line, false);
      else if (kind === 'oval') this.line(points, kOvalLine, true);
      else if (kind === 'irises') this.iris(points, first);
      else if (kind === 'brows') this.line(points, kBrowOrder.map((i) => first + i), true);
      else this.line(points, range(first, count), true);
      this.dots(points, first, count, weight);
    }
    context.globalAlpha = 1;
  }

  private style(kind: Kind, weight: number): void {
    this.context.strokeStyle = this.context.fillStyle = kColors[kind];
    this.context.lineWidth = weight;
  }

  // A smooth curve through the points, with a dark edge so that it is seen on light skin too.
  private line(points: Float32Array, order: readonly number[], closed: boolean): void {
    const { context } = this, at = (i: number): number => order[closed ? (i + order.length) % order.length : Math.max(0, Math.min(order.length - 1, i))]!;
    const x = (i: number): number => this.toX(points[at(i) * 2]!), y = (i: number): number => this.toY(points[at(i) * 2 + 1]!);
    context.beginPath();
    context.moveTo(x(0), y(0));
    for (let i = 0; i < order.length - (closed ? 0 : 1); i++) {
      context.bezierCurveTo(x(i) + (x(i + 1) - x(i - 1)) / 6, y(i) + (y(i + 1) - y(i - 1)) / 6,
                            x(i + 1) - (x(i + 2) - x(i)) / 6, y(i + 1) - (y(i + 2) - y(i)) / 6, x(i + 1), y(i + 1));
    }
    this.strokeTwice();
  }

  private strokeTwice(): void {
    const { context } = this, { strokeStyle, lineWidth } = context;
    context.strokeStyle = 'rgb(36 6 16 / 45%)';
    context.lineWidth = lineWidth * 2.4;
    context.stroke();
    context.strokeStyle = strokeStyle;
    context.lineWidth = lineWidth;
    context.stroke();
  }

  // Centre, then outer, top, inner and bottom of the rim.
  private iris(points: Float32Array, first: number): void {
    const x = (i: number): number => this.toX(points[(first + i) * 2]!), y = (i: number): number => this.toY(points[(first + i) * 2 + 1]!);
    const across = Math.hypot(x(1) - x(3), y(1) - y(3)) / 2, along = Math.hypot(x(2) - x(4), y(2) - y(4)) / 2;
    this.context.beginPath();
    this.context.ellipse(x(0), y(0), across, along, Math.atan2(y(3) - y(1), x(3) - x(1)), 0, 2 * Math.PI);
    this.strokeTwice();
  }

  private dots(points: Float32Array, first: number, count: number, weight: number): void {
    const { context } = this;
    context.beginPath();
    for (let i = first; i < first + count; i++) {
      const x = this.toX(points[i * 2]!), y = this.toY(points[i * 2 + 1]!);
      context.moveTo(x + weight * 1.25, y);
      context.arc(x, y, weight * 1.25, 0, 2 * Math.PI);
    }
    context.fill();
  }
}

function range(first: number, count: number): number[] {
  return [...Array(count).keys()].map((i) => first + i);
}
