// SPDX-License-Identifier: MIT
// A phone that came by a screen's code, in a real Chromium; the server's end of vitrine.claim.1 is the
// test's, inside the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open_page, running, serve_static, statistics, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

const kTicket = '3c0f1e2d4b5a69788796a5b4c3d2e1f0', kHolder = '2.lip-popup.b7e1.6d61';

let server;
before(async () => {
  server = await serve_static({
    first: (path, response) => {
      if (path !== '/api/token') return false;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end('{"token":"1.20779.lip-popup.k3J9.Zm9v"}');
      return true;
    },
  });
});
after(() => server.close());

// window.claims: what the page said; its other connection never comes about.
function claim_server({ ticket, holder }) {
  window.protocols = [];
  window.claims = [];
  let known = false;
  const state = (answered, more) => JSON.stringify({
    kind: 'state', time: Date.now(), ...(answered ? { answered } : {}), product: 'true-red', ...more,
  });
  const answer_to = (act) => {
    if (act.kind === 'hello') known = act.holder === holder;
    if (act.kind === 'join') known = act.ticket === ticket;
    return state(act.request, known ? { stage: 'agreeing', screen_mark: '47', phone_mark: '12', holder }
      : { stage: 'none' });
  };
  window.WebSocket = class {
    constructor(address, [protocol]) {
      window.protocols.push(protocol);
      this.readyState = 0;
      this.bufferedAmount = 0;
      setTimeout(() => {
        if (protocol !== 'vitrine.claim.1') return this.onclose?.({ code: 1006, reason: '' });
        this.readyState = 1;
        this.onopen?.();
        this.tell(JSON.stringify({ kind: 'challenge', nonce: 'a'.repeat(64), time: Date.now() }));
        return undefined;
      });
    }
    tell(data) { this.onmessage?.({ data }); }
    send(text) {
      const act = JSON.parse(text);
      window.claims.push(act);
      setTimeout(() => this.tell(answer_to(act)));
    }
    close(code = 1000) {
      this.readyState = 3;
      setTimeout(() => this.onclose?.({ code, reason: '' }));
    }
  };
}

async function open(context, fragment) {
  await context.addInitScript(claim_server, { ticket: kTicket, holder: kHolder });
  const page = await open_page(context, `${server.address}/c/lip-popup/?lang=en${fragment}`);
  await running(page);
  return page;
}

const scene = async (page) => (await statistics(page)).app.scene;
const said = (page, kind) => page.evaluate((k) => window.claims.find((act) => act.kind === k), kind);
const press = async (page, name) => {
  await until(name, () => page.$(`#semantics button[data-name="${name}"]`));
  await page.evaluate((n) => document.querySelector(`#semantics button[data-name="${n}"]`).click(), name);
};

test('a code leads to the claim, its ticket leaves the address, and the tap alone spends it', () =>
  with_context(async (context) => {
    const page = await open(context, `#claim=${kTicket}.true-red`);
    await until('the claim', async () => await scene(page) === 'claim');
    assert.ok(!(await page.evaluate(() => location.href)).includes('#'));
    await until('hello', () => said(page, 'hello'));
    assert.equal(await said(page, 'join'), undefined);
    assert.ok(!JSON.stringify(await said(page, 'hello')).includes(kTicket));
    await press(page, 'join');
    const join = await until('join', () => said(page, 'join'));
    assert.equal(join.ticket, kTicket);
    await until('the holder', () => page.evaluate(() => localStorage.getItem('vitrine.lip-popup.claim.holder')));
    assert.ok(!(await page.evaluate(() => window.vitrine.statistics)).includes(kTicket));

    // Closed and opened again it is where it was.
    await page.reload();
    await running(page);
    await until('the claim', async () => await scene(page) === 'claim');
    assert.equal((await until('hello', () => said(page, 'hello'))).holder, kHolder);
    assert.deepEqual(await page.problems(), []);
  }));

test('a second code is taken from a page that is open', () =>
  with_context(async (context) => {
    const page = await open(context, '');
    await until('the late part', () => page.evaluate(() => window.vitrine.late === '1'));
    assert.equal(await scene(page), 'attract');
    await page.evaluate((ticket) => { location.hash = `#claim=${ticket}.true-red`; }, kTicket);
    await until('the claim', async () => await scene(page) === 'claim');
    assert.equal(await page.evaluate(() => location.hash), '');
    assert.deepEqual(await page.problems(), []);
  }));

test('a page without a code opens no connection for claims, and takes no other fragment', () =>
  with_context(async (context) => {
    const page = await open(context, '#prices');
    await until('the other connection', () => page.evaluate(() => window.protocols.includes('vitrine.1')));
    assert.ok(!(await page.evaluate(() => window.protocols)).includes('vitrine.claim.1'));
    assert.equal(await page.evaluate(() => location.hash), '#prices');
    assert.deepEqual(await page.problems(), []);
  }));

test('a browser that keeps nothing takes part all the same', () =>
  with_context(async (context) => {
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
    });
    const page = await open(context, `#claim=${kTicket}.true-red`);
    await until('the claim', async () => await scene(page) === 'claim');
    await press(page, 'join');
    await until('the next step', () => page.$('#semantics button[data-name="agree"]'));
    assert.deepEqual(await page.problems(), []);
  }));
