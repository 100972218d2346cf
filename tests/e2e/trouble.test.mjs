// SPDX-License-Identifier: MIT
// What goes wrong on the kiosk's own side: no room, rows that nobody understands, campaigns that are
// broken, a program that dies. What was recorded is delivered, or counted as lost; never silently.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  Proxy, assertContiguousOnce, assertTouches, campaign, enrol, eventually, exported, finished, gate,
  live, metric, place, playThrough, ready, setUp, startKiosk, startServer, statisticsOf, stay,
  touchLines, touches,
} from './support.mjs';

const yOf = (events) => touches(events).map(({ data }) => Math.round(data.y));

// On the disk of a kiosk that does not run.
const heldRows = (folder) => Number(execFileSync('python3', ['-c', `
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM rows').fetchone()[0])
`, join(folder, 'outbox.sqlite3')]));

// Runs SQL on a kiosk's outbox while the kiosk does not run.
function changeOutbox(folder, ...statements) {
  execFileSync('python3', ['-c', `
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as outbox:
    for statement in sys.argv[2:]: outbox.execute(statement)
`, join(folder, 'outbox.sqlite3'), ...statements]);
}

test('an outbox at its limit drops the oldest, counts the hole once and delivers the rest', async (t) => {
  const { base, data, server, url } = await setUp(t);
  const away = gate(base, 'away'), full = join(base, 'full.png');
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: [...enrol(data), '--outbox-rows', '40'],
    script: [...ready, ...touchLines(0, 3), away.line, ...touchLines(3, 57), `screenshot ${full}`,
             ...touchLines(60, 5), ...stay],
  });
  await eventually('the first touches', () => touches(exported(data.server)).length >= 3);
  await server.kill();
  away.open();
  await eventually('the kiosk to be at its limit', () => existsSync(full));
  const again = await startServer(t, data.server, { port: server.port });
  const last = place(64).y;
  await eventually('what came behind the hole', () => yOf(exported(data.server)).includes(last));
  await kiosk.stop();
  const { lost } = statisticsOf(kiosk);
  assert.ok(lost >= 60, `${lost} rows lost`);
  const events = exported(data.server);
  assert.equal(assertContiguousOnce(assert, events, lost).size, 1);
  await eventually('the counters', async () => (await live(again)).lost === lost);
  assert.deepEqual((await live(again)).lost_by_reason, { outbox_full: lost });
  assert.equal(await metric(again, 'vitrine_lost_total{reason="outbox_full"}'), lost);
});

test('rows that no server takes are set aside by reason and block nothing', async (t) => {
  const { data, server, url } = await setUp(t);
  await finished(startKiosk(t, {
    data: data.kiosk, script: [...ready, ...touchLines(0, 10), 'quit'],
  }));
  const row = (type, value) => JSON.stringify({
    session: '', campaign: 'lip-popup', brand: '', scene: 'wall', mode: 'live', type, time: 1, data: value,
  });
  changeOutbox(data.kiosk,
    `UPDATE rows SET row = '${row('teleported', {})}' WHERE sequence = 8`,
    `UPDATE rows SET row = '${row('button_activated', { button: 'x'.repeat(5000) })}' WHERE sequence = 9`,
    `UPDATE rows SET row = '${row('screen_touched', { x: 1e9, y: 0, pointer: 0, phase: 'up' })}' WHERE sequence = 12`);
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data), script: [...ready, ...touchLines(10, 2), ...stay],
  });
  await eventually('the newest touch', () => yOf(exported(data.server)).includes(place(11).y));
  await kiosk.stop();
  assertContiguousOnce(assert, exported(data.server), 3);
  await eventually('the counters', async () => (await live(server)).quarantined === 3);
  assert.deepEqual((await live(server)).quarantined_by_reason,
                   { property_range: 1, row_too_large: 1, unknown_type: 1 });
  assert.equal(await metric(server, 'vitrine_quarantined_total{reason="unknown_type"}'), 1);
});

