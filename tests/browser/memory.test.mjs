// SPDX-License-Identifier: MIT
// What the page's engine takes of its heap: nothing in a frame, and nothing more however long it runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fingers, counting_folder, drawn, open_page, open_stepped, serve_static, statistics,
         until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';
import { folder, startServer } from '../e2e/support.mjs';

// The frames that took memory. Those that tell statistics are not the engine's and do not count.
const taking = (frames) => frames.flatMap(({ taken, has_told }, i) => taken > 0 && !has_told ? [`${i}: ${taken}`] : []);

test('the engine\'s frames take no memory, neither attracting nor while the wall is dragged', () =>
  with_context(async (context) => {
    const other = await serve_static({ folder: counting_folder });
    try {
      const page = await open_stepped(context, `${other.address}/c/lip-popup/?lang=en`), fingers = await Fingers.of(page);
      assert.ok(taking(await page.step(200, 200)).length > 0, 'the counter counts nothing');  // two rounds
      // On a busy machine what was asked for meanwhile may come only now, and fades in.
      await until('all of the engine', () => page.evaluate(() => window.vitrine.whole === '1'));
      await page.step_till_drawn();
      await page.step(10, 100);
      assert.deepEqual(taking(await page.step(120, 16)), []);
      await page.evaluate(() => document.querySelector('[data-name="start"]').click());
      const told = statistics(page);
      await page.step(60, 50);
      assert.equal((await told).app.scene, 'wall');
      // From side to side, so that every card comes by. That a finger came is recorded and stored
      // before the frames that count.
      const drag = async (frames) => {
        await fingers.down([195, 420]);
        await page.step(20, 50);
        const found = [];
        for (let i = 0; i < frames; i++) {
          await fingers.move([195 - 4 * Math.abs(40 - (i + 40) % 80), 420]);
          found.push(...await page.step(1, 16));
        }
        await fingers.up();
        await page.step(20, 50);
        return found;
      };
      await drag(80);  // everything has been in the middle
      assert.deepEqual(taking(await drag(80)), []);
    } finally {
      await other.close();
    }
  }));

// In `./dev test all` so many that a leak of a hundred bytes a touch shows.
const is_long = process.env.VITRINE_LONG === '1', kRounds = is_long ? 14 : 3;

// To the wall and back in both languages, with some forty touches; ends where it began, all of it delivered.
async function play_round(page, fingers) {
  const scene_is = (scene) => async () => (await statistics(page)).app.scene === scene;
  const press = (name, holds) => until(name, async () => {
    const button = await page.$(`#semantics [data-name="${name}"]`), box = button && await button.boundingBox();
    if (box) await fingers.tap(box.x + box.width / 2, box.y + box.height / 2);
    return holds();
  });
  const speaks = (language) => async () => (await statistics(page)).app.language === language;
  await press('start', scene_is('wall'));
  for (let i = 0; i < 7; i++) {
    await fingers.down(...[30, 130, 230, 330].map((x) => [x + 3 * i, 345 + 10 * i]));
    await fingers.up();
  }
  for (const language of ['zh', 'en']) {
    await press('language', speaks(language));
    for (let shade = language === 'zh' ? 1 : 5, last = shade + 4; shade < last; shade++) {
      const dot = await page.$(`#semantics [data-name="shade-${shade}"]`), box = dot && await dot.boundingBox();
      if (box) await fingers.tap(box.x + box.width / 2, box.y + box.height / 2);
    }
  }
  await press('back', scene_is('attract'));
  return until('everything to be delivered', async () => {
    const { app, page: shell } = await statistics(page);
    return app.network === 'open' && app.outbox_rows === 0 && app.pending_images === 0 && shell;
  });
}

test(`${40 * kRounds} touches in both languages and scenes: the heap is the same size${is_long ? ' and no fuller' : ''}`, async (t) => {
  const server = await startServer(t, folder(t), { args: ['--web', counting_folder] });
  await with_context(async (context) => {
    const page = await open_page(context, `http://127.0.0.1:${server.port}/c/lip-popup/?lang=en&mode=test`);
    await drawn(page);
    const fingers = await Fingers.of(page), used = [];
    let touches = 0;
    for (let round = 0; round < kRounds; round++) {
      const shell = await play_round(page, fingers);
      assert.equal(shell.heap_bytes, 33554432);
      touches = shell.touches;
      used.push(await page.evaluate(() => window.vitrineHeapUsed()));
    }
    assert.ok(touches >= 36 * kRounds, `${touches} touches`);
    assert.deepEqual(await page.problems(), []);
    if (!is_long) return;
    // What is in use goes up and down by some KiB with what the scene shows at that moment; a leak of
    // a hundred bytes a touch would be more.
    const middle = Math.max(...used.slice(4, 8)), end = Math.min(...used.slice(8));
    assert.ok(end <= middle + 16384, `bytes in use after each round: ${used.join(' ')}`);
  });
});
