// SPDX-License-Identifier: MIT
// The live screen: frames from the camera or the clip through the tracker to the overlay and the panel.
import { BrowserCamera, kRequest } from './camera.js';
import { Film } from './film.js';
import { FrameMemory } from './frame_pump.js';
import { files } from './files.js';
import { kColors, kKinds, Overlay } from './overlay.js';
import { Panel } from './panel.js';
import { ResultView } from './record.js';
import { byId } from './shared.js';
import { Source } from './source.js';
import { t, TextKey } from './texts.js';
import { Tracker } from './tracker.js';

type Open = (deviceId: string) => void; // "": the usual camera
const kSayEvery = 2000; // milliseconds: a screen reader that is told more is told nothing

export class Live {
  private readonly video = byId<HTMLVideoElement>('video');
  private readonly overlay = new Overlay(byId<HTMLCanvasElement>('overlay'));
  private readonly panel = new Panel(byId('measures'), byId<HTMLCanvasElement>('spark'));
  private readonly camera: BrowserCamera;
  private readonly film: Film;
  private source: Source | null = null;
  private result: ResultView | null = null;
  private resume: Open | null = null; // opens again what the person chose
  private hadOpen = ''; // the camera that the hidden page closed
  private frame = 0;
  private said = '';
  private saidAt = 0;
  private shownTrouble = '';

  constructor(private readonly tracker: Tracker, private readonly ended: () => void,
              private readonly failed: (error: unknown) => void) {
    const memory = new FrameMemory((slot, bytes) => this.tracker.slot(slot, bytes));
    this.camera = new BrowserCamera(this.video, memory, this.failed);
    this.film = new Film(this.video, memory, this.failed);
    byId('stop').addEventListener('click', () => { this.stop(); this.ended(); });
    byId('device').addEventListener('change', () => this.switchDevice());
    byId('mirrored').addEventListener('change', () => { this.tracker.reset(); this.overlay.clear(); this.mirror(); });
    document.addEventListener('visibilitychange', () => this.visibilityChanged());
    window.addEventListener('pagehide', () => this.hide());
    this.addGroups();
    this.mirror();
  }

  startCamera(): void { this.start(this.camera, (deviceId) => this.camera.open({ ...kRequest, deviceId })); }

  startFilm(): void { this.start(this.film, () => this.film.open(files.clip!)); }

  // Lets go of the camera and of every picture.
  stop(): void {
    this.release();
    this.source = null;
    this.resume = null;
    byId('said').textContent = '';
  }

  // Again in the language that is now shown.
  write(): void {
    this.shownTrouble = '';
    this.said = '';
    this.writeGroups();
    if (this.source) this.writeAll(performance.now());
  }

  private start(source: Source, open: Open, deviceId = ''): void {
    this.release();
    this.source = source;
    this.resume = open;
    this.hadOpen = '';
    this.said = '';
    open(deviceId);
    byId('state').focus();
    this.writeGroups();
    this.writeAll(performance.now());
    this.frame = requestAnimationFrame(this.draw);
  }

  private release(): void {
    cancelAnimationFrame(this.frame);
    this.camera.close();
    this.film.close();
    this.forget();
  }

  private forget(): void {
    this.tracker.reset();
    this.overlay.clear();
    this.panel.timing.clear();
    this.result = null;
    this.panel.write(performance.now(), null);
  }

  // What a person refused is asked for again by their own click only.
  private get isRefused(): boolean { return this.source === this.camera && this.camera.state === 'denied'; }

  // Of a refused camera nothing is open: it is left as it is, for its words to stand there again.
  private hide(): void {
    this.hadOpen = this.camera.wantedId || this.hadOpen;
    if (this.isRefused) this.forget();
    else this.release();
  }

  private visibilityChanged(): void {
    if (!this.source) return;
    if (document.hidden) this.hide();
    else if (!this.isRefused) this.start(this.source, this.resume!, this.hadOpen);
  }

  private readonly draw = (): void => {
    this.frame = requestAnimationFrame(this.draw);
    try {
      this.look();
    } catch (error) {
      this.failed(error);
    }
  };

  private look(): void {
    const { source } = this, now = performance.now();
    if (!source) return;
    source.poll();
    const picture = source.newestFrame();
    if (picture) {
      const begin = performance.now();
      this.result = this.tracker.track(picture, this.isMirrored);
      this.panel.timing.add(now, performance.now() - begin);
      this.overlay.take(this.result);
    }
    if (!source.isShowing) this.overlay.clear();
    this.overlay.draw(this.result?.width ?? 0, this.result?.height ?? 0);
    if (this.panel.due(now)) this.writeAll(now);
  }

  private get isMirrored(): boolean { return byId<HTMLInputElement>('mirrored').checked; }

