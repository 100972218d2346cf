// SPDX-License-Identifier: MIT
// How long until the first interactive frame, on a slow phone far from the tower: our page and pages
// of PixiJS with 300 sprites, in turn in the same Chromium, both in one file and in two. The usual
// page of PixiJS makes an Application, as its guide does; the lean one imports as little as goes.
//   node tests/bench/first_frame_bench.mjs [ROUNDS]
// Throttled as DevTools' "Slow 4G" with a processor four times slower. Nothing is cached.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium_flags, whole_chromium_path, page_folder, phone, root } from '../browser/harness.mjs';
import { print_head, print_row, serve_files } from './page_figures.mjs';
import { bundle } from './peer/bundle.mjs';

const kRounds = Number(process.argv[2] ?? 5);
const kSlow4G = {
  offline: false, latency: 562.5, downloadThroughput: 1.44e6 / 8, uploadThroughput: 675e3 / 8,
};
const kTypes = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html; charset=utf-8' };

const peer_page = (script) => `<!doctype html><html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>body{margin:0;background:#fbf3ec}canvas{touch-action:none}</style></head>
<body><canvas id="canvas"></canvas>${script}</body></html>`;

function our_files() {
  const files = {};
  const add = (path, file, type, headers) => { files[path] = { type, body: readFileSync(file), headers }; };
  // As our server answers (server/public_site.cpp).
  const preload = { Link: '<campaign.json>; rel=preload; as=fetch; crossorigin' };
  add('/c/lip-popup/', join(page_folder, 'index.html'), kTypes.html);
  add('/split/c/lip-popup/', join(page_folder, 'split.html'), kTypes.html, preload);
  for (const name of readdirSync(join(page_folder, 'assets'))) {
    const type = kTypes[name.split('.').pop()];
    if (type) add(`/split/assets/${name}`, join(page_folder, 'assets', name), type);
  }
  const campaign = join(root, 'assets/campaigns/lip-popup');
  for (const under of ['', '/split']) {
    add(`${under}/c/lip-popup/campaign.json`, join(campaign, 'campaign.json'), 'application/json');
    for (const name of readdirSync(join(campaign, 'art'))) {
      add(`${under}/c/lip-popup/art/${name}`, join(campaign, 'art', name), 'image/svg+xml');
    }
  }
  return files;
}

async function first_frame(browser, url) {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.documentElement.classList.contains('running')) return;
      window.first_frame = performance.now();
      observer.disconnect();
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', kSlow4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(url, { waitUntil: 'commit', timeout: 120000 });
  await page.waitForFunction(() => window.first_frame, null, { timeout: 120000 });
  const ms = await page.evaluate(() => window.first_frame);
  await context.close();
  return ms;
}

const inline = (text) => text.replaceAll('</script', '<\\/script');
const usual = inline(await bundle('first_frame.mjs')), lean = inline(await bundle('first_frame_lean.mjs'));
const server = await serve_files({
  ...our_files(),
  '/usual/': { type: kTypes.html, body: peer_page(`<script type="module">${usual}</script>`) },
  '/lean/': { type: kTypes.html, body: peer_page(`<script type="module">${lean}</script>`) },
  '/usual/two/': { type: kTypes.html, body: peer_page('<script type="module" src="/usual/pixi.js"></script>') },
  '/usual/pixi.js': { type: kTypes.js, body: usual },
});
const pages = [
  ['Vitrine, inlined', '/c/lip-popup/'], ['PixiJS, one bundle beside its page', '/usual/two/'],
  ['PixiJS, inlined', '/usual/'], ['PixiJS at its leanest, inlined', '/lean/'],
  ['Vitrine, split', '/split/c/lip-popup/'],
];
const browser = await chromium.launch({ executablePath: whole_chromium_path, args: chromium_flags });
try {
  await first_frame(browser, `${server.address}/usual/`);  // the browser's own start is nobody's
  const measured = pages.map(() => []);
  for (let round = 0; round < kRounds; round++) {
    for (const [i, [, path]] of pages.entries()) {
      measured[i].push(await first_frame(browser, server.address + path));
    }
  }
  print_head('First interactive frame: Slow 4G, processor 4x slower, nothing cached');
  for (const [i, [name]] of pages.entries()) print_row(name, '', measured[i], 'ms');
  const ratio = (one, other) => measured[one].map((ms, round) => ms / measured[other][round]);
  print_row('ratio, inlined to one bundle', '≤ 0.75', ratio(0, 1), '');
  print_row('ratio, inlined to inlined', '≤ 0.75', ratio(0, 2), '');
  print_row('ratio, inlined to the leanest inlined', '', ratio(0, 3), '');
  print_row('ratio, split to one bundle', '', ratio(4, 1), '');
  console.log(`\nBytes, brotli: our page ${server.bytes('/c/lip-popup/')}, PixiJS inlined ` +
    `${server.bytes('/usual/')}, at its leanest ${server.bytes('/lean/')}`);
} finally {
  await browser.close();
  await server.close();
}
