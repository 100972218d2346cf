// SPDX-License-Identifier: MIT
// The page by itself: both forms, from a server that has no WebSocket, so everything stays held.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { Fingers, count_colours, decode_png, difference, drawn, looks_the_same, open_page, open_stepped,
         outboxes, phone, running, serve_static, statistics, until, with_browser } from './harness.mjs';
import { with_context } from './shared_browser.mjs';
import { with_split } from './split_page.mjs';

let server, split_server;

before(async () => {
  server = await serve_static();
  split_server = await serve_static({ form: 'split.html' });
});

after(async () => {
  await server.close();
  await split_server.close();
});

const address = (query = '', from = server) => `${from.address}/c/lip-popup/${query}`;

async function open_running(context, query, from) {
  const page = await open_page(context, address(query, from));
  await running(page);
  return page;
}

const stored = (page) => until('everything to be stored', async () => {
  const { app } = await statistics(page);
  return app.outbox_unstored === 0 && app.recorded > 0 && app;
});

for (const form of ['inlined', 'split']) {
  test(`the ${form} form draws the campaign and violates no policy`, () => with_context(async (context) => {
    const page = await open_running(context, '', form === 'split' ? split_server : server);
    await drawn(page);
    assert.ok(count_colours(await page.screenshot()) > 200, 'the screen is nearly uniform');
    assert.deepEqual(await page.problems(), []);
  }, phone));
}

test('a script that is not the page\'s own does not run', () => with_context(async (context) => {
  const page = await open_running(context);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.appendChild(script);
  });
  assert.equal(await page.evaluate(() => window.intruder), undefined);
  assert.equal((await page.problems()).length > 0, true);
}));

// By brotli, of the page and all that it has loaded. Its sounds are asked for after its first picture
// (tests/app/first_picture_gl_test.cpp).
async function weigh(t, page, but = /\/sounds\./) {
  const names = await page.evaluate(() =>
    [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)]);
  let weight = 0;
  const files = [...new Set(names)].filter((name) => !but.test(name));
  for (const file of files) {
    const bytes = Buffer.from(await (await fetch(file)).arrayBuffer());
    weight += brotliCompressSync(bytes).length;
  }
  t.diagnostic(`${weight} bytes in ${files.length} files`);
  assert.ok(files.length > 5);
  return weight;
}

// What a server sends to a phone. The rest of the engine is held back: no picture waits for it.
test('the first screen with all its drawings weighs less than 220 KB', (t) => with_split(() => {}, async (page) => {
  await drawn(page);
  assert.ok(await weigh(t, page) < 220_000);
}));

// The form for a host of files has all of the engine in one. Of what a busy machine waits for too long it asks for a
// file besides (inlined.js): that is not what a phone loads.
test('the one file with all its drawings weighs less than 225 KB', (t) => with_context(async (context) => {
  const page = await open_running(context);
  await drawn(page);
  assert.ok(await weigh(t, page, /\/sounds\.|\.wasm$/) < 225_000);
}));

test('three fingers at once are three touches', () => with_context(async (context) => {
  const page = await open_running(context), fingers = await Fingers.of(page);
  const before_touches = (await statistics(page)).page.touches;
  await fingers.down([60, 500], [200, 520], [330, 540]);
  await fingers.move([62, 505], [203, 524], [333, 541]);
  await fingers.up();
  await until('three touches', async () => (await statistics(page)).page.touches === before_touches + 3);
}));

test('a touch that the system takes presses nothing', () => with_context(async (context) => {
  const page = await open_running(context, '?lang=en'), fingers = await Fingers.of(page);
  const box = await (await until('the button', () => page.$('[data-name="start"]'))).boundingBox();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  const scene = await until('a scene', async () => (await statistics(page)).app.scene);
  await fingers.down(middle);
  await fingers.cancel();
  const { page: { frames, touches } } = await statistics(page);
  assert.equal(touches, 1);
  await until('many frames', async () => (await statistics(page)).page.frames > frames + 20);
  assert.equal((await statistics(page)).app.scene, scene);
  await fingers.tap(...middle);
  await until('the next scene', async () => (await statistics(page)).app.scene !== scene);
}));