  private mirror(): void { this.video.classList.toggle('mirrored', this.isMirrored); }

  private switchDevice(): void {
    if (this.source !== this.camera) return;
    this.tracker.reset();
    const deviceId = byId<HTMLSelectElement>('device').value;
    this.resume = (): void => this.camera.open({ ...kRequest, deviceId });
    this.resume(deviceId);
  }

  private writeAll(now: number): void {
    this.writeState(now);
    this.writeTrouble();
    this.writeTiming(now);
    this.writeDevices();
    this.panel.write(now, this.source?.isShowing ? this.result : null);
  }

  private stateText(): { name: string; text: string } {
    const { problem = null, waitsFor = null } = this.source ?? {};
    if (problem) return { name: 'trouble', text: t(`camera_${problem}`) };
    if (waitsFor) return { name: 'waiting', text: t(waitsFor) };
    const state = this.result?.state ?? 'searching', count = this.result?.count ?? 0;
    if (state === 'tracking' && count > 1) return { name: state, text: t('tracking_many', { count }) };
    return { name: state, text: t(state) };
  }

  private writeState(now: number): void {
    const { name, text } = this.stateText(), pill = byId('state');
    pill.dataset.state = name;
    pill.querySelector('span')!.textContent = text;
    byId('hint').textContent = name === 'searching' ? t('searching_do') : '';
    byId('where').textContent = t(this.source === this.film ? 'on_device_clip' : 'on_device');
    if (text === this.said || now - this.saidAt < kSayEvery) return;
    this.said = text;
    this.saidAt = now;
    byId('said').textContent = text;
  }

  private writeTrouble(): void {
    const { problem = null, detail = '' } = this.source ?? {};
    const box = byId('trouble');
    box.hidden = problem === null;
    const shown = `${problem} ${detail}`;
    if (problem === null || shown === this.shownTrouble) return;
    this.shownTrouble = shown;
    const title = document.createElement('h2'), cure = document.createElement('p'), code = document.createElement('p');
    title.textContent = t(`camera_${problem}`);
    cure.textContent = t(`camera_${problem}_do`);
    code.className = 'code';
    code.textContent = t('code', { code: shown });
    box.replaceChildren(title, cure, ...this.waysOut(), code);
  }

  private waysOut(): HTMLElement[] {
    // What the person chose, again: a clip that fails is no consent to the camera.
    const again = button(t('try_again'), 'cream', () => this.start(this.source!, this.resume!));
    const clip = button(t('use_sample'), 'glass', () => this.startFilm());
    return files.clip && this.source === this.camera ? [again, clip] : [again];
  }

  private writeTiming(now: number): void {
    const { timing } = this.panel;
    timing.drop(now);
    const median = timing.median();
    byId('milliseconds').textContent = median === null ? t('none') : median.toFixed(1);
    byId('rate').textContent = t('frames', { count: timing.rate });
    byId('kernels').textContent = t(this.tracker.kernels === 'scalar' ? 'computed_scalar' : 'computed_simd128');
    const chooser = this.source?.pump?.chooser, name = chooser?.chosen;
    byId('path').textContent = !chooser ? '' : !name ? t('path_measuring')
      : t('path', { path: t(`path_${name}`), ms: (chooser.median(name) ?? 0).toFixed(1) });
    byId('path').dataset.measured = JSON.stringify(chooser?.measured() ?? []);
  }

  private writeDevices(): void {
    const list = byId<HTMLSelectElement>('device'), { devices } = this.camera;
    byId('device_field').hidden = this.source !== this.camera || devices.length === 0;
    const wanted = devices.map(({ id, name }) => `${id} ${name}`).join('\n');
    if (list.dataset.shown !== wanted) {
      list.dataset.shown = wanted;
      list.replaceChildren(...devices.map(({ id, name }, i) => new Option(name || t('device_number', { number: i + 1 }), id)));
    }
    if (document.activeElement !== list && this.camera.deviceId) list.value = this.camera.deviceId;
  }

  private addGroups(): void {
    for (const kind of kKinds) {
      const toggle = button('', 'chip', () => {
        if (!this.overlay.hidden.delete(kind)) this.overlay.hidden.add(kind);
        this.writeGroups();
      });
      toggle.dataset.kind = kind;
      byId('groups').append(toggle);
    }
  }

  private writeGroups(): void {
    for (const toggle of document.querySelectorAll<HTMLElement>('#groups button')) {
      const kind = toggle.dataset.kind as typeof kKinds[number];
      const dot = document.createElement('i');
      dot.style.background = kColors[kind];
      toggle.setAttribute('aria-pressed', String(!this.overlay.hidden.has(kind)));
      toggle.replaceChildren(dot, t(`group_${kind}` as TextKey));
    }
  }
}

function button(text: string, kind: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = kind;
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}
