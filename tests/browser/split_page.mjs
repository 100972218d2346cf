// SPDX-License-Identifier: MIT
// The page whose engine comes as files (wasm/cut_engine.py), one of which a test answers itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open_page, page_folder, serve_static, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

const split_html = readFileSync(join(page_folder, 'split.html'), 'utf8');
export const [, frame_file, late_file, rest_file] =
  split_html.match(/vitrine\.[0-9a-f]+\.wasm/g).map((name) => `/assets/${name}`);
export const rest_bytes = readFileSync(join(page_folder, rest_file));

// `answer(times, response)` stands in for the server where `file` is asked for, the `times`th time.
export async function with_split(answer, work, open = open_page, file = rest_file) {
  let times = 0;
  const server = await serve_static({
    form: 'split.html',
    first: (path, response) => path === file && (answer(++times, response), true),
  });
  try {
    await with_context(async (context) => {
      await work(await open(context, `${server.address}/c/lip-popup/?lang=en`), context);
    });
  } finally {
    await server.close();
  }
}

export const send = (response, bytes = rest_bytes) =>
  response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(bytes);
// It comes, and does not go on. Unless it is not to be kept, who asks again is made to wait for it by the browser.
export const hang = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/wasm', 'Cache-Control': 'no-store' }).flushHeaders();
  return response;
};
// As a screen reader does, for which the engine is called at once: it needs the late part.
export const activate = (page) => page.evaluate(() => document.querySelector('[data-name="start"]').click());
// So many frames later, whether the engine drew them or not.
export const later = (page, frames = 5) => page.evaluate((left) => new Promise((done) => {
  const next = () => left-- ? requestAnimationFrame(next) : done();
  next();
}), frames);
// A finger that is down moves the picture. The engine itself says nothing before its late part is here.
export const pressed = async (page) => {
  await until('the press', () => page.evaluate(() => window.vitrine.rests === ''));
  await later(page);
};
export const whole = (page) => page.evaluate(() => window.vitrine.whole === '1');
export const needed = (page) => page.evaluate(() => window.vitrine.needed);