test('a lost context is drawn again when it comes back, as it was', () => with_context(async (context) => {
  await context.addInitScript(() => {
    window.draws = 0;
    const { prototype } = WebGL2RenderingContext;
    for (const name of ['clear', 'drawArrays', 'drawElements', 'drawElementsInstanced', 'drawArraysInstanced']) {
      const draw = prototype[name];
      prototype[name] = function (...rest) { window.draws++; return draw.apply(this, rest); };
    }
  });
  const page = await open_stepped(context, address('?lang=en'));
  const before = await page.still();
  assert.ok(count_colours(before) > 200, 'the screen is nearly uniform');
  for (let round = 0; round < 2; round++) {
    // The browser tells the page a moment later; frames until then are drawn in good faith.
    await page.evaluate(() => new Promise((told) => {
      const canvas = document.getElementById('canvas');
      canvas.addEventListener('webglcontextlost', () => told(), { once: true });
      window.lose ??= canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      window.lose.loseContext();
    }));
    const draws = await page.evaluate(() => window.draws);
    await page.step(5, 0);
    assert.equal(await page.evaluate(() => window.draws), draws, 'it drew into a lost context');
    await until('an empty picture', async () =>
      !looks_the_same(difference(before, await page.screenshot())));
    await page.evaluate(() => window.lose.restoreContext());
    let apart;
    await until('the same picture', async () => {
      await page.step(1, 0);  // time stands still: nothing moves
      apart = difference(before, await page.screenshot());
      return looks_the_same(apart);
    }).catch((error) => { throw new Error(`${error.message}: ${JSON.stringify(apart)}`); });
  }
  assert.deepEqual(await page.problems(), []);
}));

for (const language of ['zh', 'en']) {
  test(`without WebGL 2 a plain page says why, in ${language}, and keeps the offer`, () =>
    with_context(async (context) => {
      const page = await context.newPage();
      await page.addInitScript(() => {
        const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind === 'webgl2' ? null : get.call(this, kind, ...rest);
        };
      });
      await page.goto(address(`?lang=${language}`));
      assert.equal(await page.getAttribute('html', 'lang'), language);
      assert.match(await page.innerText('.reason'), /WebGL\s2/);
      assert.match(await page.innerText('main'), language === 'zh' ? /元/ : /¥/);
      assert.equal(await page.isVisible('canvas'), false);
    }));
}

test('the headline is there before the engine', () => with_context(async (context) => {
  const page = await context.newPage();
  await page.route('**/assets/*.js', () => {});  // never answered
  await page.goto(address('?lang=en', split_server), { waitUntil: 'commit' });
  await until('the headline', async () => (await page.innerText('h1')).length > 0);
  const png = decode_png(await page.screenshot());
  assert.ok(png.width > 0 && count_colours(await page.screenshot()) > 2);
}));

test('a hidden page stores at once and rests', () => with_context(async (context) => {
  const page = await open_running(context), fingers = await Fingers.of(page);
  await fingers.tap(100, 400);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const app = await stored(page);
  assert.ok(app.recorded > 0);
  assert.equal(app.outbox_memory_only, false);
  const { frames } = (await statistics(page)).app;
  assert.equal((await statistics(page)).app.frames, frames, 'a hidden page went on drawing');
}));

test('rows survive a reload', () => with_browser(async (context) => {
  const page = await open_running(context), fingers = await Fingers.of(page);
  for (let i = 0; i < 5; i++) await fingers.tap(60 + 10 * i, 300);
  const before_reload = await stored(page);
  await page.reload();
  await running(page);
  const later = await stored(page);
  assert.ok(later.outbox_rows >= before_reload.outbox_rows);
  assert.ok(later.next_sequence >= before_reload.next_sequence);
}));

for (const locks of ['locks', 'leases']) {
  test(`two tabs have two incarnations, by ${locks}`, () => with_context(async (context) => {
    if (locks === 'leases') {
      // What a page over plain http from another machine sees.
      await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
    }
    const first = await open_running(context), second = await open_running(context);
    const one = await stored(first), two = await stored(second);
    assert.notEqual(one.incarnation, two.incarnation);
    await second.goto('about:blank');  // a browser in a hurry closes a tab without a good-bye
    await second.close();
    // The next tab takes it over, or the living one beside its own, whoever is first.
    const third = await open_running(context);
    await stored(third);
    await until('the ended tab\'s outbox to be taken over', async () => {
      const all = await outboxes(third);
      return locks === 'locks'
        ? third.evaluate(async (count) => (await navigator.locks.query()).held.length === count, all.length)
        : !all.some(({ left }) => left);
    });
  }));
}

test('a browser that stores nothing says so and goes on', () => with_context(async (context) => {
  await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { get() { throw new Error('blocked'); } }));
  const page = await open_running(context);
  await (await Fingers.of(page)).tap(100, 300);
  await until('a record', async () => (await statistics(page)).app.recorded > 0);
  assert.equal((await statistics(page)).app.outbox_memory_only, true);
}));

test('turning the phone lays the page out anew', () => with_context(async (context) => {
  const page = await open_running(context);
  const portrait = await page.evaluate(() => [canvas.width, canvas.height]);
  await page.setViewportSize({ width: 844, height: 390 });
  await until('the other shape', () => page.evaluate(() => canvas.width > canvas.height));
  assert.ok(portrait[1] > portrait[0]);
  assert.deepEqual(await page.problems(), []);
}));
