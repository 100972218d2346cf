// SPDX-License-Identifier: MIT
// A real server and its console in Chromium, for the tests of it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_page, root, until } from './harness.mjs';

const programs = process.env.VITRINE_BIN || join(root, 'build/native-release/bin');
export const laptop = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, hasTouch: false, isMobile: false, locale: 'en-GB' };
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true, locale: 'zh-CN' };
const shots = process.env.VITRINE_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

export class Server {
  constructor(campaigns = join(root, 'assets/campaigns')) {
    this.data = mkdtempSync(join(tmpdir(), 'vitrine-console-'));
    this.campaigns = campaigns;
  }
  async start() {
    this.process = spawn(join(programs, 'vitrine-server'), [
      '--data', this.data, '--listen', '127.0.0.1:0', '--staff-listen', '127.0.0.1:0',
      '--campaigns', this.campaigns,
    ], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    this.process.stdout.on('data', (text) => { said += text; });
    await until('the server', () => /^staff /m.test(said));
    [, this.url] = /public (http:\/\/[^/]+)/.exec(said);
    [, this.staff] = /staff (http:\/\/[^/]+)/.exec(said);
  }
  async stop() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
    await rm(this.data, { recursive: true, force: true, maxRetries: 40 });
  }
  code(name) {
    const args = ['device', 'add', name, '--data', this.data];
    return spawnSync(join(programs, 'vitrine'), args, { encoding: 'utf8' }).stdout.trim().split(/\s+/).pop();
  }
  // What kiosks and pages get.
  async shown(product) {
    const campaign = await (await fetch(`${this.url}/c/lip-popup/campaign.json`)).json();
    return campaign.products.find(({ id }) => id === product);
  }
  async campaign(id) { return (await fetch(`${this.staff}/api/campaigns/${id}`)).json(); }
  // As somebody else at another console.
  async publish(products, id = 'lip-popup') {
    const { version: base_version, etag: base_etag } = await this.campaign(id);
    const response = await fetch(`${this.staff}/api/campaigns/${id}/publish`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ base_version, base_etag, products }),
    });
    assert.equal(response.status, 200);
  }
}

export async function open(server, context, part) {
  const page = await open_page(context, `${server.staff}/console#${part}`);
  await page.waitForSelector('#state.good');
  return page;
}

export async function shoot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: name.endsWith('-full') });
}

// No violation of what machines can tell of WCAG, no word cut off, nothing wider than the window.
export async function looks_well(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  const { wide, inner } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, inner: window.innerWidth }));
  assert.ok(wide <= inner, `${wide} wide in ${inner}`);
  assert.deepEqual(await page.problems(), []);
}

export const confirm = (page) => page.click('dialog .actions button:last-child');
export const said = (page, what) => page.waitForFunction((text) => document.getElementById('said').textContent.includes(text), what);
export const stands = (page, field, value) =>
  page.waitForFunction(([id, text]) => document.getElementById(id)?.value === text, [field, value]);

// Holds what is asked of `url` until it is let go.
export async function hold(page, url) {
  let let_go;
  const released = new Promise((resolve) => { let_go = resolve; });
  let arrive;
  const came = new Promise((resolve) => { arrive = resolve; });
  await page.route(url, async (route) => {
    arrive();
    await released;
    await route.continue();
  });
  return { came, let_go };
}
