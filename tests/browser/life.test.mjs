// SPDX-License-Identifier: MIT
// What a page lives through: its context lost, memory and storage gone, left and come back to.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fingers, counting_folder, open_page, open_stepped, page_folder, root, running, serve_static,
         statistics, until, whole_chromium_path, with_browser } from './harness.mjs';
import { with_context } from './shared_browser.mjs';
import { hang, late_file, needed, pressed } from './split_page.mjs';

const programs = process.env.VITRINE_BIN || join(root, 'build/native-release/bin');
let server;
before(async () => { server = await serve_static(); });
after(() => server.close());

const address = (query = '?lang=en', from = server) => `${from.address}/c/lip-popup/${query}`;
const app = async (page) => (await statistics(page)).app;

async function open_running(context, query, from) {
  const page = await open_page(context, address(query, from));
  await running(page);
  return page;
}

const stored = (page) => until('everything to be stored', async () => {
  const state = await app(page);
  return state.outbox_unstored === 0 && state.recorded > 0 && state;
});


for (const [language, words] of [['zh', /内存不够/], ['en', /short of memory/]]) {
  test(`a page without memory says so, in ${language}`, () =>
    with_context(async (context) => {
      const other = await serve_static({ folder: counting_folder });
      try {
        const page = await context.newPage();
        await page.goto(address(`?lang=${language}`, other));
        await running(page);
        await page.evaluate(() => { try { window.vitrineExhaust(); } catch (error) { /* it ends here */ } });
        assert.match(await page.innerText('.reason'), words);
        assert.match(await page.innerText('.reason'), /Vitrine: memory/);
        assert.match(await page.innerText('h1'), language === 'zh' ? /元/ : /¥/);
        assert.equal(await page.isVisible('canvas'), false);
        await page.click('.reason button');
        await running(page);
      } finally {
        await other.close();
      }
    }));
}

for (const form of ['index.html', 'split.html']) {
  test(`${form} keeps to its policy on a static host`, () => with_context(async (context) => {
    const bare = await serve_static({ form, policy: false });
    try {
      const page = await open_running(context, '', bare);
      assert.deepEqual(await page.problems(), []);
      await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.intruder = true';
        document.body.appendChild(script);
        return fetch('https://127.0.0.1:1/').catch(() => {});
      });
      assert.equal(await page.evaluate(() => window.intruder), undefined);
      assert.ok((await page.problems()).length >= 2);
    } finally {
      await bare.close();
    }
  }));
}

test('a page of another campaign on a static host promises nothing of this one', () =>
  with_context(async (context) => {
    for (const campaign of ['other', 'spring_2027.b']) {
      const page = await context.newPage();
      await page.goto(`${server.address}/c/${campaign}/?lang=en&nowebgl2=1`);
      assert.equal(await page.evaluate(() => window.vitrine.campaign), campaign);
      assert.doesNotMatch(await page.innerText('main'), /lipstick|SAMPLE/);
      assert.match(await page.innerText('.reason'), /WebGL\s2/);
      assert.equal(await page.title(), 'Vitrine');
    }
  }));

// Nobody else stores anything until window.let_go().
const hold_storage = (page) => page.evaluate(() => new Promise((resolve) => {
  indexedDB.open('vitrine').onsuccess = ({ target: { result: database } }) => {
    const rows = database.transaction('rows', 'readwrite').objectStore('rows');
    let is_held = true;
    window.let_go = () => { is_held = false; };
    const ask = () => {
      resolve();
      if (is_held) rows.get(['', 0]).onsuccess = ask;
    };
    rows.get(['', 0]).onsuccess = ask;
  };
}));

for (const is_busy of [false, true]) {
  test(`a page that is left has stored its touches${is_busy ? ', though its storage is busy' : ''}`, () =>
    with_browser(async (context) => {
      const page = await open_running(context), fingers = await Fingers.of(page);
      await stored(page);
      if (is_busy) {
        await hold_storage(page);
        await fingers.tap(30, 300);
        await until('a commit that is on its way', async () => (await app(page)).outbox_unstored > 0);
      }
      for (const x of [60, 90, 120]) await fingers.tap(x, 300);
      // As soon as the engine has seen them, before the tenth of a second is over.
      const left = await page.evaluate(() => new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => {
          window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
          window.let_go?.();
          resolve(JSON.parse(window.vitrine.statistics).app);
        }));
      }));
      await page.goto('about:blank');
      await page.goto(address());
      await running(page);
      const next = await stored(page);
      assert.equal(next.outbox_rows - next.recorded, left.outbox_rows);
      assert.equal(next.next_sequence - next.recorded, left.next_sequence);
    }));
}

test('a page come back to from the browser\'s cache goes on', () => with_browser(async (context) => {
  const page = await open_running(context);
  await page.evaluate(() => {
    window.marker = 1;
    window.addEventListener('pageshow', (event) => { window.persisted = event.persisted; });
  });
  await page.goto(`${server.address}/policy.txt`);
  await page.goBack({ waitUntil: 'commit' });
  await running(page);
  assert.equal(await page.evaluate(() => window.persisted), true, 'it was loaded anew');
  const { frames } = (await statistics(page)).page;
  await until('frames', async () => (await statistics(page)).page.frames > frames + 5);
  await (await Fingers.of(page)).tap(100, 300);
  await stored(page);
}, { executablePath: whole_chromium_path, ignoreDefaultArgs: ['--disable-back-forward-cache'] }));

