// SPDX-License-Identifier: MIT
// What goes wrong between a phone and the server: many fingers, reloads, browsers that are killed, a
// network that is cut, a clock that is wrong, several tabs. Real Chromium, the real server, its export.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import {
  Fingers, Profile, chromium_flags, chromium_path, kPatience, open_page, outboxes, running, serve_static, statistics,
  until,
} from './harness.mjs';
import {
  Proxy, assertContiguousOnce, campaign, exported, folder, live, startServer, touches,
} from '../e2e/support.mjs';

const address = (port) => `http://127.0.0.1:${port}/c/lip-popup/?lang=en&mode=test`;

async function set_up(t) {
  const data = folder(t);
  const server = await startServer(t, data);
  const profile = new Profile();
  t.after(() => profile.remove());
  return { data, server, profile, rows: () => exported(data), downs: () => touches(exported(data)) };
}

async function start(context, port, prepare) {
  const page = await open_page(context, address(port), prepare);
  await running(page);
  return page;
}

const settled = (page) => until('everything to be settled', async () => {
  const { app } = await statistics(page);
  return app.network === 'open' && app.outbox_rows === 0 && app.recorded > 0 && app;
});

const stored = (page, at_least) => until('rows on the disk', async () => {
  const { app } = await statistics(page);
  return app.outbox_unstored === 0 && app.recorded >= at_least && app;
});

// Each tap is at a place of its own, far from every button.
const place = (index) => [30 + 4 * (index % 80), 345 + 2 * (index % 60)];
async function tap_all(fingers, from, count) {
  for (let i = from; i < from + count; i++) await fingers.tap(...place(i));
}

// Taps from place `from` on, `least` times and until the network is cut: how many taps there are then.
async function tap_until_cut(fingers, proxy, from, least = 0) {
  let next = from;
  for (; !proxy.isCut || next < from + least; next++) {
    assert.ok(next < from + 500, 'the page sends nothing that could be cut');
    await tap_all(fingers, next, 1);
  }
  return next;
}

test('two and three fingers at once: each is a touch of its own, where it was', async (t) => {
  const { server, profile, rows, downs } = await set_up(t);
  const page = await start(await profile.open(), server.port), fingers = await Fingers.of(page);
  await fingers.tap(200, 400);  // leads to the next scene, where nothing answers the rest
  await until('the wall', async () => (await statistics(page)).app.scene === 'wall');
  const two = [[10, 120], [370, 130]], three = [[10, 140], [200, 150], [370, 160]];
  for (const points of [two, three]) {
    await fingers.down(...points);
    await fingers.move(...points.map(([x, y]) => [x + 3, y + 1]));
    await fingers.up();
  }
  const lifted = () => rows().filter(({ type, data }) => type === 'screen_touched' && data.phase === 'up');
  await until('all fingers are lifted', () => lifted().length >= 6);
  assertContiguousOnce(assert, rows());
  const found = downs().slice(1), scale = found[0].data.x / 10;
  assert.equal(found.length, 5);
  const near = (touch, [x, y]) => {
    assert.ok(Math.abs(touch.data.x - x * scale) < 1.5 && Math.abs(touch.data.y - y * scale) < 1.5,
              `${JSON.stringify(touch.data)} is not at ${x}, ${y}`);
  };
  [...two, ...three].forEach((point, i) => near(found[i], point));
  assert.equal(new Set(found.slice(0, 2).map(({ data }) => data.pointer)).size, 2);
  assert.equal(new Set(found.slice(2).map(({ data }) => data.pointer)).size, 3);
  assert.equal(lifted().length, 6);
  assert.deepEqual(await page.problems(), []);
});

test('a page reloaded in the middle of a batch loses and doubles nothing that it had stored', async (t) => {
  const { server, profile, rows, downs } = await set_up(t);
  const proxy = await new Proxy(t, server.port).open();
  const page = await start(await profile.open(), proxy.port);
  for (const bytes of [500, 1900]) {
    const before = downs().length;
    await settled(page);
    // The network ends in the middle of a message, then the page in the middle of its resends.
    proxy.cutAfterBytes = bytes;
    const touched = await tap_until_cut(await Fingers.of(page), proxy, before, 8);
    const { incarnation, outbox_rows } = await stored(page, 2 * (touched - before));
    assert.ok(outbox_rows > 0);
    proxy.restore();
    await page.reload();
    await running(page);
    await settled(page);
    await until('all touches', () => downs().length === touched);
    assert.ok(downs().slice(before).every(({ id }) => id.startsWith(incarnation)));
  }
  assertContiguousOnce(assert, rows());
});

