// SPDX-License-Identifier: MIT
// A phone that came by a screen's code: what it records meanwhile, and its voucher when nobody is there to ask any
// more. The server's end of vitrine.claim.1 is the test's, inside the page; all else is the real server's.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { first_visit, node, press, set_up, there, visit } from './app_visits.mjs';
import { can_read_codes, codes } from './codes.mjs';
import { Fingers, root, statistics, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

const kFragment = '#claim=3c0f1e2d4b5a69788796a5b4c3d2e1f0.true-red';
const kTypes = new Set(readdirSync(join(root, 'assets/dictionary')).flatMap((file) =>
  JSON.parse(readFileSync(join(root, 'assets/dictionary', file), 'utf8')).types.map(({ name }) => name)));

// Runs in the page. window.claims: what it said. Whoever agrees has a voucher at once.
function claim_server() {
  window.claims = [];
  let stage = 'none';
  const more = {
    none: {},
    agreeing: { screen_mark: '47', phone_mark: '12', holder: '2.lip-popup.b7e1.6d61' },
    issued: {
      code: '7MNFGMB0V7N75S', holder: '2.lip-popup.b7e1.6d61', valid_until: Date.now() + 3600000,
      secret: 'd66394dc66f911389e3d8ec6930a0bd8ff288939cdd5520b508d1bdf582fcb53',
    },
  };
  class ClaimSocket {
    constructor() {
      this.readyState = 0;
      this.bufferedAmount = 0;
      setTimeout(() => {
        this.readyState = 1;
        this.onopen?.();
        this.tell({ kind: 'challenge', nonce: 'a'.repeat(64), time: Date.now() });
      });
    }
    tell(what) { this.onmessage?.({ data: JSON.stringify(what) }); }
    send(text) {
      const act = JSON.parse(text);
      window.claims.push(act);
      if (act.kind === 'join') stage = 'agreeing';
      if (act.kind === 'agree') stage = 'issued';
      setTimeout(() => this.tell({
        kind: 'state', time: Date.now(), ...(act.request ? { answered: act.request } : {}), stage,
        product: 'true-red', price: 500, currency: 'CNY', ...more[stage],
      }));
    }
    close(code = 1000) {
      this.readyState = 3;
      setTimeout(() => this.onclose?.({ code, reason: '' }));
    }
  }
  const Real = window.WebSocket;
  window.WebSocket = function WebSocket(address, protocols) {
    return protocols[0] === 'vitrine.claim.1' ? new ClaimSocket() : new Real(address, protocols);
  };
}

const said = (page, kind) =>
  until(kind, () => page.evaluate((k) => window.claims.find((act) => act.kind === k), kind));

// What a page's sockets carried: the types of all that it told of what happened, in order.
function carried(context) {
  const types = [];
  context.on('page', (page) => page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
    for (const [, type] of String(payload).matchAll(/"type":"([a-z_]+)"/g)) if (kTypes.has(type)) types.push(type);
  })));
  return types;
}

async function agree(page) {
  await press(page, 'terms');
  if (await node(page, 'guardian')) await press(page, 'guardian');
  await press(page, 'agree');
  return said(page, 'agree');
}

// Another picture of the same page: what a till's scanner reads.
async function read_code(page) {
  const place = mkdtempSync(join(tmpdir(), 'vitrine-wallet-')), file = join(place, 'page.png');
  writeFileSync(file, await page.screenshot());
  const read = codes(file);
  rmSync(place, { recursive: true });
  return read.join('\n');
}