test('a page left before its late part came, and come back to, goes on', () => with_browser(async (context) => {
  const late_bytes = readFileSync(join(page_folder, late_file)), asked = [];
  let is_there = false;
  const split = await serve_static({ form: 'split.html', first: (path, response) => {
    if (path !== late_file) return false;
    asked.push(hang(response));
    if (is_there) response.end(late_bytes);
    return true;
  } });
  try {
    const page = await open_running(context, '?lang=en', split);
    await page.evaluate(() => {
      window.addEventListener('pageshow', (event) => { window.persisted = event.persisted; });
    });
    await (await Fingers.of(page)).down([196, 400]);
    await pressed(page);
    await page.goto(`${split.address}/policy.txt`);
    await page.goBack({ waitUntil: 'commit' });
    assert.equal(await page.evaluate(() => window.persisted), true, 'it was loaded anew');
    is_there = true;
    for (const response of asked) response.end(late_bytes);
    const { frames } = (await statistics(page)).page;
    await until('frames', async () => (await statistics(page)).page.frames > frames + 5);
    await stored(page);
    assert.equal(await needed(page), 0);
    assert.equal(await page.evaluate(() => window.vitrine.failed), undefined);
  } finally {
    await split.close();
  }
}, { executablePath: whole_chromium_path, ignoreDefaultArgs: ['--disable-back-forward-cache'] }));

test('a hidden page goes on when it is shown', () => with_context(async (context) => {
  const page = await open_running(context);
  const hide = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await hide(true);
  const { frames } = await app(page);
  assert.equal((await app(page)).frames, frames, 'it drew while hidden');
  await hide(false);
  await until('frames', async () => (await app(page)).frames > frames + 5);
}));

const kStorageTroubles = {
  'has no storage': () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
  'is denied storage': () => { IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }; },
  'fails to open its storage': () => {
    IDBFactory.prototype.open = () => {
      const request = {};
      setTimeout(() => request.onerror(new Event('error')));
      return request;
    };
  },
};
for (const [what, trouble] of Object.entries(kStorageTroubles)) {
  test(`a browser that ${what} records in memory and says so`, () => with_context(async (context) => {
    await context.addInitScript(trouble);
    const page = await context.newPage(), said = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(address());
    await running(page);
    await (await Fingers.of(page)).tap(100, 300);
    await until('a record', async () => (await app(page)).recorded > 0);
    assert.equal((await app(page)).outbox_memory_only, true);
    await until('the words', () => said.some((text) => /stores nothing/.test(text)));
  }));
}

test('a full storage: recorded in memory, said aloud, stored again when there is room', () =>
  with_browser(async (context) => {
    // Few steps, for the browser asks what is left only every half minute, and until then nothing happens.
    const page = await open_stepped(context, address()), fingers = await Fingers.of(page), said = [];
    page.on('console', (message) => said.push(message.text()));
    const step = async () => {
      await sleep(400);
      const told = statistics(page);
      await page.step(1, 300);
      return (await told).app;
    };
    const before = await until('everything to be stored', async () => {
      const state = await step();
      return state.outbox_unstored === 0 && state.recorded > 0 && state;
    });
    const quota = (bytes) => fingers.session.send('Storage.overrideQuotaForOrigin', {
      origin: server.address, ...(bytes === undefined ? {} : { quotaSize: bytes }),
    });
    await quota(1);
    let taps = 0;
    await until('memory alone', async () => {
      await fingers.tap(60 + 20 * (taps++ % 8), 300);
      return (await step()).outbox_memory_only;
    });
    for (let i = 0; i < 8; i++, taps++) await fingers.tap(60 + 20 * i, 320);
    const full = await step();
    assert.ok(full.outbox_rows >= before.outbox_rows + 2 * taps, `${full.outbox_rows} rows of ${taps} touches`);
    assert.ok(full.outbox_unstored >= 16, `${full.outbox_unstored} in memory alone`);
    assert.equal(full.lost, 0);
    await until('the words', () => said.some((text) => /storage is full/.test(text)));
    await quota();
    const after = await until('room again', async () => {
      const state = await step();
      return !state.outbox_memory_only && state.outbox_unstored === 0 && state;
    });
    assert.ok(after.outbox_rows >= full.outbox_rows);
    // It is on the disk: the next page has all of it.
    await page.close();
    const next = await stored(await open_running(context));
    assert.ok(next.outbox_rows >= after.outbox_rows);
  }));

test('every batch of a page that stores nothing says so to the server',
     () => with_context(async (context) => {
  const data = mkdtempSync(join(tmpdir(), 'vitrine-data-'));
  const real = spawn(join(programs, 'vitrine-server'), [
    '--data', data, '--listen', '127.0.0.1:0', '--staff-listen', '127.0.0.1:0',
    '--campaigns', join(root, 'assets/campaigns'), '--web', page_folder,
  ], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let said = '';
    real.stdout.on('data', (text) => { said += text; });
    const [, url] = await until('the server', () => /public (http:\S+)\//.exec(said));
    await context.addInitScript(kStorageTroubles['is denied storage']);
    const page = await context.newPage(), batches = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('"batch"')) batches.push(String(payload));
    }));
    await page.goto(`${url}/c/lip-popup/?lang=en&mode=test`);
    await running(page);
    await (await Fingers.of(page)).tap(100, 300);
    await until('everything to be settled', async () => {
      const state = await app(page);
      return state.recorded > 0 && state.outbox_rows === 0;
    });
    assert.ok(batches.length > 0);
    for (const batch of batches) assert.equal(JSON.parse(batch).storage, 'memory');
  } finally {
    real.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
}));
