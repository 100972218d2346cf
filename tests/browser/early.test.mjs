// SPDX-License-Identifier: MIT
// What happens on the page while the engine's first parts are here and the late one is not, or not as it should.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  count_colours, Fingers, open_page, page_folder, running, serve_static, statistics, until,
} from './harness.mjs';
import { with_context } from './shared_browser.mjs';
import {
  activate, frame_file, hang, late_file, later, needed, pressed, send, whole, with_split,
} from './split_page.mjs';

const late_bytes = readFileSync(join(page_folder, late_file));

test('a picture that rests is drawn for a phone that is turned', async () => {
  await with_split(() => {}, async (page) => {
    await running(page);
    await page.setViewportSize({ width: 844, height: 392 });
    await until('the picture in the other shape', async () => count_colours(await page.screenshot()) > 100);
    assert.equal(await needed(page), 0);
  }, open_page, late_file);
});

test('a campaign that comes when frames can be drawn is drawn then, with the late part on its way', async () => {
  let held, asked = false;
  const server = await serve_static({
    form: 'split.html',
    first: (path, response) => {
      if (path.endsWith('/campaign.json')) held = response;
      asked ||= path === late_file;
      return path === late_file || response === held;
    },
  });
  try {
    await with_context(async (context) => {
      const page = await open_page(context, `${server.address}/c/lip-popup/?lang=en`);
      await until('the late part to be asked for', () => asked && held);
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => document.documentElement.className), '');
      held.writeHead(200, { 'Content-Type': 'application/json' })
        .end(readFileSync(join(page_folder, 'built_in.json')));
      await running(page);
      assert.equal(await page.evaluate(() => window.vitrine.late), '');
    });
  } finally {
    await server.close();
  }
});

test('a context that is lost before the first frame is drawn with when it is back', async () => {
  const frame_bytes = readFileSync(join(page_folder, frame_file));
  let held;
  await with_split((_, response) => { held = response; }, async (page) => {
    await until('the campaign', () => held && page.evaluate(() => window.vitrine.early['campaign.json'] === null));
    await later(page);
    await page.evaluate(() => new Promise((done) => {
      const lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      canvas.addEventListener('webglcontextlost', () => setTimeout(() => lose.restoreContext()), { once: true });
      canvas.addEventListener('webglcontextrestored', () => setTimeout(done), { once: true });
      lose.loseContext();
    }));
    send(held, frame_bytes);
    await running(page);
    await until('a picture', async () => count_colours(await page.screenshot()) > 100);
    assert.equal(await page.evaluate(() => window.vitrine.failed), undefined);
    assert.deepEqual(await page.problems(), []);
  }, open_page, frame_file);
});

test('a part that was called and fetched at once is waited for no longer', async () => {
  // The one that was asked for first hangs for ever.
  await with_split((times, response) => times > 1 ? send(response, late_bytes) : hang(response), async (page) => {
    await running(page);
    await activate(page);
    await until('the rest', () => whole(page));
    assert.equal(await needed(page), 1);
  }, open_page, late_file);
});

test('what is called, and comes as something else or may not be asked for, ends in plain words', async () => {
  for (const [wanted, prepare] of [['engine', () => {}], ['network', () => {
    const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, address, later) {
      if (later === false) throw new DOMException('not here', 'InvalidAccessError');
      open.call(this, method, address, later);
    };
  }]]) {
    const answer = (times, response) => times > 1 ? send(response, '<p>Sign in first.') : hang(response);
    await with_split(answer, async (page) => {
      await running(page);
      await activate(page);
      await until('the words', () => page.evaluate(() => window.vitrine.failed));
      assert.equal(await page.evaluate(() => window.vitrine.failed), wanted);
    }, (context, url) => open_page(context, url, prepare), late_file);
  }
});

test('nothing calls an engine that broke off in the middle any more', async () => {
  let asked = 0;
  const answer = (times, response) => {
    asked = times;
    if (times === 1) hang(response); else response.writeHead(404).end();
  };
  await with_split(answer, async (page) => {
    const size = () => page.evaluate(() => [canvas.width, canvas.height]);
    await running(page);
    await activate(page);
    await until('the words', () => page.evaluate(() => window.vitrine.failed));
    await later(page);
    const before = [asked, await needed(page), ...await size()];
    await page.setViewportSize({ width: 844, height: 392 });
    await (await Fingers.of(page)).tap(196, 200);
    await page.mouse.click(100, 100);
    await page.keyboard.press('ArrowDown');
    await activate(page);
    await page.evaluate(() => {
      for (const name of ['resize', 'blur', 'focus', 'online']) window.dispatchEvent(new Event(name));
      for (const name of ['visibilitychange', 'freeze']) document.dispatchEvent(new Event(name));
      for (const name of ['touchstart', 'mousedown', 'mouseup', 'touchcancel']) canvas.dispatchEvent(new Event(name));
    });
    await later(page);
    assert.deepEqual([asked, await needed(page), ...await size()], before);
    assert.deepEqual((await page.problems()).length, 1, 'more than what it broke off with');
  }, open_page, late_file);
});

test('who lifts a finger before the late part is here waits for it, and nothing stands still', async () => {
  let held;
  await with_split((_, response) => { held = hang(response); }, async (page) => {
    const fingers = await Fingers.of(page);
    await running(page);
    await fingers.down([196, 400]);
    await pressed(page);
    await fingers.up();
    await later(page);
    // Another finger changes nothing, nor does a mouse.
    await fingers.tap(150, 380);
    await page.mouse.click(150, 380);
    await later(page);
    assert.equal(await needed(page), 0);
    assert.equal(await page.evaluate(() => window.vitrine.failed), undefined);
    held.end(late_bytes);
    await until('the wall', async () => (await statistics(page)).app.scene === 'wall');
    assert.equal((await statistics(page)).page.touches, 3);
    assert.equal(await needed(page), 0);
    assert.deepEqual(await page.problems(), []);
  }, open_page, late_file);
});

test('a page that is hidden before the late part is here is told so when it is', async () => {
  let held;
  await with_split((_, response) => { held = hang(response); }, async (page) => {
    const hide = (is_hidden) => page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, is_hidden);
    await running(page);
    await hide(true);
    await later(page);
    assert.equal(await needed(page), 0);
    held.end(late_bytes);
    await until('all of it', () => whole(page));
    const { page: { frames } } = await statistics(page);
    await later(page);
    assert.equal((await statistics(page)).page.frames, frames, 'it drew while hidden');
    await hide(false);
    await until('frames', async () => (await statistics(page)).page.frames > frames + 5);
    assert.equal(await needed(page), 0);
    assert.deepEqual(await page.problems(), []);
  }, open_page, late_file);
});

test('a page that nobody sees yet waits for what it calls as it hides', async () => {
  const hidden = () => Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
  await with_split((_, response) => setTimeout(send, 300, response, late_bytes), async (page) => {
    await until('all of it', () => whole(page));
    assert.equal(await needed(page), 0);
    await page.evaluate(() => {
      delete document.hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await running(page);
  }, (context, url) => open_page(context, url, hidden), late_file);
});
