// SPDX-License-Identifier: MIT
// The page /labs/tracker from a real server, in a Chromium whose cameras are made of files.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { read_record } from './bare_module.mjs';
import { chromium_path, kPatience, open_page, page_folder, root, until } from './harness.mjs';

const programs = process.env.VITRINE_BIN || join(root, 'build/native-release/bin');
export const laptop = { viewport: { width: 1280, height: 800 }, locale: 'en-GB' };
export const kiosk = { viewport: { width: 1080, height: 1920 }, hasTouch: true, locale: 'en-GB' };
// The smallest that lies and has large letters.
export const wide = { viewport: { width: 1800, height: 1000 }, hasTouch: true, locale: 'en-GB' };
// A phone that lies.
export const lying = { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true, locale: 'zh-CN' };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN' };
// One drawn face, as a film of pictures that are all the same.
const face = readFileSync(join(root, 'tests/browser/pictures/drawn_face.jpg'));

export class Site {
  async start() {
    this.folder = mkdtempSync(join(tmpdir(), 'vitrine-lab-'));
    this.film = join(this.folder, 'face.mjpeg');
    writeFileSync(this.film, Buffer.concat([face, face]));
    this.process = spawn(join(programs, 'vitrine-server'), [
      '--data', join(this.folder, 'data'), '--listen', '127.0.0.1:0', '--staff-listen', '127.0.0.1:0',
      '--campaigns', join(root, 'assets/campaigns'), '--web', page_folder,
    ], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    this.process.stdout.on('data', (text) => { said += text; });
    await until('the server', () => /^staff /m.test(said));
    [, this.url] = /public (http:\/\/[^/]+)/.exec(said);
    this.page = `${this.url}/labs/tracker`;
  }
  async stop() {
    for (const browser of Object.values(this.browsers ?? {})) await (await browser).close();
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 40 });
  }
  // Browsers for all tests of a file, by what they answer when they are asked for a camera: one that shows the drawn
  // face or a film's file, two with patterns, or no.
  async context(options = {}, answer = 'face') {
    this.browsers ??= {};
    this.browsers[answer] ??= chromium.launch({
      executablePath: chromium_path, headless: true, timeout: kPatience,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run',
             `--use-fake-ui-for-media-stream${answer === 'no' ? '=deny' : ''}`, '--use-fake-device-for-media-stream=device-count=2',
             ...(['no', 'patterns'].includes(answer) ? [] :
               [`--use-file-for-fake-video-capture=${answer === 'face' ? this.film : answer}`])],
    });
    const context = await (await this.browsers[answer]).newContext({ ...laptop, ...options });
    context.setDefaultTimeout(kPatience);
    return context;
  }
  // Ends the browser of that answer; the next test that wants it begins another.
  async close(answer) {
    await (await this.browsers[answer]).close();
    delete this.browsers[answer];
  }
  async with_page(work, { options, answer, prepare, routes = {} } = {}) {
    const context = await this.context(options, answer);
    try {
      for (const [pattern, respond] of Object.entries(routes)) await context.route(pattern, respond);
      await context.addInitScript(watch_cameras);
      const page = await open_page(context, this.page, prepare);
      await page.waitForFunction(() => document.body.dataset.screen !== 'loading');
      await work(page, context);
    } finally {
      await context.close();
    }
  }
}

// In the page, before its scripts: how often a camera was asked for, and every track that was given.
function watch_cameras() {
  window.asked = 0;
  window.tracks = [];
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const original = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    window.asked++;
    window.constraints = constraints;
    const stream = await original(constraints);
    // Those that ended are forgotten: a test of a thousand rounds weighs the page, not this.
    if (window.tracks.length > 8) window.tracks = window.tracks.filter(({ readyState }) => readyState === 'live');
    window.tracks.push(...stream.getTracks());
    return stream;
  };
}

// In the page, before its scripts: the tracker's module as it is, but for what `changed` puts in its exports' place. It
// gets read_record() along, having nothing but the page around it.
export const with_exports = (changed) => `{
  const { instantiate } = WebAssembly;
  const read_record = ${read_record}, changed = ${changed};
  WebAssembly.instantiate = async (...wanted) => {
    const { instance: { exports } } = await instantiate(...wanted);
    return { instance: { exports: { ...exports, ...changed(exports, read_record) } } };
  };
}`;

// Size and time of each picture that the tracker looked at.
export const watch_tracker = with_exports((exports, read) => {
  window.tracked = [];
  return { tracker_track: (...values) => {
    const at = exports.tracker_track(...values), { width, height } = read(exports, at);
    window.tracked.push({ width, height, seconds: values[7] });
    return at;
  } };
});

export const screen = (page) => page.evaluate(() => document.body.dataset.screen);
export const asked = (page) => page.evaluate(() => window.asked);
export const live_tracks = (page) => page.evaluate(() => window.tracks.filter(({ readyState }) => readyState === 'live').length);
export const state = (page) => page.evaluate(() => document.getElementById('state').dataset.state);

// As when the person goes to another tab, and comes back.
export const hide = (page, is_hidden) => page.evaluate((value) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
  document.dispatchEvent(new Event('visibilitychange'));
}, is_hidden);

// Frames come and are looked at.
export async function runs(page) {
  await page.waitForFunction(() => Number(document.getElementById('milliseconds').textContent) > 0 &&
    !['waiting', 'trouble'].includes(document.getElementById('state').dataset.state));
}

// What the page says is wrong with the camera, by its code.
export async function trouble(page, code) {
  await page.waitForFunction((wanted) => {
    const box = document.getElementById('trouble');
    return !box.hidden && box.querySelector('.code')?.textContent.includes(wanted);
  }, code);
  return page.evaluate(() => document.getElementById('trouble').innerText);
}
