// SPDX-License-Identifier: MIT
// Staff in a hurry, a network that fails, two languages: nothing typed is lost unasked, nothing is taken unseen,
// and what happened is said in plain words.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Server, confirm, hold, laptop, looks_well, open as open_on, phone, said, stands } from './console_site.mjs';
import { root, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

const chinese = { ...laptop, locale: 'zh-CN' };
const campaigns = mkdtempSync(join(tmpdir(), 'vitrine-campaigns-'));
const file_of = (id) => join(campaigns, id, 'campaign.json');
let age = 0;
function change_file(id, from, to) {
  const text = readFileSync(file_of(id), 'utf8');
  assert.ok(text.includes(from), from);
  writeFileSync(file_of(id), text.replace(from, to));
  utimesSync(file_of(id), 1000, 1000 + ++age);
}

let server;
before(async () => {
  for (const id of ['lip-popup', 'spring-fair']) cpSync(join(root, 'assets/campaigns/lip-popup'), join(campaigns, id), { recursive: true });
  change_file('spring-fair', '"id": "lip-popup"', '"id": "spring-fair"');
  server = new Server(campaigns);
  await server.start();
});
after(async () => {
  await server.stop();
  rmSync(campaigns, { recursive: true });
});

const open = (context, part) => open_on(server, context, part);
const asked = (page) => page.waitForSelector('dialog');
const no = (page) => page.click('dialog .actions button:first-child');
const campaign = (id) => server.campaign(id);
// A page in Chinese has no English but names.
async function says_no_english(page, what = 'main') {
  const text = (await page.textContent(what)).replace(/lip-popup|spring-fair|SR-\d+|CNY|never_heard_of|products\[\d+\]\S*/g, '');
  assert.deepEqual(text.match(/[A-Za-z]{3,}[ A-Za-z]*/g), null, text);
}

test('a decimal comma is a decimal comma, and what could be two numbers is not guessed', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'campaigns');
    await page.fill('#true-red-amount', '68,50');
    await page.fill('#true-red-offer', '4，5');
    await page.click('#bar .primary');
    await asked(page);
    assert.match(await page.textContent('dialog'), /正红宣言：原价 ¥68 → ¥68\.50.*正红宣言：活动价 ¥5 → ¥4\.50/s);
    await confirm(page);
    await said(page, '已发布');
    const { price } = await server.shown('true-red');
    assert.deepEqual([price.amount, price.offer], [6850, 450]);
    await page.fill('#true-red-amount', '1.234,50');
    assert.equal(await page.textContent('#true-red-amount-hint'), '看不出是哪个数，请像 1234.50 这样写。');
    await page.click('#language');
    assert.equal(await page.textContent('#true-red-amount-hint'), 'It is not certain which number this is. Write it like 1234.50.');
    await page.fill('#true-red-stock', '1,5');
    assert.equal(await page.textContent('#true-red-stock-hint'), 'Write a whole number.');
    assert.match(await page.textContent('#bar'), /2 changes · 2 need another look/);
    await page.fill('#true-red-stock', '1,500');
    assert.equal(await page.getAttribute('#true-red-stock', 'aria-invalid'), 'false');
  }, chinese);
});

test('another campaign, or leaving the page, takes nothing that was typed without asking', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'campaigns');
    await page.waitForSelector('select');
    await page.fill('#jujube-stock', '77');
    await page.fill('#jujube-offer', 'much');
    await page.selectOption('select', 'spring-fair');
    await asked(page);
    assert.match(await page.textContent('dialog'), /Discard your changes\?.*Jujube: Offer ¥5 → much.*Jujube: Stock 200 → 77/s);
    await looks_well(page);
    await page.keyboard.press('Enter');  // the way back has the focus
    assert.equal(await page.inputValue('#jujube-stock'), '77');
    assert.equal(await page.inputValue('select'), 'lip-popup');
    // Other parts of the console keep it.
    await page.click('nav a[data-view=log]');
    await page.waitForSelector('.log li');
    await page.click('nav a[data-view=campaigns]');
    assert.equal(await page.inputValue('#jujube-stock'), '77');

    const leaving = new Promise((resolve) => { page.once('dialog', resolve); });
    // page.reload() would wait until its patience ends for what is prevented here.
    await page.evaluate(() => { window.stayed = true; setTimeout(() => location.reload(), 0); });
    const dialog = await leaving;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.dismiss();
    assert.equal(await page.evaluate(() => window.stayed), true);
    assert.equal(await page.inputValue('#jujube-stock'), '77');

    await page.selectOption('select', 'spring-fair');
    await asked(page);
    await confirm(page);
    await page.waitForFunction(() => document.querySelector('main h2').textContent === 'spring-fair');
    assert.equal(await page.inputValue('#jujube-stock'), '200');
    // Nothing is typed: nobody is asked.
    await page.selectOption('select', 'lip-popup');
    await page.waitForFunction(() => document.querySelector('main h2').textContent === 'lip-popup');
    page.on('dialog', () => assert.fail('asked although nothing is typed'));
    await page.reload();
    await page.waitForSelector('#state.good');
  }, laptop);
});