test('a full disk: recorded in memory, said aloud, delivered all the same', async (t) => {
  const { base, data, server, url } = await setUp(t);
  const full = gate(base, 'full'), room = gate(base, 'room');
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data),
    script: [...ready, ...touchLines(0, 10, '0ms'), full.line, ...touchLines(10, 50, '0ms'), room.line,
             ...touchLines(60, 10, '0ms'), ...stay],
  });
  const stored = (count) => eventually(`${count} touches`, () => touches(exported(data.server)).length >= count);
  await stored(10);
  // No file may grow any more: what a full disk is to a program.
  const limit = (size) => execFileSync('prlimit', ['--pid', `${kiosk.process.pid}`, `--fsize=${size}:`]);
  limit(4096);
  full.open();
  await eventually('the server to hear of it', async () => (await metric(server, 'vitrine_screens_memory_only')) === 1);
  assert.equal((await live(server)).screens_list[0].memory_only, true);
  await stored(60);
  limit('unlimited');
  room.open();
  await eventually('room again', async () => (await metric(server, 'vitrine_screens_memory_only')) === 0);
  await stored(70);
  await kiosk.stop();
  const said = (words) => kiosk.output.split('\n').filter((line) => line.includes(words)).length;
  assert.equal(said('free some space on this disk'), 1, kiosk.output);
  assert.equal(said('the disk takes records again'), 1, kiosk.output);
  const events = exported(data.server);
  assert.equal(assertContiguousOnce(assert, events).size, 1);
  assert.deepEqual(yOf(events), Array.from({ length: 70 }, (_, i) => place(i).y));
  assert.equal((await live(server)).lost, 0);
});

test('a full disk and then a crash: what was sent from memory is there once, and no more', async (t) => {
  const { base, data, server } = await setUp(t);
  const proxy = await new Proxy(t, server.port).open();
  const url = `ws://127.0.0.1:${proxy.port}/ws`;
  const away = gate(base, 'away'), full = gate(base, 'full');
  // More from memory than the 256 rows that a server compares.
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data),
    script: [...ready, ...touchLines(0, 10, '0ms'), away.line, ...touchLines(10, 20, '0ms'), full.line,
             ...touchLines(30, 140, '0ms'), ...stay],
  });
  const stored = (count) => eventually(`${count} touches`, () => touches(exported(data.server)).length >= count);
  await stored(10);
  // Rows that are on the disk and that nobody has: they stay there when the disk is full.
  proxy.cut();
  const log = () => statSync(join(data.kiosk, 'outbox.sqlite3-wal')).size;
  const before = log();
  away.open();
  await eventually('a commit', () => log() > before + 8000);
  execFileSync('prlimit', ['--pid', `${kiosk.process.pid}`, '--fsize=4096:']);
  full.open();
  proxy.restore();
  await eventually('the server to hear of it', async () => (await metric(server, 'vitrine_screens_memory_only')) === 1);
  await stored(170);
  await kiosk.kill();
  assert.ok(heldRows(data.kiosk) > 0);
  await playThrough(t, { data, url, from: 170, count: 5 });
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  assertTouches(events, 175);
});

// What the server has, and of it the ends of sessions, after two more starts of a kiosk that died.
async function startedTwiceMore(t, { data, url }) {
  for (let starts = 0; starts < 2; ++starts) {
    await finished(startKiosk(t, { data: data.kiosk, server: url, script: [...ready, 'wait-delivered 300s', 'quit'] }));
  }
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  const ended = events.filter(({ type }) => type === 'session_ended');
  return { events, ended };
}

test('a kiosk that dies in the middle of a session records its unclean end, once', async (t) => {
  const { data, url } = await setUp(t);
  const first = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data), script: [...ready, ...touchLines(0, 3), ...stay],
  });
  await eventually('three touches', () => touches(exported(data.server)).length >= 3);
  await first.kill();
  const { events, ended } = await startedTwiceMore(t, { data, url });
  assert.deepEqual(ended.map((event) => event.data), [{ reason: 'unclean' }]);
  assert.equal(ended[0].session, touches(events)[0].session);
  assert.equal(ended[0].brand, 'sample-rouge');
});

