// SPDX-License-Identifier: MIT
// The staff's console in a real Chromium on a real server: what is published reaches screens, a voucher is
// taken back, everything is stopped; in both languages, by keyboard, on a laptop and on a phone.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { claim, open_screen } from './claim_peers.mjs';
import { open_page, root, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

const programs = process.env.VITRINE_BIN || join(root, 'build/native-release/bin');
const laptop = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, hasTouch: false, isMobile: false, locale: 'en-GB' };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true, locale: 'zh-CN' };
const shots = process.env.VITRINE_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

class Server {
  constructor() { this.data = mkdtempSync(join(tmpdir(), 'vitrine-console-')); }
  async start() {
    this.process = spawn(join(programs, 'vitrine-server'), [
      '--data', this.data, '--listen', '127.0.0.1:0', '--staff-listen', '127.0.0.1:0',
      '--campaigns', join(root, 'assets/campaigns'),
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
}

let server;
before(async () => {
  server = new Server();
  await server.start();
});
after(async () => {
  await server.stop();
  await rm(server.data, { recursive: true, force: true, maxRetries: 40 });
});

async function open(context, part) {
  const page = await open_page(context, `${server.staff}/console#${part}`);
  await page.waitForSelector('#state.good');
  return page;
}

async function shoot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: name.endsWith('-full') });
}

// No violation of what machines can tell of WCAG, no word cut off, nothing wider than the window.
async function looks_well(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  const { wide, inner } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, inner: window.innerWidth }));
  assert.ok(wide <= inner, `${wide} wide in ${inner}`);
  assert.deepEqual(await page.problems(), []);
}

const confirm = (page) => page.click('dialog .actions button:last-child');
const said = (page, what) => page.waitForFunction((text) => document.getElementById('said').textContent.includes(text), what);

test('a price and a stock are edited, published, seen by screens, and rolled back', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'campaigns');
    await page.waitForSelector('#true-red-stock');
    await looks_well(page);
    await shoot(page, 'campaigns-en-laptop');

    // Wrong as it is typed: why, and what to do, beside the field.
    await page.fill('#true-red-offer', '99.999');
    assert.equal(await page.textContent('#true-red-offer-hint'), 'At most 2 digits after the point.');
    await page.fill('#true-red-offer', '99');
    assert.equal(await page.textContent('#true-red-offer-hint'), 'The offer may be at most the price, ¥68.');
    assert.equal(await page.getAttribute('#true-red-offer', 'aria-invalid'), 'true');
    await page.fill('#true-red-stock', 'many');
    assert.equal(await page.textContent('#true-red-stock-hint'), 'Write a number.');
    await shoot(page, 'problems-en-laptop');
    await page.click('#bar .primary');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'true-red-offer');
    assert.equal((await server.shown('true-red')).stock, 200);

    await page.fill('#true-red-offer', '4.50');
    await page.fill('#true-red-stock', '１８０');  // as Chinese keyboards write digits
    await page.click('#bar .primary');
    await page.waitForSelector('dialog');
    assert.match(await page.textContent('dialog'), /Offer ¥5 → ¥4\.50.*Stock 200 → 180/s);
    await looks_well(page);
    await shoot(page, 'publish-en-laptop');
    await page.keyboard.press('Enter');  // the way out has the focus
    assert.equal((await server.shown('true-red')).stock, 200);
    await page.click('#bar .primary');
    await confirm(page);
    await said(page, 'Version 2 is published.');
    const shown = await server.shown('true-red');
    assert.deepEqual([shown.stock, shown.price.offer, shown.price.amount], [180, 450, 6800]);
    await shoot(page, 'published-en-laptop-full');

    await page.click('.version:last-child button');
    await confirm(page);
    await said(page, 'Version 3 is published.');
    assert.equal((await server.shown('true-red')).stock, 200);
    assert.deepEqual(await page.problems(), []);
  }, laptop);
});

test('two of staff at once: the second is told what the first changed, and keeps what was typed', async () => {
  await with_context(async (context) => {
    const [first, second] = [await open(context, 'campaigns'), await open(context, 'campaigns')];
    await second.fill('#jujube-stock', '90');
    await first.fill('#cherry-night-stock', '150');
    await first.click('#bar .primary');
    await confirm(first);
    await said(first, 'is published.');
    await second.click('#bar .primary');
    await confirm(second);
    await second.waitForFunction(() => /Somebody else/.test(document.querySelector('dialog')?.textContent ?? ''));
    assert.match(await second.textContent('dialog'), /Stock 200 → 150/);
    await shoot(second, 'conflict-en-laptop');
    assert.equal((await server.shown('jujube')).stock, 200);
    await confirm(second);
    await second.waitForFunction(() => document.getElementById('cherry-night-stock').value === '150');
    assert.equal(await second.inputValue('#jujube-stock'), '90');
    await second.click('#bar .primary');
    await confirm(second);
    await said(second, 'is published.');
    assert.deepEqual([(await server.shown('jujube')).stock, (await server.shown('cherry-night')).stock], [90, 150]);
  }, laptop);
});