// A browser of our own, which playwright does not end politely.
async function wild_browser(profile) {
  const browser = spawn(chromium_path, [
    ...chromium_flags, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile.folder}`,
    'about:blank',
  ], { stdio: 'ignore', detached: true });
  const gone = new Promise((resolve) => browser.once('exit', resolve));
  // Its helpers are in its process group; nobody says good-bye to the page.
  const kill = async () => {
    try { process.kill(-browser.pid, 'SIGKILL'); } catch { /* it is gone */ }
    await gone;
  };
  profile.ends.push(kill);
  const port_file = join(profile.folder, 'DevToolsActivePort');
  await until('the browser', () => existsSync(port_file) && readFileSync(port_file, 'utf8').includes('\n'));
  const [port] = readFileSync(port_file, 'utf8').split('\n');
  const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  return { kill, context: connection.contexts()[0], connection };
}

test('a browser killed with SIGKILL in the middle of a batch keeps what it had stored', async (t) => {
  const { server, profile, rows, downs } = await set_up(t);
  const proxy = await new Proxy(t, server.port).open();
  const first = await wild_browser(profile);
  const page = await start(first.context, proxy.port), fingers = await Fingers.of(page);
  await tap_all(fingers, 0, 5);
  await settled(page);
  // The next batch is cut in its middle: the server has half a message, the browser the whole.
  proxy.cutAfterBytes = 400;
  await tap_all(fingers, 5, 20);
  const held = await stored(page, 50);
  assert.ok(held.outbox_rows > 0);
  await first.kill();
  await first.connection.close().catch(() => {});
  proxy.restore();
  const context = await profile.open();
  const next = await start(context, proxy.port);
  await settled(next);
  await until('all touches', () => downs().length === 25);
  assert.ok(downs().every(({ id }) => id.startsWith(held.incarnation)));
  assertContiguousOnce(assert, rows());
});

test('a network cut in the middle of messages, again and again', async (t) => {
  const { server, profile, rows, downs } = await set_up(t);
  const proxy = await new Proxy(t, server.port).open();
  const page = await start(await profile.open(), proxy.port), fingers = await Fingers.of(page);
  let touched = 0;
  for (const bytes of [300, 900, 1700]) {
    proxy.cutAfterBytes = bytes;
    touched = await tap_until_cut(fingers, proxy, touched);
    await tap_all(fingers, touched, 3);
    touched += 3;
    proxy.restore();
    await settled(page);
  }
  await until('all touches', () => downs().length === touched);
  assert.equal(assertContiguousOnce(assert, rows()).size, 1);
});

test('two live tabs record side by side; what a third left is adopted by one of them, once', async (t) => {
  const { data, server, profile, rows, downs } = await set_up(t);
  let context = await profile.open();
  const left = await start(context, server.port);
  await settled(left);
  await server.kill();
  await tap_all(await Fingers.of(left), 0, 4);
  const { incarnation } = await stored(left, 8);
  await context.close();
  await startServer(t, data, { port: server.port });
  context = await profile.open();
  const tabs = await Promise.all([start(context, server.port), start(context, server.port)]);
  let touched = 4;
  for (const tab of [...tabs, ...tabs]) {
    await tab.bringToFront();
    await tap_all(await Fingers.of(tab), touched, 5);
    touched += 5;
  }
  await until('all touches', () => downs().length === touched);
  const found = assertContiguousOnce(assert, rows());
  const own = await Promise.all(tabs.map(async (tab) => (await statistics(tab)).app.incarnation));
  assert.equal(new Set([incarnation, ...own]).size, 3);
  assert.deepEqual([...found.keys()].sort(), [incarnation, ...own].sort());
});

test('a clock a year behind: its own time is kept, the true one is told', async (t) => {
  const { server, profile, rows } = await set_up(t);
  const page = await start(await profile.open(), server.port, () => {
    const now = Date.now;
    Date.now = () => now.call(Date) - 365 * 24 * 3600 * 1000;
  });
  await tap_all(await Fingers.of(page), 0, 3);
  await settled(page);
  const found = touches(rows());
  assert.equal(found.length, 3);
  const year = 365 * 24 * 3600 * 1000;
  for (const row of found) {
    const [time, device, sent, received] =
      [row.time, row.devicetime, row.senttime, row.receivedtime].map((text) => Date.parse(text));
    // A year is told from the minutes that a slow machine may take.
    assert.ok(Math.abs(received - time) < kPatience, `corrected to ${row.time}`);
    for (const own of [device, sent]) assert.ok(Math.abs(received - own - year) < kPatience);
  }
  assert.equal((await live(server)).quarantined, 0);
});

test('a token records for its own campaign and for no other', async (t) => {
  const base = folder(t), campaigns = join(base, 'campaigns');
  for (const id of ['lip-popup', 'other']) {
    cpSync(campaign, join(campaigns, id), { recursive: true });
    const file = join(campaigns, id, 'campaign.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"id": "lip-popup"', `"id": "${id}"`));
  }
  const server = await startServer(t, join(base, 'data'), { args: ['--campaigns', campaigns] });
  const profile = new Profile();
  t.after(() => profile.remove());
  const page = await (await profile.open()).newPage();
  await page.goto(address(server.port), { waitUntil: 'commit' });
  // A page that says what it likes, with a token for one campaign.
  const ack = await page.evaluate(async () => {
    const { token } = await (await fetch('/api/token', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"campaign": "lip-popup"}',
    })).json();
    const incarnation = 'ab'.repeat(16), socket = new WebSocket(`ws://${location.host}/ws`, 'vitrine.1');
    const next = () => new Promise((resolve, reject) => {
      socket.onmessage = ({ data }) => resolve(JSON.parse(data));
      socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
    });
    const say = (message) => socket.send(JSON.stringify(message));
    await next();
    say({ kind: 'hello', token, incarnation, next: 1, oldest: 1, build: 'test', scenes: [] });
    await next();
    const row = (campaign) => ({
      type: 'session_extended', time: Date.now(), data: {}, session: '', campaign, brand: '', scene: '', mode: 'test',
    });
    say({ kind: 'batch', incarnation, first: 1, sent: Date.now(),
          rows: ['lip-popup', 'other', 'none', 'lip-popup'].map(row) });
    return next();
  });
  assert.equal(ack.mark, 4);
  assert.equal(ack.quarantined, 1);
  assert.deepEqual((await live(server)).quarantined_by_reason, { wrong_campaign: 1 });
  assertContiguousOnce(assert, exported(join(base, 'data')), 2);
});