test('a kiosk that dies while somebody turns the product records where they were', async (t) => {
  const { data, url } = await setUp(t);
  const first = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data),
    script: [...ready, 'activate start', 'wait open 60s', 'activate open', 'wait product-name 60s',
             // The finger stays: nobody has gone, however slow the machine.
             'drag 420 800 530 800', 'activate shade-8', 'down 1 540 300', ...stay],
  });
  await eventually('the shade', () => exported(data.server).some(({ type }) => type === 'shade_chosen'));
  await first.kill();
  const { events, ended } = await startedTwiceMore(t, { data, url });
  assert.deepEqual(ended.map(({ data: { reason }, scene }) => ({ reason, scene })),
                   [{ reason: 'unclean', scene: 'product' }]);
  assert.equal(ended[0].session, events.find(({ type }) => type === 'shade_chosen').session);
});

// A folder of campaigns of its own, whose sample may be changed.
function campaignFolder(base) {
  const folder = join(base, 'campaigns');
  mkdirSync(folder);
  cpSync(campaign, join(folder, 'lip-popup'), { recursive: true });
  const file = join(folder, 'lip-popup', 'campaign.json');
  const good = readFileSync(file, 'utf8');
  return { folder, write: (text) => writeFileSync(file, text), good };
}

// One start of a kiosk that takes its campaign by id; it must show the start button.
async function showsCampaign(t, { data, url, args = [] }) {
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, campaign: 'lip-popup', args,
    script: ['wait start 300s', ...ready, 'expect start', 'sleep 300ms'],
  });
  const { code } = await kiosk.exited;
  return { code, statistics: statisticsOf(kiosk), output: kiosk.output };
}

test('a kiosk shows the last good campaign: server away, file broken, campaign it cannot show', async (t) => {
  const { base, data } = await setUp(t, { withoutServer: true });
  const { folder, write, good } = campaignFolder(base);
  const args = ['--campaigns', folder];
  let server = await startServer(t, data.server, { args });
  const url = `ws://127.0.0.1:${server.port}/ws`;
  const first = await showsCampaign(t, { data, url, args: enrol(data) });
  assert.equal(first.code, 0, first.output);
  assert.equal(first.statistics.campaign, 'lip-popup');

  // Broken on the server's disk: the server itself keeps the good one, and says so.
  write(good.slice(0, 700));
  await eventually('the server to notice', async () => (await metric(server, 'vitrine_campaigns_broken')) === 1);
  assert.match((await live(server)).campaign_problems[0].problem, /campaign\.json:\d+:\d+/);
  assert.match(server.output, /the one before stays/);
  assert.equal((await showsCampaign(t, { data, url })).code, 0);
  await server.kill();

  // Nobody there, from a cold start.
  assert.equal((await showsCampaign(t, { data, url })).code, 0);

  // A server that begins with the broken file has no such campaign at all.
  server = await startServer(t, data.server, { port: server.port, args });
  assert.equal((await fetch(`${server.url}/c/lip-popup/campaign.json`)).status, 404);
  assert.equal((await showsCampaign(t, { data, url })).code, 0);

  // A campaign that is good, but for a kind of scene that this kiosk does not have.
  write(good.replace('"kind": "wall"', '"kind": "of-tomorrow"'));
  const published = `${server.url}/c/lip-popup/campaign.json`;
  await eventually('the server to take it', async () => (await fetch(published)).status === 200);
  const refused = await showsCampaign(t, { data, url });
  assert.equal(refused.code, 6, refused.output);
  assert.notEqual(refused.statistics.campaign_problem, '');
  assert.equal(refused.statistics.scene, 'attract');
  write(good);
  const served = async () => (await fetch(`${server.url}/c/lip-popup/campaign.json`)).text();
  await eventually('the server to take it back', async () => (await served()) === good);
  const mended = await showsCampaign(t, { data, url });
  assert.equal(mended.code, 0, mended.output);
  assert.equal(mended.statistics.campaign_problem, '');
  await eventually('the rejection is recorded', () =>
    exported(data.server).filter(({ type }) => type === 'campaign_rejected').length === 1);
});

test('a campaign that is broken at the first start is named on screen, never black', async (t) => {
  const { base, data } = await setUp(t, { withoutServer: true });
  const broken = join(base, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'campaign.json'), '{ "id": 7 }');
  const kiosk = startKiosk(t, {
    data: data.kiosk, campaign: broken, script: ['wait problem-code 300s', 'expect problem-code', 'quit'],
  });
  assert.equal((await kiosk.exited).code, 6, kiosk.output);
  assert.match(kiosk.output, /campaign\.json:1:\d+/);
});