test('a file that is changed again while it is looked at is not taken unseen', async () => {
  await with_context(async (context) => {
    await server.publish({ 'true-red': { stock: 180 } }, 'spring-fair');
    change_file('spring-fair', '"offer": 500', '"offer": 300');
    await until('the file to be seen', async () => (await campaign('spring-fair')).file_changed);
    const page = await open(context, 'campaigns');
    await page.waitForSelector('select');
    await page.selectOption('select', 'spring-fair');
    await page.waitForSelector('.notice');
    assert.match(await page.textContent('.notice'), /Cherry Night: Offer ¥5 → ¥3/);
    await page.fill('#jujube-stock', '66');
    await page.click('.notice .primary');
    await asked(page);
    const seen = (await campaign('spring-fair')).file_etag;
    change_file('spring-fair', '"offer": 300', '"offer": 100');
    await until('the second change to be seen', async () => (await campaign('spring-fair')).file_etag !== seen);
    await confirm(page);
    await said(page, 'The file was changed again while you looked at it. Nothing was taken over.');
    assert.equal((await campaign('spring-fair')).products[0].offer, 500);
    await page.waitForFunction(() => /Offer ¥5 → ¥1(?!\d)/.test(document.querySelector('.notice').textContent));
    await page.click('.notice .primary');
    await confirm(page);
    await said(page, 'is published.');
    assert.equal((await campaign('spring-fair')).products[0].offer, 100);
    assert.equal(await page.inputValue('#jujube-stock'), '66', 'what was typed stays');
  }, laptop);
});

test('the log and what is refused are in the language of who reads, money in its currency', async () => {
  await with_context(async (context) => {
    await server.publish({ 'berry-jelly': { amount: 7250, offer: null, stock: 90 } });
    for (const act of ['stop', 'start']) {
      await fetch(`${server.staff}/api/${act}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    }
    const page = await open(context, 'log');
    await page.waitForSelector('.log li');
    const text = await page.textContent('.log');
    for (const words of ['莓果冻：原价 ¥68 → ¥72.50', '莓果冻：活动价 ¥5 → 无', '莓果冻：库存 200 → 90', '全部暂停', '重新开始']) {
      assert.ok(text.includes(words), `${words} in ${text}`);
    }
    await says_no_english(page);

    await page.click('nav a[data-view=campaigns]');
    await page.waitForSelector('#jujube-stock');
    const of = (code, more) => ({ product: '', field: '', code, message: 'must be something', cure: 'write it', limit: 0, path: '', ...more });
    await page.route('**/publish', (route) => route.fulfill({ status: 422, json: { error: 'problems', problems: [
      of('out_of_range', { product: 'peach-fizz', field: 'offer' }), of('unknown_kind', { path: 'products[9].kind' }),
      of('never_heard_of'), of('stock_taken', { product: 'jujube', field: 'stock', limit: 7 })] } }));
    await page.fill('#jujube-stock', '5');
    await page.click('#bar .primary');
    await confirm(page);
    await said(page, '蜜桃气泡，活动价：数字太小或太大。');
    assert.equal(await page.textContent('#jujube-stock-hint'), '已有 7 件被占用，请填 7 或更多。');
    await says_no_english(page, '#said');
    await says_no_english(page);
  }, chinese);
});

test('what is agreed to is what was shown: nothing that came behind the question is overwritten', async () => {
  await with_context(async (context) => {
    await server.publish({ 'bare-tea': { stock: 171 } });
    await server.publish({ 'bare-tea': { stock: 172 } });
    const page = await open(context, 'campaigns');
    await page.click('.version:last-child button');
    await asked(page);
    await server.publish({ 'bare-tea': { stock: 173 } });
    const theirs = (await campaign('lip-popup')).version;
    await stands(page, 'bare-tea-stock', '173');  // behind the question
    await confirm(page);
    await page.waitForFunction(() => /Somebody else has published meanwhile/.test(document.querySelector('dialog')?.textContent));
    assert.match(await page.textContent('dialog'), /Bare Tea: Stock 172 → 173.*Nothing of yours was done/s);
    await confirm(page);
    assert.equal((await campaign('lip-popup')).version, theirs);

    // A number typed back to what it was is no change, whatever is published after it.
    await page.fill('#bare-tea-stock', '99');
    await page.fill('#bare-tea-stock', '173');
    await server.publish({ 'bare-tea': { stock: 174 } });
    await stands(page, 'bare-tea-stock', '174');
    assert.equal(await page.isHidden('#bar'), true);
  }, laptop);
});

test('what is typed while something is on its way stays, and so does the campaign it is typed into', async () => {
  await with_context(async (context) => {
    await server.publish({ 'bare-tea': { stock: 160 }, 'peach-fizz': { stock: 160 } });
    const page = await open(context, 'campaigns');
    await stands(page, 'bare-tea-stock', '160');
    await page.fill('#bare-tea-stock', '161');
    await page.fill('#peach-fizz-stock', '161');
    const publishing = await hold(page, '**/publish');
    await page.click('#bar .primary');
    await confirm(page);
    await publishing.came;
    await page.fill('#bare-tea-stock', '160');  // back to before, which is a change to what is being published
    await page.fill('#jujube-stock', '15');
    publishing.let_go();
    await said(page, 'is published.');
    await page.keyboard.type('7');
    assert.deepEqual(await Promise.all(['bare-tea', 'peach-fizz', 'jujube'].map((id) => page.inputValue(`#${id}-stock`))), ['160', '161', '157']);
    assert.match(await page.textContent('#bar'), /2 changes/);
    assert.equal((await server.shown('bare-tea')).stock, 161);
    await page.click('#bar .quiet');

    const other = await hold(page, '**/api/campaigns/spring-fair');
    await page.selectOption('select', 'spring-fair');
    await other.came;
    await page.fill('#jujube-stock', '15');
    other.let_go();
    await page.waitForFunction(() => document.querySelector('select').value === 'lip-popup');
    assert.deepEqual([await page.textContent('main h2'), await page.inputValue('#jujube-stock')], ['lip-popup', '15']);
    await page.click('#bar .quiet');
    await page.unroute('**/api/campaigns/spring-fair');
    await page.route('**/api/campaigns/spring-fair', (route) => route.abort());
    await page.selectOption('select', 'spring-fair');
    await said(page, 'The server did not answer.');
    assert.deepEqual([await page.textContent('main h2'), await page.inputValue('select')], ['lip-popup', 'lip-popup']);
  }, laptop);
});

test('an answer that is late is not drawn over another part', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'log');
    await page.waitForSelector('.log li');
    const screens = await hold(page, '**/api/screens');
    await page.click('nav a[data-view=screens]');
    await screens.came;
    await page.click('nav a[data-view=log]');
    const asked_again = page.waitForResponse('**/api/audit');
    screens.let_go();
    await asked_again;
    assert.equal(await page.textContent('main h2'), 'Log');
    assert.equal(await page.$('main table'), null);
    await page.waitForSelector('.log li');
  }, laptop);
});

