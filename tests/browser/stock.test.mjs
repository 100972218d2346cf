// SPDX-License-Identifier: MIT
// The page's SDL is a few files of SDL's, with answers of our own for the rest. The page with all of
// SDL, built by its own project (preset wasm-stock), must look the same and be touched the same.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fingers, count_colours, difference, looks_the_same, open_stepped, page_folder, phone, root,
         serve_static, statistics, until, with_browser } from './harness.mjs';

const stock_folder = process.env.VITRINE_STOCK_PAGE || join(root, 'build/wasm-stock/page');

// Pictures of attract and, after a real touch on its button, of the wall; always at the same moment.
const pictures = (folder, language) => new Promise((resolve, reject) => {
  with_browser(async (context) => {
    await context.addInitScript(() => {
      crypto.getRandomValues = (bytes) => bytes.fill(7);
    });
    const server = await serve_static({ folder });
    try {
      const page = await open_stepped(context, `${server.address}/c/lip-popup/?lang=${language}`);
      await page.step_to(30000);
      const attract = await page.still();
      const box = await (await until('the button', () => page.$('[data-name="start"]'))).boundingBox();
      await (await Fingers.of(page)).tap(box.x + box.width / 2, box.y + box.height / 2);
      await page.step_to(36000);
      const wall = await page.still(), told = statistics(page);
      await page.step(3, 100);
      const { scene } = (await told).app;
      resolve({ attract, wall, scene });
    } finally {
      await server.close();
    }
  }, phone).catch(reject);
});

test('the page with all of SDL looks as the page with our part of it', async () => {
  const ours = await pictures(page_folder, 'en'), stock = await pictures(stock_folder, 'en');
  const other = await pictures(stock_folder, 'zh');
  assert.deepEqual([ours.scene, stock.scene], ['wall', 'wall']);
  for (const scene of ['attract', 'wall']) {
    assert.ok(count_colours(ours[scene]) > 200, 'the screen is nearly uniform');
    const apart = difference(ours[scene], stock[scene]);
    assert.ok(looks_the_same(apart), `${scene}: ${JSON.stringify(apart)}`);
    assert.ok(!looks_the_same(difference(ours[scene], other[scene])), 'two languages look the same');
  }
});
