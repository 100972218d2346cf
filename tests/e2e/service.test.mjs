// SPDX-License-Identifier: MIT
// The kiosk as a service manager sees it, over a real notification socket.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { eventually, setUp, sleep, startKiosk, stay } from './support.mjs';
import { feeds, listen } from './service_manager.mjs';

test('a service manager hears ready, what is shown, feeds while it lives, and the end', async (t) => {
  const { base, data } = await setUp(t, { withoutServer: true });
  const socket = join(base, 'notify');
  const heard = await listen(t, socket);
  const kiosk = startKiosk(t, {
    data: data.kiosk, script: stay, env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '600000' },
  });
  await eventually('feeds', () => feeds(heard) >= 4);
  assert.ok(heard.text.indexOf('READY=1') < heard.text.indexOf('WATCHDOG=1'));
  // The first text may be of a store that is still being read; the next comes some seconds later.
  await eventually('the status', () => /STATUS=shows lip-popup, network offline, \d+ rows wait/.test(heard.text));
  kiosk.process.kill('SIGSTOP');
  await sleep(300);  // what is still on its way
  const before = feeds(heard);
  await sleep(1500);
  assert.equal(feeds(heard), before);
  kiosk.process.kill('SIGCONT');
  await eventually('feeds again', () => feeds(heard) > before);
  const { code } = await kiosk.stop();
  assert.equal(code, 0, kiosk.output);
  await eventually('the end', () => heard.text.includes('STOPPING=1'));
});

test('a calibration feeds the manager too, though no scene moves', async (t) => {
  const { base, data } = await setUp(t, { withoutServer: true });
  const socket = join(base, 'notify');
  const heard = await listen(t, socket);
  const kiosk = startKiosk(t, {
    data: data.kiosk, script: ['sleep 300s'], args: ['--calibrate'],
    env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '600000' },
  });
  await eventually('feeds', () => feeds(heard) >= 4);
  await kiosk.stop();
});

test('a manager that is gone costs the shopper nothing', async (t) => {
  const { base, data } = await setUp(t, { withoutServer: true });
  const kiosk = startKiosk(t, {
    data: data.kiosk, script: ['wait start 300s', 'sleep 500ms'],
    env: { NOTIFY_SOCKET: join(base, 'nobody'), WATCHDOG_USEC: '600000' },
  });
  assert.equal((await kiosk.exited).code, 0, kiosk.output);
});