const a_claim = (number, more) => ({
  claim: String(number).repeat(32), campaign: 'lip-popup', product: 'true-red', state: 'issued', reason: '', price: 500,
  currency: 'CNY', payment: 'paid', code: '•••••-•••••-X8C6', held_time: 1e12, hold_until: 1e12, issued_time: 1e12, ended_time: 0,
  valid_until: 0, ...more,
});

test('before a claim is taken back the page says what becomes of it, of stock and of money', async () => {
  const claims = [a_claim(1), a_claim(2, { price: 0, currency: '', payment: 'none' }),
    a_claim(3, { state: 'held', payment: 'pending', code: '', issued_time: 0 }),
    a_claim(4, { state: 'held', price: 0, currency: '', payment: 'none', code: '', issued_time: 0 })];
  const words = {
    en: [/Void this voucher\?.*Voucher: it stops working at once.*Stock: one goes back.*Money: ¥5 goes back to the shopper/s,
      /Take this voucher back\?.*Voucher: it stops working at once.*Stock: one goes back.*Money: nothing was paid/s,
      /End this hold\?.*Claim: the shopper cannot go on.*Stock: one goes back.*Money: a payment may be on its way. Should it arrive, it goes back/s,
      /End this hold\?.*Claim: the shopper cannot go on.*Stock: one goes back.*Money: nothing was paid/s],
    zh: [/作废这张券？.*券：立即失效.*库存：退回 1 件.*钱：¥5 原路退还顾客/s, /收回这张券？.*券：立即失效.*库存：退回 1 件.*钱：没有付过款，不用退/s,
      /结束这次保留？.*领取：顾客不能再继续.*库存：退回 1 件.*钱：可能有一笔付款正在进行。如果到账，会自动退还/s,
      /结束这次保留？.*领取：顾客不能再继续.*库存：退回 1 件.*钱：没有付过款，不用退/s],
  };
  for (const [language, options] of [['en', laptop], ['zh', phone]]) {
    await with_context(async (context) => {
      const sent = [];
      await context.route('**/api/claims', (route) => route.fulfill({ json: { stopped: null, pools: [], claims } }));
      await context.route('**/api/claims/void', (route) => {
        sent.push(route.request().postDataJSON());
        return route.fulfill({ status: 409, json: { error: 'changed', claim: { ...claims[2], state: 'issued', payment: 'paid' } } });
      });
      const page = await open(context, 'claims');
      for (const [at, { claim }] of claims.entries()) {
        await page.click(`[data-claim="${claim}"] button`);
        await asked(page);
        assert.match(await page.textContent('dialog'), words[language][at]);
        if (language === 'zh') await says_no_english(page, 'dialog #answer');
        await looks_well(page);
        await no(page);
      }
      assert.deepEqual(sent, []);
      // What is confirmed is told, so that nothing else is done.
      await page.click(`[data-claim="${claims[2].claim}"] button`);
      await confirm(page);
      await said(page, language === 'zh' ? '没有执行' : 'Nothing was done');
      assert.deepEqual(sent, [{ claim: claims[2].claim, state: 'held' }]);
    }, options);
  }
});

