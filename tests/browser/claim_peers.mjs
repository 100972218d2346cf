// SPDX-License-Identifier: MIT
// A screen and phones of a running server without their programs: vitrine.claim.1 spoken by hand, from a
// page of that server, and the sandbox's pages answered as a person would.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { until } from './harness.mjs';

const hex = () => randomBytes(16).toString('hex');
const json = (body) => ({
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

class Peer {
  constructor(page, url, number) {
    Object.assign(this, { page, url, number, requests: 0 });
  }
  // Of a context that bypasses the page's policy: it is the sockets that are wanted, not the page.
  static async open(context, url) {
    const page = await context.newPage();
    await page.goto(`${url}/healthz`);
    await page.evaluate((address) => new Promise((resolve) => {
      window.states = [];
      window.socket = new WebSocket(address, 'vitrine.claim.1');
      window.socket.onmessage = ({ data }) => {
        window.states.push(JSON.parse(data));
        resolve();
      };
    }), `${url.replace('http', 'ws')}/ws`);
    const peer = new this(page, url);
    peer.nonce = (await page.evaluate(() => window.states[0])).nonce;
    return peer;
  }
  say(message) { return this.page.evaluate((text) => window.socket.send(text), JSON.stringify(message)); }
  act(kind, more = {}) { return this.say({ kind, request: ++this.requests, ...more }); }
  state() { return this.page.evaluate(() => window.states[window.states.length - 1]); }
  // The newest state, once what was asked last is answered and it is at that stage. What answered need not be the
  // newest: a state that nobody asked for may come right behind it.
  stage(wanted) {
    return until(`the stage ${wanted}`, async () => {
      const states = await this.page.evaluate(() => window.states);
      const is_answered = this.requests === 0 || states.some(({ answered }) => answered === this.requests);
      const newest = states[states.length - 1];
      return is_answered && newest.stage === wanted && newest;
    }).catch(async ({ message }) => {
      throw new Error(`${message}; the newest state is ${JSON.stringify(await this.state())}`);
    });
  }
  action() {
    return until('a page to go to', () => this.page.evaluate(() => {
      const found = window.states.find(({ action }) => action);
      if (found) window.states = window.states.filter((state) => state !== found);
      return found?.action;
    }));
  }
  async choose(choice) {
    const address = new URL(await this.action(), this.url);
    const answer = await fetch(address, {
      method: 'POST', redirect: 'manual', body: new URLSearchParams({ choice, member: 'new' }),
    });
    if (answer.status !== 303) throw new Error(`${address.pathname}: ${answer.status}`);
  }
}

// Enrolled with `code`.
export async function open_screen(context, url, code) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const { device } = await (await fetch(`${url}/api/enrol`, json({ code, key }))).json();
  const screen = await Peer.open(context, url);
  const signature = sign(null, Buffer.from(`vitrine.claim.1 hello ${screen.nonce} ${device}`), privateKey).toString('hex');
  await screen.say({ kind: 'hello', device, signature, campaign: 'lip-popup', build: 'test' });
  return screen;
}

// Shows a code for a thing; a phone comes by it, agrees, follows and pays. Returns that phone.
export async function claim(context, url, screen, product) {
  await screen.act('open', { session: hex(), product });
  const { ticket } = await screen.stage('waiting');
  const { token } = await (await fetch(`${url}/api/token`, json({ campaign: 'lip-popup' }))).json();
  const phone = await Peer.open(context, url);
  await phone.say({ kind: 'hello', token, campaign: 'lip-popup', build: 'test' });
  await phone.act('join', { ticket, key: hex() });
  await phone.stage('agreeing');
  await phone.act('agree', { key: hex(), terms: true, guardian: true, statistics: false, terms_version: '1', language: 'zh' });
  await phone.stage('following');
  await phone.act('follow', { language: 'zh' });
  await phone.choose('follow');
  await until('following to be done', async () => (await phone.state()).stage === 'paying');
  await phone.act('pay', { language: 'zh' });
  await phone.choose('pay');
  await until('the voucher', async () => (await phone.state()).stage === 'issued');
  return phone;
}
