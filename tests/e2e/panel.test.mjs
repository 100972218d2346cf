// SPDX-License-Identifier: MIT
// A panel that hangs on its side, and a sensor that is glued on the wrong way round.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  assertTouches, enrol, eventually, exported, finished, playThrough, ready, setUp, startKiosk, touches,
} from './support.mjs';

test('touches on a turned picture are recorded where the picture shows them', async (t) => {
  const { data, url } = await setUp(t);
  await playThrough(t, {
    data, url, count: 5, args: [...enrol(data), '--rotate', '90', '--burn-in-shift', '4'],
  });
  assertTouches(exported(data.server), 5);
});

// Where a mirrored sensor reports a finger that is at x, y.
const mirrored = (x, y) => `tap ${1080 - x} ${y}`;
const targets = [[108, 192], [972, 192], [972, 1728], [108, 1728], [540, 960]];

test('a mirrored sensor is calibrated by five taps, and from then on fingers are where they are', async (t) => {
  const { data, url } = await setUp(t);
  await finished(startKiosk(t, {
    data: data.kiosk, args: ['--calibrate'],
    script: ['sleep 200ms', ...targets.map(([x, y]) => mirrored(x, y)), 'sleep 3000s'],
  }));
  const { touch } = JSON.parse(readFileSync(join(data.kiosk, 'panel.json'), 'utf8'));
  assert.equal(touch.length, 1);
  assert.ok(Math.abs(touch[0].matrix[0] + 1) < 0.01, `${touch[0].matrix}`);
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: enrol(data), script: [...ready, 'touch 1076 400', 'sleep 3000s'],
  });
  await eventually('the touch', () => touches(exported(data.server)).length === 1);
  const [{ data: { x, y } }] = touches(exported(data.server));
  assert.ok(Math.abs(x - 4) < 3 && Math.abs(y - 400) < 3, `${x} ${y}`);
  await kiosk.stop();
});

test('taps that do not fit change nothing and say so', async (t) => {
  const { base, data } = await setUp(t, { withoutServer: true });
  const asked = join(base, 'asked-again.png');
  const kiosk = startKiosk(t, {
    data: data.kiosk, args: ['--calibrate'],
    script: ['sleep 200ms', ...targets.map(() => 'tap 300 300'), `screenshot ${asked}`, 'quit'],
  });
  assert.equal((await kiosk.exited).code, 0, kiosk.output);
  assert.ok(existsSync(asked));
  assert.ok(!existsSync(join(data.kiosk, 'panel.json')));
});