// What a page over plain http from another machine sees, and a tab whose clock is ahead: to it every
// other tab's lease has run out.
const without_locks = () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
const an_hour_ahead = () => {
  const now = Date.now;
  Date.now = () => now.call(Date) + 3600000;
  window.right_the_clock = () => { Date.now = now; };
};

// The page's files while its server is away.
const stand_in = (page, files, port) => page.route(`http://127.0.0.1:${port}/**`, async (route) => {
  const { pathname, search } = new URL(route.request().url());
  if (route.request().method() !== 'GET') return route.continue();
  await route.fulfill({ response: await route.fetch({ url: files.address + pathname + search }) });
});

async function fall_asleep(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return () => session.send('Page.setWebLifecycleState', { state: 'active' });
}

// Three minutes of sleep: in `./dev test all`.
const in_all = { skip: process.env.VITRINE_LONG !== '1' };

test('a tab that slept past its lease loses and doubles nothing of its own or of who took it', in_all, async (t) => {
  const { data, server, profile, rows, downs } = await set_up(t);
  const context = await profile.open();
  await context.addInitScript(without_locks);
  const sleeper = await start(context, server.port);
  await settled(sleeper);
  await server.kill();
  await tap_all(await Fingers.of(sleeper), 0, 5);
  await stored(sleeper, 10);
  const wake = await fall_asleep(sleeper);
  const thief = await context.newPage();
  await thief.addInitScript(an_hour_ahead);
  const files = await serve_static();
  t.after(() => files.close());
  await stand_in(thief, files, server.port);
  await thief.goto(address(server.port));
  await running(thief);
  assert.ok((await stored(thief, 0)).outbox_rows >= 10, 'it took nothing over');
  await thief.evaluate(() => window.right_the_clock());
  await tap_all(await Fingers.of(thief), 5, 4);
  await stored(thief, 8);
  await thief.goto('about:blank');
  await thief.close();
  await sleeper.bringToFront();
  await wake();
  await tap_all(await Fingers.of(sleeper), 9, 3);
  // It has noticed, and has what it holds in a storage of its own.
  await until('the loss of its storage', async () => {
    const { app } = await statistics(sleeper);
    return app.outbox_unstored === 0 && !app.outbox_memory_only && app.outbox_rows >= 16;
  });
  assert.equal((await outboxes(sleeper)).length, 2);
  await startServer(t, data, { port: server.port });
  await until('all touches', () => downs().length === 12);
  assertContiguousOnce(assert, rows());
});
