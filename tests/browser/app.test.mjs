// SPDX-License-Identifier: MIT
// The page as an app: from its second visit on it comes from the phone, without a network too.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { first_visit, kPath, kept, press, registration, set_up, settled, visit } from './app_visits.mjs';
import { Profile, chromium_flags, drawn, open_page, page_folder, root, running, serve_static, statistics, until,
         whole_chromium_path } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

test('a second visit loads nothing but what the socket needs, and a third needs no server', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    const first = await first_visit(context, place);
    assert.deepEqual(await first.problems(), []);
    await first.close();

    place.proxy.seen.length = 0;
    const second = await visit(context, place);
    await drawn(second);
    await settled(second);
    await until('all of the engine', () => second.evaluate(() => window.vitrine.whole === '1'));
    await until('the worker to be compared', () => place.proxy.seen.some(({ path }) => path === `${kPath}sw.js`));
    await until('its end', () => place.proxy.seen.every(({ status }) => status));
    const may_ask = ['GET /ws 101', 'POST /api/token 200', `GET ${kPath}sw.js 304`];
    for (const { method, path, status, bytes } of place.proxy.seen) {
      const what = `${method} ${path} ${status}`;
      assert.ok(may_ask.includes(what), what);
      if (path.endsWith('sw.js')) assert.equal(bytes, 0);
    }
    assert.deepEqual(await second.problems(), []);
    await second.close();

    place.proxy.cut();
    const third = await visit(context, place);
    await drawn(third);
    await until('all of the engine', () => third.evaluate(() => window.vitrine.whole === '1'));
    assert.deepEqual(await third.problems(), []);
  }));

test('nothing of an interface, a provider or the socket is ever kept', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    const first = await first_visit(context, place);
    await first.close();
    const second = await visit(context, place);
    await settled(second);
    await second.evaluate(async () => {
      for (const path of ['/api/token', '/provider/sandbox/sandbox.css', '/ws', '/healthz', '/live']) await fetch(path);
    });
    const [[, paths], ...more] = Object.entries(await kept(second));
    assert.deepEqual(more, []);
    for (const path of paths) assert.match(path, /^\/(assets\/|c\/lip-popup\/(art\/|campaign\.json|split\.html|manifest|icon-))/);
    assert.ok(paths.includes(`${kPath}campaign.json`));
  }));

test('a half-filled cache leaves the page working, and is filled again', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    const first = await first_visit(context, place);
    const whole = Object.values(await kept(first))[0].sort();
    await first.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        const all = await cache.keys();
        for (const request of all.filter(({ url }) => /wasm$|campaign\.json$/.test(url))) await cache.delete(request);
      }
    });
    await first.close();
    const second = await visit(context, place);
    await drawn(second);
    assert.ok(place.proxy.seen.some(({ method, path }) => method === 'GET' && path === kPath));
    await until('the gaps to be filled', async () =>
      JSON.stringify(Object.values(await kept(second))[0].sort()) === JSON.stringify(whole));
    assert.deepEqual(await second.problems(), []);
  }));

test('where there is no room the page works without a worker', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: place.proxy.address, quotaSize: 300000 });
    // It is told that there is room, and finds out itself that there is none.
    await page.addInitScript(() => {
      navigator.storage.estimate = async () => ({ quota: 1e9, usage: 0 });
      const register = navigator.serviceWorker.register.bind(navigator.serviceWorker);
      navigator.serviceWorker.register = async (...how) => {
        const made = await register(...how);
        const worker = made.installing ?? made.waiting ?? made.active;
        const told = () => { window.ended = worker.state; };
        told();
        worker.addEventListener('statechange', told);
        return made;
      };
    });
    await page.goto(place.url);
    await running(page);
    await until('the worker to give up', () => page.evaluate(() => window.ended === 'redundant'));
    assert.deepEqual(await kept(page), {});
    await drawn(page);
    await page.close();
    const again = await visit(context, place);
    await drawn(again);
    assert.deepEqual(await again.problems(), []);
  }));

test('what a new build brings is taken up when nobody is at the page, never under a finger', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    const first = await first_visit(context, place);
    const [before] = Object.keys(await kept(first));
    await first.close();
    // It looks more often, and each look is counted.
    await context.addInitScript(() => {
      const every = window.setInterval;
      window.looks = 0;
      window.setInterval = (act, ms, ...more) => (ms !== 5000 ? every(act, ms, ...more)
        : every(() => { act(); window.looks++; }, 50));
      window.addEventListener('pagehide', () => {
        sessionStorage.setItem('left', JSON.stringify(JSON.parse(window.vitrine.statistics).app));
      });
    });
    const page = await visit(context, place);
    await drawn(page);
    await press(page, 'start');
    await until('a session', async () => (await statistics(page)).app.engaged);
    await page.evaluate(() => { window.is_same = true; });
    const file = join(place.web, 'worker.template'), version = /'[0-9a-f]{12} '/;
    assert.match(readFileSync(file, 'utf8'), version);
    writeFileSync(file, readFileSync(file, 'utf8').replace(version, "'another build '"));
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await until('a worker that waits', async () => (await registration(page)).waiting);
    const from = await page.evaluate(() => window.looks);
    await until('ten looks', () => page.evaluate((n) => window.looks > n + 10, from));
    assert.equal(await page.evaluate(() => window.is_same), true);
    assert.ok((await registration(page)).waiting);
    for (const button of ['open', 'take', 'done']) await press(page, button);
    await until('the new one', () => page.evaluate(() => !window.is_same).catch(() => false));
    await running(page);
    assert.equal(JSON.parse(await page.evaluate(() => sessionStorage.getItem('left'))).engaged, false);
    assert.equal((await registration(page)).waiting, false);
    await until('the old one to be dropped', async () => Object.keys(await kept(page)).length === 1);
    assert.notEqual(Object.keys(await kept(page))[0], before);
    assert.deepEqual(await page.problems(), []);
  }));

