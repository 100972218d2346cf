// SPDX-License-Identifier: MIT
// A cloned disk. In a file of its own: whoever is replaced waits a minute or two before it comes back,
// as docs/protocol.md says, and nothing else should wait for that.

import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  assertContiguousOnce, at, enrol, eventually, exported, place, playThrough, ready, setUp, sleep, startKiosk,
  stay, touchLines, touches,
} from './support.mjs';

test('two kiosks from one cloned disk both keep their touches', async (t) => {
  const { base, data, url } = await setUp(t);
  await playThrough(t, { data, url, count: 5, args: enrol(data) });
  const clone = join(base, 'clone');
  cpSync(data.kiosk, clone, { recursive: true });
  for (const file of readdirSync(clone)) {
    if (/lock/.test(file)) rmSync(join(clone, file));
  }
  const kiosks = [[data.kiosk, 100], [clone, 200]].map(([kiosk, from]) => startKiosk(t, {
    // Few frames, for they mostly wait.
    data: kiosk, server: url, args: ['--frame-rate', '10'],
    script: [...ready, ...touchLines(from, 20, '60ms'), ...stay],
  }));
  await eventually('the touches of both', async () => {
    await sleep(2000);  // to look starts a program, and it is a minute or two
    return touches(exported(data.server)).length >= 45;
  }, 600000);
  await Promise.all(kiosks.map((kiosk) => kiosk.stop()));
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  const places = touches(events).map(({ data }) => at(data).y).sort((a, b) => a - b);
  const expected = [0, 100, 200].flatMap((from) =>
    Array.from({ length: from === 0 ? 5 : 20 }, (_, i) => place(from + i).y));
  assert.deepEqual(places, expected);
});
