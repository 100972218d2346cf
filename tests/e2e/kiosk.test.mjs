// SPDX-License-Identifier: MIT
// A touch on the kiosk lands on the server's disk, in order, once, whatever fails in between.

import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  Proxy, assertContiguousOnce, assertTouches, enrol, eventually, exported, finished, playThrough,
  ready, setUp, startKiosk, startServer, stay, touchLines, touches,
} from './support.mjs';

test('each touch is stored in order, once, in its place', async (t) => {
  const { data, url } = await setUp(t);
  await playThrough(t, { data, url, count: 40, args: enrol(data) });
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  assertTouches(events, 40);
});

test('two fingers at once are two touches', async (t) => {
  const { data, url } = await setUp(t);
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data),
    script: [...ready, 'two 4 30 4 90', ...stay],
  });
  await eventually('two touches', () => touches(exported(data.server)).length >= 2);
  await kiosk.stop();
  const pointers = touches(exported(data.server)).map((event) => event.data.pointer);
  assert.equal(new Set(pointers).size, 2);
});

test('offline from cold boot it records, and delivers when it finds the server', async (t) => {
  const { data, url } = await setUp(t);
  await finished(startKiosk(t, {
    data: data.kiosk, script: [...ready, ...touchLines(0, 15), 'quit'],
  }));
  await playThrough(t, { data, url, from: 15, count: 5, args: enrol(data) });
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  assertTouches(events, 20);
});

test('a network that is cut in the middle of a message loses and doubles nothing', async (t) => {
  const { data, server } = await setUp(t);
  const proxy = await new Proxy(t, server.port).open();
  // Each connection ends in the middle of what it carries; eighty touches are far more than all of
  // them let through.
  const cuts = [3000, 1500, 2100, 333];
  proxy.cutAfterBytes = cuts[0];
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: `ws://127.0.0.1:${proxy.port}/ws`, args: enrol(data),
    script: [...ready, ...touchLines(0, 80, '40ms'), ...stay],
  });
  for (const bytes of [...cuts.slice(1), Infinity]) {
    await eventually('the cut', () => proxy.isCut);
    proxy.restore(bytes);
  }
  await eventually('all touches', () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    return touches(exported(data.server)).length >= 80;
  });
  await kiosk.stop();
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  assertTouches(events, 80);
});

test('a server killed at random under touches loses and doubles nothing', async (t) => {
  const { data, url, server } = await setUp(t);
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data),
    script: [...ready, ...touchLines(0, 80, '40ms'), ...stay],
  });
  let current = server;
  for (let kills = 0; kills < 5; ++kills) {
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 900));
    await current.kill();
    current = await startServer(t, data.server, { port: server.port });
  }
  await eventually('all touches', () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    return touches(exported(data.server)).length >= 80;
  });
  await kiosk.stop();
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  assertTouches(events, 80);
});

test('a kiosk killed at random keeps every touch it said it had stored', async (t) => {
  const { data, url } = await setUp(t);
  await playThrough(t, { data, url, count: 1, args: enrol(data) });
  for (let kills = 0; kills < 4; ++kills) {
    const kiosk = startKiosk(t, {
      data: data.kiosk, server: url, script: [...ready, ...touchLines(1, 100), ...stay],
    });
    const before = touches(exported(data.server)).length;
    await eventually('a new touch is stored', () => touches(exported(data.server)).length > before);
    await kiosk.kill();
  }
  const delivered = touches(exported(data.server)).length;
  await playThrough(t, { data, url, from: 500, count: 3, total: delivered + 3 });
  assertContiguousOnce(assert, exported(data.server));
});

test('a restored snapshot numbers anew and overwrites nothing', async (t) => {
  const { base, data, url } = await setUp(t);
  await playThrough(t, { data, url, count: 10, args: enrol(data) });
  const snapshot = join(base, 'snapshot');
  cpSync(data.kiosk, snapshot, { recursive: true });
  await playThrough(t, { data, url, from: 10, count: 10 });
  rmSync(data.kiosk, { recursive: true });
  cpSync(snapshot, data.kiosk, { recursive: true });
  await playThrough(t, { data, url, from: 20, count: 10 });
  const events = exported(data.server);
  assert.equal(assertContiguousOnce(assert, events).size, 3, 'one incarnation a start');
  assertTouches(events, 30);
});