test('the kill switch takes worker and all it kept from every phone at its next visit', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    await (await first_visit(context, place)).close();
    await place.restart(['--no-page-worker']);
    // A page that asks for files all the while: what it asks for as the old worker is stopped wakes that one, and
    // Chromium then leaves the new one waiting. It looks whether nobody is there when the test says so, and often then.
    const next = await visit(context, place, '', () => {
      const every = window.setInterval;
      window.asks = !!navigator.serviceWorker.controller;
      const ask = () => window.asks && fetch('campaign.json').then((answer) => answer.text()).catch(() => {}).then(ask);
      for (let i = 0; i < 4; i++) ask();
      window.setInterval = (act, ms, ...more) => (ms !== 5000 ? every(act, ms, ...more)
        : every(() => { if (window.may_look) act(); }, 50));
    });
    await until('the worker that takes the other away', async () => {
      const now = await registration(next);
      return !now || now.waiting;
    });
    await next.evaluate(() => { window.asks = false; });
    await settled(next);
    assert.deepEqual(await next.problems(), []);
    await next.evaluate(() => { window.may_look = true; });
    // Where it had to be asked for, the page begins anew at that: here it does in any case.
    await until('the worker to be gone', async () => !await registration(next).catch(() => true));
    place.proxy.seen.length = 0;
    await next.reload().catch(() => {});
    await until('the page without it', () => next.evaluate(() => window.vitrine.whole === '1').catch(() => false));
    await until('its question', () => place.proxy.seen.some(({ method, path, status }) =>
      method === 'HEAD' && path === `${kPath}sw.js` && status));
    assert.deepEqual(await kept(next), {});
    assert.deepEqual(await next.problems(), []);
    await next.close();
    place.proxy.seen.length = 0;
    const after = await visit(context, place);
    await until('it to have asked', () => place.proxy.seen.some(({ path }) => path === `${kPath}sw.js`));
    // The page comes from the server, or the server says that it has not changed.
    const asked = place.proxy.seen.filter(({ path }) => path === kPath).map(({ status }) => status);
    assert.ok(asked.length === 1 && [200, 304].includes(asked[0]), asked.join());
    assert.deepEqual(place.proxy.seen.filter(({ path }) => path.endsWith('sw.js')).map(({ method }) => method), ['HEAD']);
    assert.equal(await registration(after), undefined);
    assert.deepEqual(await after.problems(), []);
    // Switched on again, phones have it again.
    await after.close();
    await place.restart([]);
    await first_visit(context, place);
  }));

test('by plain HTTP there is no worker, and all else is as it was', async (t) => {
  const place = await set_up(t);
  const profile = new Profile();
  try {
    const context = await profile.open({ args: [...chromium_flags, '--host-resolver-rules=MAP shop.example 127.0.0.1'] });
    const page = await open_page(context, `http://shop.example:${place.proxy.port}${kPath}?lang=en&mode=test`);
    await running(page);
    await settled(page);
    await until('what makes an app of it', () => page.$('link[rel=manifest]'));
    assert.equal(await page.evaluate(() => 'serviceWorker' in navigator), false);
    assert.ok(!place.proxy.seen.some(({ path }) => path.endsWith('sw.js')));
    assert.deepEqual(await page.problems(), []);
  } finally {
    await profile.remove();
  }
});

test('on a host that serves files a page comes without a network too, and else what it has now', () =>
  with_context(async (context) => {
    let next_scene = '';
    const server = await serve_static({
      first: (path, response) => {
        if (path !== '/c/lip-popup/campaign.json' || !next_scene) return false;
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(readFileSync(join(root, 'assets/campaigns', path.slice(3)), 'utf8').replace('"next": "wall"', next_scene));
        return true;
      },
    });
    const place = { url: `${server.address}/?lang=en` };
    await (await first_visit(context, place)).close();
    const second = await visit(context, place);
    await drawn(second);
    await until('its campaign to be kept', async () =>
      Object.values(await kept(second))[0].includes('/c/lip-popup/campaign.json'));
    await second.close();
    // Its host has another one by now.
    next_scene = '"next": "claim"';
    const third = await visit(context, place);
    await drawn(third);
    assert.match(await third.evaluate(async () => (await fetch('/c/lip-popup/campaign.json')).text()), /"next": "claim"/);
    await third.close();
    await server.close();
    const last = await visit(context, place);
    await until('all of the engine', () => last.evaluate(() => window.vitrine.whole === '1'));
    await drawn(last);
    assert.match(await last.evaluate(async () => (await fetch('/c/lip-popup/campaign.json')).text()), /"next": "claim"/);
    assert.deepEqual(await last.problems(), []);
  }));

test('the browser finds nothing that keeps the page from being installed', async (t) => {
  const place = await set_up(t);
  const profile = new Profile();
  try {
    const context = await profile.open({ executablePath: whole_chromium_path });
    const page = await first_visit(context, place);
    const session = await context.newCDPSession(page);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    assert.equal(new URL(url).pathname, `${kPath}manifest.webmanifest`);
    assert.deepEqual(errors, []);
    // The build says the same of the campaign that is built in.
    assert.deepEqual(JSON.parse(data), JSON.parse(readFileSync(join(page_folder, 'manifest.webmanifest'), 'utf8')));
    // A profile in memory alone, as tests have it, is all that it minds.
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
    assert.deepEqual(await page.problems(), []);
  } finally {
    await profile.remove();
  }
});
