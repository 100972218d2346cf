// SPDX-License-Identifier: MIT
// A touch on the page is on the server's disk, once, whatever fails in between: real Chromium, real
// fingers, the real server and its export.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fingers, Profile, open_page, page_folder, root, running, statistics, until } from './harness.mjs';

const programs = process.env.VITRINE_BIN || join(root, 'build/native-release/bin');

class Server {
  constructor() {
    this.data = mkdtempSync(join(tmpdir(), 'vitrine-data-'));
    this.port = 0;
  }
  // A second start takes the same port, as a restarted service does.
  async start() {
    this.process = spawn(join(programs, 'vitrine-server'), [
      '--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--staff-listen', '127.0.0.1:0',
      '--campaigns', join(root, 'assets/campaigns'), '--web', page_folder,
    ], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    this.process.stdout.on('data', (text) => { said += text; });
    const [, port] = await until('the server', () => /public http:\/\/[^:]+:(\d+)/.exec(said));
    this.port = Number(port);
  }
  get page() { return `http://127.0.0.1:${this.port}/c/lip-popup/?lang=en&mode=test`; }
  async stop(signal) {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await ended;
  }
  rows() {
    const text = execFileSync(join(programs, 'vitrine'), ['export', '--data', this.data],
                              { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }
  remove() { rmSync(this.data, { recursive: true, force: true }); }
}

async function with_everything(work) {
  const server = new Server(), profile = new Profile();
  await server.start();
  let context = await profile.open();
  const again = async () => {
    await context.close().catch(() => {});
    context = await profile.open();
    return context;
  };
  try {
    await work({ server, context, again });
  } finally {
    await context.close().catch(() => {});
    await server.stop('SIGKILL').catch(() => {});
    await profile.remove();
    server.remove();
  }
}

async function start(context, server) {
  const page = await open_page(context, server.page);
  await running(page);
  return page;
}

const settled = (page) => until('everything to be settled', async () => {
  const { app } = await statistics(page);
  return app.network === 'open' && app.outbox_rows === 0 && app.recorded > 0 && app;
});

// By incarnation: the ids are 1, 2, 3, ... without a hole and without a double.
function assert_once_each(rows) {
  const sequences = new Map();
  for (const row of rows) {
    const [incarnation, sequence] = row.id.split(':');
    if (!sequences.has(incarnation)) sequences.set(incarnation, []);
    sequences.get(incarnation).push(Number(sequence));
  }
  for (const [incarnation, found] of sequences) {
    assert.deepEqual(found, found.map((_, i) => i + 1), `${incarnation} has holes, doubles or disorder`);
  }
  return sequences;
}

const downs = (rows) => rows.filter((row) => /screen_touched$/.test(row.type) && row.data.phase === 'down');

// Known places, far from every button.
const places = (count) => Array.from({ length: count }, (_, i) => [40 + 9 * i, 360 + 5 * i]);

test('every touch is stored once, in order, where it was', () => with_everything(async ({ server, context }) => {
  const page = await start(context, server), fingers = await Fingers.of(page);
  const known = places(12);
  for (const [x, y] of known) await fingers.tap(x, y);
  await fingers.down([70, 420], [320, 440]);
  await fingers.up();
  await settled(page);
  const rows = server.rows();
  assert_once_each(rows);
  const touched = downs(rows);
  assert.equal(touched.length, known.length + 2);
  assert.equal(new Set(touched.slice(-2).map((row) => row.data.pointer)).size, 2);
  // Scene units may be scaled; what must hold is the line the fingers drew.
  const scale = touched[0].data.x / known[0][0];
  known.forEach(([x, y], i) => {
    assert.ok(Math.abs(touched[i].data.x - x * scale) < 1.5, `touch ${i} at x ${touched[i].data.x}`);
    assert.ok(Math.abs(touched[i].data.y - y * scale) < 1.5, `touch ${i} at y ${touched[i].data.y}`);
  });
  assert.deepEqual(await page.problems(), []);
}));

test('a server killed under a shopper\'s fingers loses and doubles nothing', () =>
  with_everything(async ({ server, context }) => {
    const page = await start(context, server), fingers = await Fingers.of(page);
    let touches = 0;
    for (let round = 0; round < 3; round++) {
      for (const [x, y] of places(6)) { await fingers.tap(x, y); touches++; }
      await server.stop('SIGKILL');
      for (const [x, y] of places(6)) { await fingers.tap(x, y); touches++; }
      await server.start();
    }
    await settled(page);
    const rows = server.rows();
    assert.equal(assert_once_each(rows).size, 1);
    assert.equal(downs(rows).length, touches);
  }));

test('what a closed browser held is sent by its next start, under the old incarnation', () =>
  with_everything(async ({ server, context, again }) => {
    let page = await start(context, server);
    await settled(page);
    await server.stop('SIGKILL');
    const fingers = await Fingers.of(page);
    for (const [x, y] of places(5)) await fingers.tap(x, y);
    const held = await until('rows on the disk', async () => {
      const { app } = await statistics(page);
      return app.outbox_unstored === 0 && app.outbox_rows >= 10 && app;
    });
    await server.start();
    page = await start(await again(), server);
    await settled(page);
    const rows = server.rows();
    assert_once_each(rows);
    assert.equal(downs(rows).length, 5);
    assert.ok(downs(rows).every(({ id }) => id.startsWith(held.incarnation)));
  }));

test('what two closed tabs held is sent by the one that follows', () =>
  with_everything(async ({ server, context, again }) => {
    const pages = [await start(context, server), await start(context, server)];
    await server.stop('SIGKILL');
    for (const page of pages) {
      await page.bringToFront();
      const fingers = await Fingers.of(page);
      for (const [x, y] of places(4)) await fingers.tap(x, y);
      await until('rows on the disk', async () => {
        const { app } = await statistics(page);
        return app.outbox_unstored === 0 && app.recorded >= 8;
      });
    }
    await server.start();
    const page = await start(await again(), server);
    await settled(page);
    const rows = await until('the other tab\'s rows', () => {
      const found = server.rows();
      return downs(found).length === 8 && found;
    });
    assert_once_each(rows);
    assert.equal(new Set(downs(rows).map(({ id }) => id.split(':')[0])).size, 2);
  }));

// The same numbers every time.
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// Two fingers that go down one after the other, perhaps drag, and lift or are taken away.
async function touch_by_two(fingers, random) {
  const place = () => [4 + Math.floor(random() * 384), 4 + Math.floor(random() * 836)];
  const one = place(), two = place();
  await fingers.down(one);
  await fingers.down(one, two);
  for (let steps = Math.floor(random() * 3); steps > 0; steps--) await fingers.move(place(), place());
  await (random() < 0.05 ? fingers.cancel() : fingers.up());
}

const is_long = process.env.VITRINE_LONG === '1', kTouches = is_long ? 10000 : 120, kBurst = is_long ? 200 : 60;

test('after any touches of two fingers the page finds back, and each is stored once', () =>
  with_everything(async ({ server, context }) => {
    const page = await start(context, server), fingers = await Fingers.of(page), random = seeded(20260101);
    const scene = async () => (await statistics(page)).app.scene;
    const begin = await scene();
    for (let touched = 0; touched < kTouches; touched += kBurst) {
      for (let i = 0; i < kBurst; i += 2) await touch_by_two(fingers, random);
      await until(`a way back after ${touched + kBurst} touches`, async () => {
        if (await scene() === begin) return true;
        await page.keyboard.press('Escape');
        return false;
      });
    }
    await settled(page);
    const rows = server.rows(), touched = rows.filter((row) => /screen_touched$/.test(row.type));
    assert_once_each(rows);
    assert.equal(downs(rows).length, kTouches);
    assert.equal(touched.length, 2 * kTouches, 'every finger that went down lifted or was taken away');
    assert.deepEqual(await page.problems(), []);
  }));