test('what the server refuses stands beside its field, and can be tried again', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'campaigns');
    const answers = [
      { status: 422, json: { error: 'problems', problems: [
        { product: 'bare-tea', field: 'stock', code: 'stock_taken', message: 'm', cure: 'c', limit: 7 },
        { product: 'peach-fizz', field: 'offer', code: 'out_of_range', message: 'must be less', cure: 'write less', limit: 0 }] } },
      { status: 503, json: { error: 'storage_full' } },
    ];
    await page.route('**/publish', (route) => (answers.length > 0 ? route.fulfill(answers.shift()) : route.continue()));
    const publish = async () => {
      await page.click('#bar .primary');
      await confirm(page);
    };
    await page.fill('#bare-tea-stock', '5');
    await publish();
    await said(page, 'Peach Fizz: must be less – write less');
    assert.equal(await page.textContent('#bare-tea-stock-hint'), 'So many are taken already: write 7 or more.');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'bare-tea-stock');
    await publish();
    await said(page, 'The disk of the server is full. Nothing was changed.');
    assert.equal((await server.shown('bare-tea')).stock, 200);
    await publish();
    await said(page, 'is published.');
    assert.equal((await server.shown('bare-tea')).stock, 5);
  }, laptop);
});

test('a voucher is found and taken back, its money refunded; everything is stopped and started', async () => {
  await with_context(async (outside) => {
    const screen = await open_screen(outside, server.url, server.code('lobby-left'));
    const shopper = await claim(outside, server.url, screen, 'true-red');
    const { code } = await shopper.state();
    await claim(outside, server.url, screen, 'berry-jelly');

    await with_context(async (context) => {
      const page = await open(context, 'claims');
      await until('both claims', async () => (await page.$$('.claims > li.claim')).length >= 2);
      assert.ok(!(await page.content()).includes(code), 'the code is masked');
      await looks_well(page);
      await shoot(page, 'claims-zh-phone');
      await shoot(page, 'claims-zh-phone-full');
      await page.fill('#find', `${code.slice(0, 5)} ${code.slice(5, 10)} ${code.slice(10)}`.toLowerCase());
      await page.keyboard.press('Enter');
      await page.waitForSelector('.found .claim');
      await page.click('.found .claim button');
      await page.waitForSelector('dialog.danger');
      assert.match(await page.textContent('dialog'), /正红.*5.*退还/s);
      await looks_well(page);
      await shoot(page, 'void-zh-phone');
      await confirm(page);
      await said(page, '已退还');
      await shoot(page, 'voided-zh-phone');
      assert.equal((await shopper.stage('ended')).reason, 'voided');

      await page.click('#stop');
      await page.waitForSelector('dialog.danger');
      await shoot(page, 'stop-zh-phone');
      await confirm(page);
      await page.waitForSelector('#banner:not([hidden])');
      await looks_well(page);
      await shoot(page, 'stopped-zh-phone');
      await screen.act('open', { session: '7'.repeat(32), product: 'true-red' });
      assert.equal((await screen.stage('ended')).reason, 'closed');

      // Stopped is stopped, whatever becomes of the server and the page.
      await page.reload();
      await page.waitForSelector('#banner:not([hidden])');
      await page.click('#banner button');
      await confirm(page);
      await page.waitForSelector('#banner', { state: 'hidden' });
      await screen.act('open', { session: '8'.repeat(32), product: 'true-red' });
      await screen.stage('waiting');
    }, phone);
  }, { ...laptop, bypassCSP: true });
});

test('screens and the log, in both languages, by keyboard alone', async () => {
  server.code('window-right');
  await with_context(async (context) => {
    const page = await open(context, 'campaigns');
    await page.waitForSelector('#true-red-stock');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    for (let i = 0; i < 3; ++i) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('tbody th')?.textContent.length > 0);
    assert.match(await page.textContent('main'), /window-right/);
    await looks_well(page);
    await shoot(page, 'screens-en-laptop');
    await page.click('#language');
    await page.waitForFunction(() => document.documentElement.lang === 'zh-Hans');
    assert.match(await page.textContent('main'), /屏幕/);
    await shoot(page, 'screens-zh-laptop');
    await page.click('nav a[data-view=log]');
    await page.waitForSelector('.log li');
    await looks_well(page);
    await shoot(page, 'log-zh-laptop');
    await page.click('nav a[data-view=campaigns]');
    await page.waitForSelector('#true-red-stock');
    await shoot(page, 'campaigns-zh-laptop');
    await page.click('nav a[data-view=claims]');
    await page.waitForSelector('.stocks li');
    await shoot(page, 'claims-zh-laptop');
    await page.reload();
    await page.waitForFunction(() => document.documentElement.lang === 'zh-Hans');
  }, laptop);
  for (const locale of ['zh-CN', 'en-GB']) {
    await with_context(async (context) => {
      for (const part of ['campaigns', 'claims', 'screens', 'log']) {
        const page = await open(context, part);
        await page.waitForSelector('main .card, main .product');
        await looks_well(page);
        await shoot(page, `${part}-${locale.slice(0, 2)}-small-phone`);
        await page.close();
      }
    }, { ...phone, locale, viewport: { width: part_width(locale), height: 844 } });
  }
});

// The narrowest phone, too.
function part_width(locale) { return locale === 'zh-CN' ? 320 : 390; }

test('a server that goes away is said, and is back by itself', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'claims');
    await context.setOffline(true);
    await page.waitForSelector('#state.bad');
    await shoot(page, 'away-en-laptop');
    await page.click('#stop');
    await confirm(page);
    await page.waitForSelector('#said.bad');
    assert.equal(await page.isHidden('#banner'), true);
    await context.setOffline(false);
    await page.waitForSelector('#state.good');
  }, laptop);
});
