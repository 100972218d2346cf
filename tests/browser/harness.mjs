// SPDX-License-Identifier: MIT
// What every browser test needs: the page from a server, a Chromium that draws in software, fingers.
import { createServer } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const page_folder = process.env.VITRINE_PAGE || join(root, 'build/wasm-release/page');
// The same page with a counter of what it allocates (target page_counting).
export const counting_folder = `${page_folder.replace(/\/$/, '')}-counting`;
// Chromium's page alone: it starts sooner and takes two thirds of the processor time of the whole browser.
export const chromium_path = process.env.VITRINE_CHROMIUM || '/usr/bin/chromium-headless-shell';
// For what belongs to the browser around the page, and for what is measured.
export const whole_chromium_path = process.env.VITRINE_CHROMIUM || '/usr/bin/chromium';

const kTypes = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.txt': 'text/plain',
};

// Serves the page and the campaigns as the real server does, without a WebSocket. `form` chooses
// which form of the page /c/ID is, `folder` which build; without `policy` no header helps the page's
// own <meta>, as on a static host. What `first(path, response)` answers itself, it returns true for.
export async function serve_static({ form = 'index.html', campaigns = join(root, 'assets/campaigns'),
                                     folder = page_folder, policy = true, first = () => false } = {}) {
  const headers = policy ? JSON.parse(readFileSync(join(folder, 'headers.json'), 'utf8')) : {};
  const answer = (file, extra, response) => {
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': kTypes[extname(file)] || 'application/octet-stream', ...extra });
    response.end(readFileSync(file));
  };
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://host').pathname);
    if (first(path, response)) return undefined;
    if (/^\/(c\/[a-z0-9._-]+\/)?$/.test(path)) {
      const soon = path === '/' || form === 'index.html' ? {} : { Link: '<campaign.json>; rel=preload; as=fetch; crossorigin' };
      return answer(join(folder, form), { ...headers[form], ...soon }, response);
    }
    if (path.startsWith('/c/')) return answer(join(campaigns, path.slice(3)), {}, response);
    answer(join(folder, path), headers[path.slice(1)] || {}, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  return {
    address,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}

// Software GL, and no traffic of its own.
export const chromium_flags = [
  '--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist', '--disable-background-networking', '--disable-component-update',
  '--disable-default-apps', '--disable-sync', '--no-first-run', '--metrics-recording-only',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
];

// How long anything that must come is waited for: long enough for a machine that has other work.
export const kPatience = 180000;

export const phone = {
  viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true,
  locale: 'zh-CN',
};

// Where nobody looks at the picture: so few pixels that drawing them by software starves nothing, and
// what waits for a frame has it at once. Of a phone's width that four divides: fingers are where they are.
export const coarse = { viewport: { width: 392, height: 844 }, deviceScaleFactor: 0.25 };

// A browser with a profile that outlives it, so that a second start finds what the first stored.
export class Profile {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'vitrine-browser-'));
    this.ends = [];
  }
  async open(options = {}) {
    const context = await chromium.launchPersistentContext(this.folder, {
      executablePath: chromium_path, headless: true, args: chromium_flags, timeout: kPatience, ...phone,
      ...coarse, ...options,
    });
    context.setDefaultTimeout(kPatience);
    this.ends.push(() => context.close().catch(() => {}));
    return context;
  }
  // The folder goes after its browsers: one that lives writes into it and, should this fail, keeps the
  // test from ending. The helpers of one that was killed write for a while yet.
  async remove() {
    for (const end of this.ends) await end();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 40 });
  }
}

