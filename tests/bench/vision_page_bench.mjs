// SPDX-License-Identifier: MIT
// Time of one run of the face tracker's two large networks in Chromium, with SIMD and without: of the detector and of
// the one that reads a whole face.
//   node tests/bench/vision_page_bench.mjs [LANDMARKS.net DETECTOR.net]      default: those of assets/models
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium_flags, root, whole_chromium_path } from '../browser/harness.mjs';
import { print_head, print_row, serve_files } from './page_figures.mjs';

const kRounds = 301, kWidth = 128, kHeight = 96;
const build = process.env.VITRINE_WASM_BIN || join(root, 'build/wasm-release/bin');
const paths = {
  landmarks: process.argv[2] ?? join(root, 'assets/models/landmarks.net'),
  detector: process.argv[3] ?? join(root, 'assets/models/detector.net'),
};
if (!existsSync(join(build, 'network_page_simd128.wasm'))) {
  console.error('network_pages is not built: ninja -C build/wasm-release network_pages');
  process.exit(3);
}
for (const path of Object.values(paths).filter((name) => !existsSync(name))) {
  console.log(`nothing to measure: ${path} is not there; name the two weights files`);
  process.exit(0);
}

const page_of = (set) => `<!doctype html><script src="/${set}.js"></script><script type="module">
  import { make_network } from '/network_page.mjs';
  const engine = await NetworkPage({ locateFile: () => '/${set}.wasm' });
  window.time_runs = async (kind, rounds) => {
    make_network(engine, kind, new Uint8Array(await (await fetch('/' + kind)).arrayBuffer()), ${kWidth}, ${kHeight});
    const times = [];
    for (let i = 0; i < rounds; i++) {
      const start = performance.now();
      engine._network_run();
      times.push(performance.now() - start);
    }
    return times;
  };
</script>`;

const html = 'text/html; charset=utf-8', script = 'text/javascript', bytes = 'application/octet-stream';
const files = {
  '/network_page.mjs': { type: script, body: readFileSync(join(root, 'tests/vision/network_page.mjs')) },
};
for (const [kind, path] of Object.entries(paths)) files[`/${kind}`] = { type: bytes, body: readFileSync(path) };
for (const set of ['simd128', 'scalar']) {
  files[`/${set}`] = { type: html, body: page_of(set) };
  files[`/${set}.js`] = { type: script, body: readFileSync(join(build, `network_page_${set}.js`)) };
  files[`/${set}.wasm`] = { type: 'application/wasm', body: readFileSync(join(build, `network_page_${set}.wasm`)) };
}
const server = await serve_files(files);
const browser = await chromium.launch({ executablePath: whole_chromium_path, args: chromium_flags });
try {
  print_head("The face tracker's two large networks in Chromium, one run, one thread");
  for (const set of ['simd128', 'scalar']) {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`${set}: ${error.message}`));
    await page.goto(`${server.address}/${set}`);
    await page.waitForFunction(() => window.time_runs);
    for (const kind of Object.keys(paths)) {
      const times = await page.evaluate(([what, rounds]) => window.time_runs(what, rounds), [kind, kRounds]);
      print_row(`${kind}, ${set}`, '', times, 'ms');
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
