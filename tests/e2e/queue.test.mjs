// SPDX-License-Identifier: MIT
// The line for a screen with nothing in between: while somebody is at the native kiosk another decoder reads
// the tag off its picture, a phone's Chromium opens it and takes a number by a tap; the session ends, the
// kiosk calls, the phone says so and answers.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { codes, node, open_phone, press } from './phone.mjs';
import {
  enrolmentCode, eventually, exported, folder, ready, startKiosk, startServer, stay,
} from './support.mjs';

test('who waits takes a number on their phone and is called when the screen is free', async (t) => {
  const base = folder(t);
  const kept = join(base, 'server');
  const server = await startServer(t, kept);
  const engaged = join(base, 'engaged.png');
  const kiosk = startKiosk(t, {
    data: join(base, 'kiosk'), server: `ws://127.0.0.1:${server.port}/ws`,
    args: ['--enrol', enrolmentCode(kept, 'lobby'), '--pixel-ratio', '1'], env: { GALLIUM_NOOP: '0' },
    // Nobody touches it any more: its session ends by itself, however long the phone takes meanwhile.
    script: [...ready, 'tap start', 'wait line-code 300s', 'settle 300s', `screenshot ${engaged}`, ...stay],
  });
  const address = await eventually('the tag', () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    return existsSync(engaged) && codes(engaged).find((text) => text.includes('#queue='));
  });
  assert.match(address, new RegExp(`^${server.url}/c/lip-popup/#queue=[0-9a-f]{32}$`));

  const { context, page } = await open_phone(t, address);
  await press(page, 'take-number');
  await page.waitForSelector(node('queue-number'), { state: 'attached' });
  assert.ok(!page.url().includes('queue='), 'the code is not left in the address');
  // Of the screen no picture is awaited: a busy machine draws one in more than the half minute that a call lasts.
  const told = await eventually('the screen has called', () => {
    const all = exported(kept).filter((event) => event.type.startsWith('queue_'));
    return all.some((one) => one.type === 'queue_called' && one.data.role === 'screen') ? all : null;
  });
  await press(page, 'number-here');
  await page.waitForSelector(node('number-here'), { state: 'detached' });
  assert.ok(!JSON.stringify(told).includes(address.split('=')[1]), 'no code is recorded');
  assert.ok(told.every((one) => one.data.role === 'screen'), 'a phone that agreed to nothing tells nothing');
  await context.close();
  await kiosk.stop();
});
