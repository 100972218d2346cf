// SPDX-License-Identifier: MIT
// What 4,000 moving, turning sprites cost the processor in Chromium: our Canvas and PixiJS's Sprite, in
// turn. Draw calls do nothing, everything before them is done: the GPU's work is the same for both.
//   node tests/bench/sprite_page_bench.mjs [COUNT] [ROUNDS]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium_flags, whole_chromium_path, root } from '../browser/harness.mjs';
import { print_head, print_row, serve_files } from './page_figures.mjs';
import { bundle } from './peer/bundle.mjs';

const kCount = Number(process.argv[2] ?? 4000), kRounds = Number(process.argv[3] ?? 7);
const kFrames = 60, kSize = [800, 600];
const build = process.env.VITRINE_WASM_BIN || join(root, 'build/wasm-release/bin');
if (!existsSync(join(build, 'sprite_page.wasm'))) {
  console.error('sprite_page is not built: ninja -C build/wasm-release sprite_page');
  process.exit(3);
}

const page_of = (start) => `<!doctype html><canvas id="canvas"></canvas>${start}<script type="module">
  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced']) {
    WebGL2RenderingContext.prototype[name] = () => { window.draws = (window.draws ?? 0) + 1; };
  }
  const frame = await open(${kCount}, ${kSize});
  window.time_frames = async (count) => {
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      await new Promise(requestAnimationFrame);
      const start = performance.now();
      frame();
      least = Math.min(least, performance.now() - start);
    }
    return least;
  };
</script>`;

const ours = page_of(`<script src="/sprite_page.js"></script><script>
  async function open(count, width, height) {
    const engine = await SpritePage({ locateFile: (name) => '/' + name });
    if (!engine._sprites_open(count, width, height)) throw new Error('no WebGL 2');
    return engine._sprites_frame;
  }</script>`);
const peer = page_of(`<script src="/pixi.js"></script><script>
  const open = (count, width, height) =>
    Peer.open_sprites(document.getElementById('canvas'), count, width, height);</script>`);

const html = 'text/html; charset=utf-8', script = 'text/javascript';
const server = await serve_files({
  '/ours': { type: html, body: ours },
  '/peer': { type: html, body: peer },
  '/pixi.js': { type: script, body: await bundle('sprites.mjs', 'Peer') },
  '/sprite_page.js': { type: script, body: readFileSync(join(build, 'sprite_page.js')) },
  '/sprite_page.wasm': { type: 'application/wasm', body: readFileSync(join(build, 'sprite_page.wasm')) },
});
const browser = await chromium.launch({ executablePath: whole_chromium_path, args: chromium_flags });
try {
  const pages = [];
  for (const name of ['ours', 'peer']) {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.goto(`${server.address}/${name}`);
    await page.waitForFunction(() => window.time_frames);
    pages.push(page);
  }
  const least = [[], []];
  for (let round = 0; round < kRounds; round++) {
    for (const [i, page] of pages.entries()) {
      await page.bringToFront();
      least[i].push(await page.evaluate((count) => window.time_frames(count), kFrames));
    }
  }
  const draws = await Promise.all(pages.map((page) => page.evaluate(() => window.draws)));
  print_head(`${kCount} moving, turning sprites in Chromium, draw calls stubbed; best of ${kFrames} frames a round`);
  print_row('our Canvas, a transform each', '', least[0], 'ms');
  print_row('PixiJS Sprite', '', least[1], 'ms');
  print_row('ratio', '≤ 0.35', least[0].map((ms, i) => ms / least[1][i]), '');
  console.log(`\nDraw calls a frame: ours ${Math.round(draws[0] / kFrames / kRounds)}, ` +
    `PixiJS ${Math.round(draws[1] / kFrames / kRounds)}.`);
} finally {
  await browser.close();
  await server.close();
}