// A page that fails the test on any policy violation, script error or crash: see problems().
// `prepare` runs in the page before its own scripts.
export async function open_page(context, url, prepare) {
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
  page.on('crash', () => problems.push('the page crashed'));
  page.on('console', (message) => {
    const text = message.text();
    if (/content security policy/i.test(text)) problems.push(text);
    if (process.env.VITRINE_VERBOSE) console.error(`[page] ${text}`);
  });
  await page.addInitScript(() => {
    window.violations = [];
    // Some twenty frames a second: every frame's pixels are drawn by the processors that tests share.
    // A handle takes back its own frame and no other: a page that stops would else end what waits in it.
    const frame = window.requestAnimationFrame.bind(window), wanted = new Set();
    window.requestAnimationFrame = (draw) => {
      const handle = setTimeout(() => frame((now) => wanted.delete(handle) && draw(now)), 40);
      wanted.add(handle);
      return handle;
    };
    window.cancelAnimationFrame = (handle) => { wanted.delete(handle); };
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.violatedDirective}: ${event.blockedURI || event.sample}`);
    });
  });
  if (prepare) await page.addInitScript(prepare);
  await page.goto(url);
  page.problems = async () => problems.concat(await page.evaluate(() => window.violations));
  return page;
}

// What the engine says of itself next: never what it said before the last touch. Only of an engine
// that lives and whose clock goes.
export const statistics = (page) => page.evaluate(() => new Promise((resolve) => {
  const { vitrine } = window;
  if (!vitrine.listeners) {
    let text = vitrine.statistics;
    vitrine.listeners = [];
    Object.defineProperty(vitrine, 'statistics', {
      get: () => text,
      set(next) {
        text = next;
        for (const listener of vitrine.listeners.splice(0)) listener(JSON.parse(next));
      },
    });
  }
  vitrine.listeners.push(resolve);
}));

// The outboxes in a page's storage, whoever has them.
export const outboxes = (page) => page.evaluate(() => new Promise((resolve) => {
  indexedDB.open('vitrine').onsuccess = ({ target: { result: database } }) => {
    const all = database.transaction('outboxes').objectStore('outboxes').getAll();
    all.onsuccess = () => {
      database.close();
      resolve(all.result.filter(({ id }) => !id.startsWith('void-')));
    };
  };
}));

export async function until(what, check, timeout_ms = kPatience) {
  const end = Date.now() + timeout_ms;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${timeout_ms} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function running(page) {
  await until('the first frame', () =>
    page.evaluate(() => document.documentElement.classList.contains('running')));
}

export async function drawn(page) {
  await running(page);
  await until('its drawings', async () => (await statistics(page)).app.pending_images === 0);
}

// A page whose time and frames are the test's: its clocks stand still but for page.step(FRAMES, MS),
// which draws so many frames, so far apart. What comes from outside (files, drawings, storage,
// touches) comes in real time, between two frames. Returns of each frame how often it took memory, in
// a page that counts (target page_counting), and whether it told statistics, four times a second.
export async function open_stepped(context, url) {
  const page = await open_page(context, url, () => {
    let now = performance.now(), waiting = [];
    window.passed = 0;
    const wall = Date.now() - now, count = () => window.vitrineAllocations?.() ?? 0;
    performance.now = () => now;
    Date.now = () => Math.floor(wall + now);
    window.requestAnimationFrame = (draw) => waiting.push(draw);
    const frame = (ms) => {
      now += ms;
      window.passed += ms;
      const drawing = waiting, before = count();
      let has_told = false;
      window.vitrine.listeners?.push(() => { has_told = true; });
      waiting = [];
      for (const draw of drawing) draw(now);
      return { taken: count() - before, has_told };
    };
    window.step = async (frames, ms) => {
      const drawn = [];
      for (let i = 0; i < frames; i++) {
        drawn.push(frame(ms));
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return drawn;
    };
  });
  page.step = (frames, ms) => page.evaluate(([count, time]) => window.step(count, time), [frames, ms]);
  await until('the first frame', async () => {
    await page.step(1, 0);
    return page.evaluate(() => document.documentElement.classList.contains('running'));
  });
  page.step_till_drawn = () => until('its drawings', async () => {
    const told = statistics(page);
    await page.step(3, 100);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (await told).app.pending_images === 0;
  });
  await page.step_till_drawn();
  // Goes on to so long after its first frame.
  page.step_to = async (ms) => {
    const left = ms - await page.evaluate(() => window.passed);
    if (left < 0) throw new Error(`it is ${-left} ms too late`);
    await page.step(left / 100, 100);
  };
  // What it looks like once every drawing of this moment is there.
  page.still = () => {
    let last = null;
    return until('a still picture', async () => {
      await page.step(2, 0);
      const before = last;
      last = await page.screenshot();
      return before && last.equals(before) && last;
    });
  };
  return page;
}

// How far two screenshots are apart: mean of all channels, share of pixels off by more than 8.
export function difference(one, other) {
  const a = decode_png(one), b = decode_png(other);
  if (a.width !== b.width || a.height !== b.height) return { mean: 255, share: 1 };
  let sum = 0, off = 0;
  for (let at = 0; at < a.pixels.length; at += a.channels) {
    let worst = 0;
    for (let channel = at; channel < at + 3; channel++) {
      const d = Math.abs(a.pixels[channel] - b.pixels[channel]);
      sum += d;
      worst = Math.max(worst, d);
    }
    off += worst > 8 ? 1 : 0;
  }
  const pixels = a.width * a.height;
  return { mean: sum / (3 * pixels), share: off / pixels };
}

// The rule of tests/golden/compare.h for pictures of different drivers.
export const looks_the_same = ({ mean, share }) => mean <= 0.5 && share <= 0.001;

// A browser of one's own, with a disk. Every test has its own profile, so that nothing one stored is
// adopted by another.
export async function with_browser(work, options) {
  const profile = new Profile();
  const context = await profile.open(options);
  try {
    await work(context, profile);
  } finally {
    await context.close().catch(() => {});
    await profile.remove();
  }
}

// Real touches, as many fingers as there are points, through the browser's own input pipeline.
export class Fingers {
  static async of(page) {
    const fingers = new Fingers();
    fingers.session = await page.context().newCDPSession(page);
    return fingers;
  }
  send(type, points) {
    return this.session.send('Input.dispatchTouchEvent', {
      type, touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  }
  down(...points) { return this.send('touchStart', points); }
  move(...points) { return this.send('touchMove', points); }
  up() { return this.send('touchEnd', []); }
  cancel() { return this.send('touchCancel', []); }
  async tap(x, y) {
    await this.down([x, y]);
    await this.up();
  }
}

// How many different colours a screenshot has, as a measure of whether anything was drawn.
export function count_colours(png) {
  const { width, height, pixels, channels } = decode_png(png);
  const colours = new Set();
  for (let at = 0; at < width * height * channels; at += channels) {
    colours.add((pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]);
  }
  return colours.size;
}

// The little of PNG that screenshots use: 8 bits, not interlaced, RGB or RGBA.
export function decode_png(png) {
  const width = png.readUInt32BE(16), height = png.readUInt32BE(20), channels = png[25] === 6 ? 4 : 3;
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const raw = inflateSync(Buffer.concat(parts)), stride = width * channels;
  const pixels = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) unfilter(raw, y, stride, channels, pixels);
  return { width, height, channels, pixels };
}

function paeth(a, b, c) {
  const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

function unfilter(raw, y, stride, channels, pixels) {
  const filter = raw[y * (stride + 1)], from = y * (stride + 1) + 1, to = y * stride;
  for (let x = 0; x < stride; x++) {
    const left = x < channels ? 0 : pixels[to + x - channels];
    const up = y ? pixels[to + x - stride] : 0;
    const corner = y && x >= channels ? pixels[to + x - stride - channels] : 0;
    const add = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    pixels[to + x] = (raw[from + x] + add) & 255;
  }
}
