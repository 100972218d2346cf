// SPDX-License-Identifier: MIT
// A kiosk that dies again and again shows less each time, says so and records it; it never stays
// black and never gives up.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { enrol, eventually, exported, setUp, startKiosk, stay } from './support.mjs';

const starts = (data) => Number(readFileSync(join(data.kiosk, 'starts'), 'utf8'));
const fallbacks = (data) =>
  exported(data.server, 'none').filter(({ type }) => type === 'start_fell_back').map((event) => event.data);
const recorded = (data, count) =>
  eventually(`${count} fallbacks recorded`, () => fallbacks(data).length >= count);

// Starts until `target` is on screen; what lives longer than `goodAfter` seconds was no short start.
async function start(t, { data, url, base, target, goodAfter = 3600, args = [] }) {
  const shown = join(base, `shown-${Math.random().toString(36).slice(2)}.png`);
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, campaign: 'lip-popup', args: ['--good-after', `${goodAfter}`, ...args],
    script: [`wait ${target} 300s`, `screenshot ${shown}`, ...stay],
  });
  await eventually(`${target} on screen`, () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    return existsSync(shown);
  });
  return kiosk;
}

test('three kills, then the last good campaign; a fourth, then the plain screen; staff bring it back', async (t) => {
  const { base, data, url } = await setUp(t);
  const screen = { base, data, url };
  const first = await start(t, { ...screen, target: 'start', goodAfter: 1, args: enrol(data) });
  await eventually('the first start to count as good', () => starts(data) === 0);
  await first.stop();
  for (let kills = 1; kills <= 3; ++kills) {
    const kiosk = await start(t, { ...screen, target: 'start' });
    await kiosk.kill();
    assert.equal(starts(data), kills);
    assert.doesNotMatch(kiosk.output, /ended within/);
  }
  const lastGood = await start(t, { ...screen, target: 'start' });
  assert.match(lastGood.output, /The last 3 starts ended within 3600 s\. The campaign that last stayed/);
  await recorded(data, 1);
  await lastGood.kill();
  for (const count of [4, 5]) {
    const plain = await start(t, { ...screen, target: 'problem-code' });
    assert.match(plain.output, new RegExp(`The last ${count} starts .* No campaign is shown until`));
    await recorded(data, count - 2);
    await plain.kill();
  }
  // An end on purpose, as the button in the service panel or the service manager makes it.
  const plain = await start(t, { ...screen, target: 'problem-code' });
  await recorded(data, 4);
  assert.equal((await plain.stop()).code, 0, plain.output);
  assert.equal(starts(data), 0);
  await (await start(t, { ...screen, target: 'start' })).stop();
  assert.deepEqual(fallbacks(data), [
    { step: 'last_good', short_starts: 3 }, { step: 'plain', short_starts: 4 },
    { step: 'plain', short_starts: 5 }, { step: 'plain', short_starts: 6 },
  ]);
});

test('a start that cannot open its display says nothing against the campaign', async (t) => {
  const { base, data, url } = await setUp(t);
  const kiosk = await start(t, { base, data, url, target: 'start', goodAfter: 1, args: enrol(data) });
  await kiosk.stop();
  for (let failures = 0; failures < 5; ++failures) {
    const blind = startKiosk(t, {
      data: data.kiosk, server: url, campaign: 'lip-popup', args: ['--good-after', '60'], script: stay,
      env: { SDL_VIDEODRIVER: 'nowhere' },
    });
    assert.equal((await blind.exited).code, 1, blind.output);
  }
  assert.equal(starts(data), 0);
});