test('a voucher is there without a server, its code and a QR that changes', { skip: !can_read_codes && 'no zbarimg' }, (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    const page = await first_visit(context, place, kFragment, claim_server);
    await press(page, 'join');
    await said(page, 'join');
    await agree(page);
    await there(page, 'code');
    assert.deepEqual(await page.problems(), []);
    await page.close();

    place.proxy.cut();
    await place.server.kill();
    const later = await visit(context, place);
    await there(later, 'voucher-qr');
    const code = await (await there(later, 'code')).evaluate((element) => element.outerHTML);
    assert.match(code, /7MNFG-?MB0V7-?N75S/);
    const first = await until('its QR', () => read_code(later));
    assert.match(first, /^V1\/7MNFGMB0V7N75\//);
    const second = await until('another one', async () => {
      const now = await read_code(later);
      return now && now !== first && now;
    });
    assert.match(second, /^V1\/7MNFGMB0V7N75\//);
    assert.deepEqual(await later.problems(), []);
  }, { deviceScaleFactor: 2 }));

for (const agrees of [true, false]) {
  test(`a claim alone is recorded until its person agreed to more${agrees ? '' : ', and after they did not'}`, (t) =>
    with_context(async (context) => {
      const place = await set_up(t), types = carried(context);
      const page = await visit(context, place, kFragment, claim_server);
      await press(page, 'join');
      await there(page, 'agree');
      await until('its stages', () => types.length >= 2);
      if (agrees) await press(page, 'statistics-yes');
      const before = new Set(types);
      assert.deepEqual([...before], ['claim_stage_reached']);
      assert.equal((await agree(page)).statistics, agrees);
      await press(page, 'done');
      if (agrees) await until('all else', () => types.includes('button_activated'));
      await until('the end', async () => {
        const { app } = await statistics(page);
        return app.scene === 'attract' && app.outbox_rows === 0;
      });
      await page.close();

      // The choice is kept: at another visit without a code it is the same.
      types.length = 0;
      const again = await visit(context, place, '', claim_server);
      const fingers = await Fingers.of(again);
      await fingers.tap(196, 422);
      await until('a session', async () => (await statistics(again)).app.engaged);
      if (agrees) await until('its touch', () => types.includes('screen_touched'));
      await until('nothing left', async () => {
        const { app } = await statistics(again);
        return app.network === 'open' && app.outbox_rows === 0;
      });
      assert.equal(types.filter((type) => type !== 'claim_stage_reached').length > 0, agrees);
      assert.deepEqual(await again.problems(), []);
    }));
}

test('Global Privacy Control counts as no, with a claim and without, and the question says so', (t) =>
  with_context(async (context) => {
    const place = await set_up(t), types = carried(context);
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });
    });
    const page = await visit(context, place, '', claim_server);
    const fingers = await Fingers.of(page);
    await fingers.tap(196, 422);
    await until('a session', async () => (await statistics(page)).app.engaged);
    await until('the server', async () => (await statistics(page)).app.network === 'open');
    assert.equal((await statistics(page)).app.recorded, 0);
    await page.evaluate((fragment) => { location.hash = fragment; }, kFragment);
    await press(page, 'join');
    await there(page, 'statistics-refused');
    assert.equal(await node(page, 'statistics-yes'), null);
    assert.equal((await agree(page)).statistics, false);
    await there(page, 'code');
    await until('nothing left', async () => (await statistics(page)).app.outbox_rows === 0);
    assert.deepEqual([...new Set(types)], ['claim_stage_reached']);
    assert.deepEqual(await page.problems(), []);
  }));

async function come_to_voucher(context, place) {
  const page = await visit(context, place, kFragment, claim_server);
  await press(page, 'join');
  await there(page, 'agree');
  await agree(page);
  await there(page, 'code');
  await until('what makes an app of it', () => page.evaluate(() => !!window.vitrine.addToHome));
  return page;
}

test('where the browser offers it a voucher can be put on the home screen, by a press', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    const page = await come_to_voucher(context, place);
    assert.equal(await node(page, 'to-home'), null);
    await page.evaluate(() => {
      const offer = new Event('beforeinstallprompt', { cancelable: true });
      offer.prompt = () => { window.asked = { pressed: navigator.userActivation.isActive }; };
      window.dispatchEvent(offer);
      window.took_over = offer.defaultPrevented;
    });
    const button = await there(page, 'to-home');
    assert.equal(await button.evaluate((element) => element.tagName), 'BUTTON');
    // By its keyboard, as a person would: the browser asks only who pressed.
    await button.focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await until('the question', () => page.evaluate(() => window.asked)), { pressed: true });
    assert.equal(await page.evaluate(() => window.took_over), true);
    await until('it to be gone', async () => !await node(page, 'to-home'));
    assert.deepEqual(await page.problems(), []);
  }));

test('on iOS one line says how, and in a page that is an app already nothing does', (t) =>
  with_context(async (context) => {
    const place = await set_up(t);
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'standalone', { get: () => window.name === 'app', configurable: true });
    });
    const page = await come_to_voucher(context, place);
    await until('the line', async () => {
      const status = await node(page, 'status');
      return status && /Share/.test(await status.evaluate((element) => element.outerHTML));
    });
    assert.equal(await node(page, 'to-home'), null);
    await page.evaluate(() => { window.name = 'app'; });
    await page.reload();
    await there(page, 'code');
    await until('what makes an app of it', () => page.evaluate(() => !!window.vitrine.addToHome));
    await statistics(page);
    assert.equal(await node(page, 'status'), null);
  }));
