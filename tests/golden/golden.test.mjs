// SPDX-License-Identifier: MIT
// The page's build draws every golden case in Chromium and must agree with the native pictures; one
// drawing two pixels out of place must not.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const build = join(root, 'build/wasm-release/bin');
const bundle = process.env.VITRINE_GOLDEN_BUNDLE;
const chromiumPath = process.env.VITRINE_CHROMIUM ?? '/usr/bin/chromium-headless-shell';

const html = `<!doctype html><canvas id="canvas"></canvas><script src="/golden_page.js"></script>
<script>
  globalThis.ready = (async () => {
    const engine = await GoldenPage({ locateFile: (name) => '/' + name });
    const bytes = new Uint8Array(await (await fetch('/bundle')).arrayBuffer());
    const at = engine._malloc(bytes.length);
    engine.HEAPU8.set(bytes, at);
    if (!engine._golden_load(at, bytes.length)) throw new Error('the bundle is damaged');
    engine._free(at);
    globalThis.draw = (index, shift) => {
      const canvas = document.createElement('canvas');
      document.getElementById('canvas').replaceWith(canvas);
      canvas.id = 'canvas';
      return JSON.parse(engine.UTF8ToString(engine._golden_draw(index, shift)));
    };
    return engine._golden_count();
  })();
</script>`;

const files = {
  '/': ['text/html', () => html],
  '/golden_page.js': ['text/javascript', () => readFileSync(join(build, 'golden_page.js'))],
  '/golden_page.wasm': ['application/wasm', () => readFileSync(join(build, 'golden_page.wasm'))],
  '/bundle': ['application/octet-stream', () => readFileSync(bundle)],
};

async function serve(t) {
  const server = createServer((request, response) => {
    const file = files[request.url];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file[0] }).end(file[1]());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}

const missing = !existsSync(chromiumPath) ? 'no Chromium (apt-get install chromium-headless-shell)'
  : !existsSync(join(root, 'node_modules/playwright-core')) ? 'no playwright-core (npm ci)'
  : !existsSync(join(build, 'golden_page.wasm')) ? 'golden_page is not built' : false;

if (missing) {
  console.log(`skipped: ${missing}`);
  process.exit(77);  // CTest counts it as skipped, not as passed
}

test('the page draws what the kiosk draws', async (t) => {
  const { chromium } = await import('playwright-core');
  const url = await serve(t);
  const browser = await chromium.launch({
    executablePath: chromiumPath, timeout: 180000,
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--disable-quic',
      '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  t.after(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(180000);
  await page.goto(url);
  const count = await page.evaluate('ready');
  const draw = (index, shift) => page.evaluate(`draw(${index}, ${shift})`);
  assert.ok(count > 0);
  for (let index = 0; index < count; ++index) {
    const result = await draw(index, 0);
    await t.test(result.name, () => assert.ok(result.passes, JSON.stringify(result)));
  }
  const shifted = await draw(0, 1);
  await t.test('a drawing out of place does not pass', () => {
    assert.equal(shifted.error, '');
    assert.ok(!shifted.passes, JSON.stringify(shifted));
  });
});