test('half an answer, and one that cannot be used, is said and asked for again whole', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'claims');
    await page.waitForSelector('.stocks li');
    const known = [];
    // After trouble it waits for up to half a minute before it asks again.
    const ask_now = () => page.evaluate(() => window.dispatchEvent(new Event('online')));
    const answer_with = async (body) => {
      await context.unroute('**/api/claims');
      await context.route('**/api/claims', (route) => {
        known.push(route.request().headers()['if-none-match'] ?? '');
        return route.fulfill({ contentType: 'application/json', headers: { ETag: '"odd"' }, body });
      });
      const before = known.length;
      // By itself, also after the first trouble.
      if (before === 0) await until('two questions', () => known.length > 1);
      await until('three questions', async () => {
        await ask_now();
        return known.length > before + 2;
      });
    };
    await answer_with('{"stopped":null,"pools":[');
    assert.match(await page.textContent('#trouble'), /^No connection to the server.*It answered last at/);
    await answer_with('{"stopped":null}');
    assert.match(await page.textContent('#trouble'), /Something on this page does not work\. Reload it/);
    assert.ok(!known.includes('"odd"'), 'what was not used is not known');
    await looks_well(page);
    await answer_with('{"stopped":null,"pools":[],"claims":[]}');
    assert.ok(known.includes('"odd"'));
    assert.equal(await page.textContent('#trouble'), '');
    await context.unroute('**/api/claims');
    await context.route('**/api/claims', (route) => route.fulfill({ status: 401, body: 'the staff password, please\n' }));
    await ask_now();
    await page.waitForFunction(() => /asks for the password again/.test(document.getElementById('trouble').textContent));
    await context.unroute('**/api/claims');
    await context.route('**/api/claims', (route) => route.fulfill({ status: 503, json: { error: 'storage_full' } }));
    await ask_now();
    await page.waitForFunction(() => /The disk of the server is full/.test(document.getElementById('trouble').textContent));
    await context.unroute('**/api/claims');
    await ask_now();
    await page.waitForSelector('.stocks .stock-bar');
    await page.waitForSelector('#state.good');
  }, laptop);
});

test('by keyboard alone: every stop is seen, the skip link stays in its part, a question gives the focus back', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'claims');
    await page.waitForSelector('.stocks li');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(await page.evaluate(() => [document.activeElement.id, location.hash]), ['view', '#claims']);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'find');

    await page.click('nav a[data-view=campaigns]');
    await page.waitForSelector('#true-red-stock');
    await page.evaluate(() => document.body.focus());
    const stops = new Set();
    for (let i = 0; i < 60; ++i) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const { activeElement: element } = document;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const name = element.id || element.dataset.view || element.textContent;
        return { name, seen: element === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) };
      });
      assert.ok(stop.seen, `${stop.name} shows that it has the focus`);
      stops.add(stop.name);
    }
    for (const name of ['campaigns', 'claims', 'screens', 'log', 'stop', 'language', 'true-red-offer', 'jujube-stock']) {
      assert.ok(stops.has(name), `${name} is reached`);
    }
    await page.focus('#stop');
    await page.keyboard.press('Enter');
    await asked(page);
    for (let i = 0; i < 5; ++i) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement) || document.activeElement === document.body));
    }
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'stop');
    await page.focus('#true-red-stock');
    await page.keyboard.type('x');
    await page.focus('#bar .primary');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'true-red-stock');
    assert.deepEqual(await page.evaluate(() => [document.getElementById('said').getAttribute('aria-live'), document.getElementById('said').textContent]),
      ['assertive', 'Some numbers need another look; each says why.']);
    await page.focus('#close');
    await page.keyboard.press('Enter');
    assert.equal(await page.textContent('#said'), '');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'view');
  }, laptop);
});
