// SPDX-License-Identifier: MIT
// The whole story with nothing in between: the native kiosk shows a code, another decoder reads it off its
// picture, a phone's Chromium opens it, joins, agrees, follows and pays at the sandbox's own pages and has
// the voucher; the kiosk shows each step. One query then tells all of it under one session.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { codes, open_phone, press, running } from './phone.mjs';
import {
  enrolmentCode, eventually, exported, folder, gate, ready, startKiosk, startServer, stay,
} from './support.mjs';

const stages = (data) => exported(data).filter((event) => event.type === 'claim_stage_reached');

// Another browser, of somebody who held their phone at the same code and tapped a moment later.
async function too_late(t, address) {
  const { context, page } = await open_phone(t, address);
  await press(page, 'join');
  await page.waitForFunction(() =>
    /This code has run out|这个码过期了/.test(document.querySelector('#semantics').textContent));
  assert.equal(await page.$('#semantics [data-name="terms"]'), null, 'nothing of the first one is theirs');
  assert.deepEqual(await page.problems(), []);
  await context.close();
}

test('a shopper goes from the screen to the phone and has a voucher that is counted once', async (t) => {
  const base = folder(t);
  const kept = join(base, 'server');
  const server = await startServer(t, kept);
  const shown = join(base, 'waiting.png'), won = join(base, 'issued.png');
  const issued = gate(base, 'issued');
  const kiosk = startKiosk(t, {
    data: join(base, 'kiosk'), server: `ws://127.0.0.1:${server.port}/ws`,
    args: ['--enrol', enrolmentCode(kept, 'lobby'), '--pixel-ratio', '0.5'], env: { GALLIUM_NOOP: '0' },
    script: [...ready, 'tap start', 'wait open 120s', 'settle 300s', 'tap open', 'wait take 120s', 'settle 300s',
      'tap take', 'wait claim-code 300s', 'sleep 3s', `screenshot ${shown}`, issued.line, 'wait ticket-product 300s',
      'sleep 5s', `screenshot ${won}`, ...stay],
  });
  const address = await eventually('the code', () => {
    if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
    return existsSync(shown) && codes(shown).find((text) => text.includes('#claim='));
  });
  assert.ok(address.startsWith(`${server.url}/c/lip-popup/#claim=`), address);

  const { context, page } = await open_phone(t, address);
  await press(page, 'join');
  await page.waitForSelector('#semantics [data-name="terms"]', { state: 'attached' });
  await too_late(t, address);
  await press(page, 'terms');
  await press(page, 'guardian');
  await press(page, 'agree');
  await press(page, 'follow');
  await page.waitForURL(/provider\/sandbox\/follow-/);
  await page.click('button[value=follow]');
  await page.waitForURL(/\/c\/lip-popup\//);
  await running(page);
  await press(page, 'pay');
  await page.waitForURL(/provider\/sandbox\/pay-/);
  await page.click('button[value=pay]');
  await page.waitForURL(/\/c\/lip-popup\//);
  await running(page);
  await page.waitForSelector('#semantics [data-name="voucher-qr"]', { state: 'attached' });
  issued.open();
  await eventually('the kiosk celebrates', () => existsSync(won));
  // The tag of the line is there for everybody.
  const of_claim = codes(won).filter((text) => !text.includes('#queue='));
  assert.deepEqual(of_claim, [], 'a public screen shows no code of a claim that a phone could read');

  const told = await eventually('both ends are recorded', () => {
    const all = stages(kept);
    const done = (role) => all.some((one) => one.data.role === role && one.data.stage === 'issued');
    return done('screen') && done('phone') ? all : null;
  });
  // Before it has joined, a phone is somebody of their own.
  const alone = new Set(['none', 'invited', 'joining']);
  const late = told.filter((one) => one.data.reason === 'code_over');
  const is_joined = ({ data }) => data.role === 'screen' || !alone.has(data.stage);
  const together = told.filter((one) => is_joined(one) && !late.includes(one));
  if (process.env.VITRINE_VERBOSE) for (const one of told) console.error(one.session.slice(0, 6), JSON.stringify(one.data));
  assert.equal(new Set(together.map((one) => one.session)).size, 1, 'one session');
  assert.ok(late.every((one) => one.session !== together[0].session), 'who came too late is nobody of it');
  // A screen that draws slowly may pass over one that lasted no longer than a picture; a phone does not.
  const story = ['agreeing', 'following', 'paying', 'issued'];
  const steps = (role) => told.filter((one) => one.data.role === role).map((one) => one.data.stage)
    .filter((stage) => story.includes(stage));
  assert.deepEqual(steps('phone'), story);
  assert.deepEqual(steps('screen'), story.filter((stage) => steps('screen').includes(stage)));
  assert.equal(steps('screen').at(-1), 'issued');
  await context.close();
  await kiosk.stop();
});
