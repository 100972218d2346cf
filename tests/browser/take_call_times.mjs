// SPDX-License-Identifier: MIT
// When the engine's functions are first called: writes wasm/call_times.txt, by which cut_engine.py cuts
// the engine into parts. To be run when tests/browser/parts.test.mjs or the page's weight says so:
//   node tests/browser/take_call_times.mjs BUILD_DIR
// Looks at the first frame, at it turned, and seconds of a finger on the button, on phones and in a wide window,
// in both languages. Who is called there is in the first two parts; who only a release that is told, a second
// beat or trouble calls is late.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url)), kFile = join(root, 'wasm/call_times.txt');
const kFeatures = ['--mvp-features', '--enable-nontrapping-float-to-int', '--enable-bulk-memory', '--enable-sign-ext',
  '--enable-mutable-globals'];
const kShapes = [[392, 844], [844, 392], [1280, 800]], kLanguages = ['zh', 'en'];
const kRoom = 1 << 20, kAt = 30 << 20;  // of the heap, where nothing is yet

const binaries = resolve(process.argv[2] ?? join(root, 'build/wasm-release'), 'bin');
const folder = mkdtempSync(join(tmpdir(), 'call-times-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const counted = join(folder, 'counted.wasm');
execFileSync('wasm-split', ['--instrument', '--profile-export=call_times', ...kFeatures,
  join(binaries, 'vitrine.linked.wasm'), '-o', counted]);
execFileSync('python3', ['-B', join(root, 'wasm/page/build_page.py'), '--js', join(binaries, 'vitrine.js'),
  '--wasm', counted, '--campaign', join(root, 'assets/campaigns/lip-popup/campaign.json'), '--out', folder]);
process.env.VITRINE_PAGE = folder;
const { chromium_flags, chromium_path, coarse, Fingers, phone, running, serve_static } = await import('./harness.mjs');

// In the page: whoever is asked for a profile writes when each function was first called, 0: never.
function listen([at, room]) {
  let engine = null;
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...what) => engine = await instantiate(...what);
  window.call_times = () => {
    const memory = Object.values(engine.exports).find((one) => one instanceof WebAssembly.Memory);
    const size = engine.exports.call_times(at, room);
    return [...new Uint32Array(memory.buffer.slice(at + 8, at + size))];  // behind the module's hash
  };
  let begin;
  Object.defineProperty(window, 'vitrine', { configurable: true, set(page) {
    Object.defineProperty(window, 'vitrine', { value: page });
    for (const part of ['late', 'whole']) {  // the shell's ways until these have come
      Object.defineProperty(page, part, { get: () => '', set() {} });
    }
    begin = page.begin;
    // The campaign comes before what the first frame calls, and so may what browsers tell at any moment.
    page.begin = () => setTimeout(() => {
      for (const name of ['blur', 'focus', 'resize']) window.dispatchEvent(new Event(name));
      document.dispatchEvent(new Event('visibilitychange'));
      window.at_start = window.call_times();
      begin();
    }, 500);
  } });
}

async function look(context, address) {
  const page = await context.newPage();
  await page.addInitScript(listen, [kAt, kRoom]);
  await page.goto(address);
  await running(page);
  const { width, height } = page.viewportSize();
  for (const size of [{ width: height, height: width }, { width, height }]) {
    await page.setViewportSize(size);
    await page.waitForTimeout(500);
  }
  const fingers = await Fingers.of(page), box = await page.locator('[data-name="start"]').boundingBox();
  await fingers.down([box.x + box.width / 2, box.y + box.height / 2]);
  await page.waitForTimeout(3000);
  await page.mouse.move(30, 60);
  await page.mouse.down();
  await page.waitForTimeout(200);
  // Who lifts a finger waits for the late part: SDL hears it, and no frame follows.
  await page.evaluate(() => { window.requestAnimationFrame = () => 0; });
  await page.waitForTimeout(200);
  await fingers.up();
  await page.mouse.up();
  return page.evaluate(() => [window.at_start, window.call_times()]);
}

const names = readFileSync(join(binaries, 'vitrine.linked.symbols'), 'utf8').trim().split('\n')
  .map((line) => line.slice(line.indexOf(':') + 1));
const started = new Set(), called = new Set(), all = new Set();
const server = await serve_static();
const browser = await chromium.launch({ executablePath: chromium_path, args: chromium_flags });
try {
  for (const [width, height] of kShapes) {
    for (const language of kLanguages) {
      const context = await browser.newContext({ ...phone, ...coarse, viewport: { width, height } });
      const times = await look(context, `${server.address}/c/lip-popup/?lang=${language}`);
      names.slice(names.length - times[0].length).forEach((name, i) => {
        all.add(name);
        if (times[0][i]) started.add(name);
        if (times[1][i]) called.add(name);
      });
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
const lines = [...all].filter((name) => !started.has(name)).sort()
  .map((name) => `${called.has(name) ? 'frame' : 'late'} ${name}`);
writeFileSync(kFile,
  '# Functions of the engine that are first called in the first frame, or after it and a touch. All others\n' +
  '# are called at the start. Written by tests/browser/take_call_times.mjs.\n' + lines.join('\n') + '\n');
console.log(`${kFile}: ${started.size} at the start, ${called.size - started.size} in the first frame, ` +
  `${all.size - called.size} late`);
