// SPDX-License-Identifier: MIT
// A panel that hangs on its side, a sensor that is glued on the wrong way round, and the panel that
// staff open over the picture.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  assertTouches, bin, enrol, eventually, exported, finished, gate, playThrough, ready, root, setUp, startKiosk,
  stay, touchLines, touches,
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

// Four corners, clockwise.
const gesture = [[20, 20], [1060, 20], [1060, 1900], [20, 1900]].map(([x, y]) => `touch ${x} ${y}`);
const typed = (pin) => [...pin].map((digit) => `tap digit-${digit}`).concat('tap ok');

function setPin(data, pin) {
  const result = spawnSync(join(bin, 'vitrine-kiosk'), ['--set-pin', '--data', data], { input: `${pin}\n` });
  assert.equal(result.status, 0, `${result.stderr}`);
}

function fakeBacklight(base) {
  const light = join(base, 'backlight', 'panel');
  mkdirSync(light, { recursive: true });
  writeFileSync(join(light, 'max_brightness'), '200');
  writeFileSync(join(light, 'brightness'), '200');
  return { args: ['--backlight', join(base, 'backlight')], now: () => Number(readFileSync(join(light, 'brightness'))) };
}

test('staff open the panel by PIN, read it, set it, clean the glass and end that early', async (t) => {
  const { base, data, url } = await setUp(t);
  setPin(data.kiosk, '2580');
  const light = fakeBacklight(base);
  const seen = gate(base, 'seen');
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, env: { SDL_AUDIODRIVER: 'dummy' },
    args: [...enrol(data), ...light.args, '--sounds', join(root, 'assets/sounds')],
    script: [
      ...ready, ...touchLines(0, 1), ...gesture,
      'wait digit-2 60s', ...typed('1111'), 'wait "密码错误，请再试一次" 60s',
      ...typed('2222'), 'sleep 100ms', 'wait "密码错误，请再试一次" 60s', ...typed('2580'), 'wait clean 60s',
      'expect "window-1"', 'expect "lip-popup"', 'wait "已连接" 60s',
      'expect "触摸到显示 ms"', 'expect "帧间隔 ms"',
      // What lies below is nobody's now.
      'expect-not start', 'touch 4 300',
      'wait volume 60s', 'tap volume', 'tap brightness', 'sleep 200ms',
      'tap clean', 'wait cleaning', ...touchLines(50, 3), 'tap 540 1600', 'key escape',
      'expect cleaning', ...gesture, 'wait-gone cleaning 5s', 'wait start', ...touchLines(1, 1),
      seen.line, ...stay,
    ],
  });
  const stored = await eventually('the touch after it', () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    const events = exported(data.server);
    return touches(events).some((event) => Math.round(event.data.y) === 21) && events;
  });
  seen.open();
  await kiosk.stop();
  // Staff's fingers at the corners are a shopper's until the panel is there; the cloth's are nobody's.
  const corners = gesture.map((line) => line.split(' ').slice(1).map(Number));
  assert.deepEqual(touches(stored).map(({ data: { x, y } }) => [Math.round(x), Math.round(y)]),
    [[4, 20], ...corners.slice(0, 3), [4, 21]]);
  const pins = stored.filter((event) => event.type === 'staff_pin_entered');
  assert.deepEqual(pins.map((event) => event.data.result), ['wrong', 'wrong', 'right']);
  const [first, second, third] = pins.map((event) => Date.parse(event.time));
  assert.ok(second - first >= 1000 && third - second >= 2000, `${second - first}, ${third - second} ms`);
  assert.equal(JSON.parse(readFileSync(join(data.kiosk, 'panel.json'), 'utf8')).volume, 0.5);
  assert.equal(light.now(), 100);
});

test('whoever forgets the cleaning lock finds the screen free after thirty seconds, and no cloth recorded', async (t) => {
  const { data, url } = await setUp(t);
  setPin(data.kiosk, '2580');
  const kiosk = startKiosk(t, {
    data: data.kiosk, server: url, args: [...enrol(data), '--frame-rate', '10'],
    script: [
      ...ready, ...gesture, 'wait digit-2 60s', ...typed('2580'), 'wait clean 60s', 'tap clean',
      'wait cleaning 60s', ...touchLines(50, 2), 'drag 100 300 900 1500', 'wait-gone cleaning 120s',
      'wait start', ...touchLines(1, 1), ...stay,
    ],
  });
  const stored = await eventually('the touch after it', () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    const events = exported(data.server);
    return touches(events).some((event) => Math.round(event.data.y) === 21) && events;
  });
  await kiosk.stop();
  assert.equal(touches(stored).length, 4, 'three corners and the one after it');
  const opened = stored.find((event) => event.type === 'staff_pin_entered');
  const waited = Date.parse(touches(stored)[3].time) - Date.parse(opened.time);
  assert.ok(waited >= 30000, `${waited} ms`);
});
