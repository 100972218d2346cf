// SPDX-License-Identifier: MIT
// The staff's console in a real Chromium on a real server: what is published reaches screens, a voucher is
// taken back, everything is stopped; in both languages, by keyboard, on a laptop and on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { claim, open_screen } from './claim_peers.mjs';
import { Server, confirm, laptop, looks_well, open as open_on, phone, said, shoot, stands } from './console_site.mjs';
import { until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

let server;
before(async () => {
  server = new Server();
  await server.start();
});
after(() => server.stop());

const open = (context, part) => open_on(server, context, part);

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
    await said(page, 'Peach Fizz, Offer: this number is too small or too large. (must be less; write less)');
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
      assert.match(await page.textContent('dialog'), /正红.*券：立即失效.*库存：退回 1 件.*钱：¥5 原路退还/s);
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
      await said(page, '已重新开始');
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
    await page.waitForSelector('.stocks li');
    await context.setOffline(true);
    await page.waitForSelector('#state.bad');
    assert.match(await page.textContent('#trouble'),
      /^No connection to the server\. Trying again… It answered last at \d\d:\d\d:\d\d; what stands here is from then\.$/);
    await looks_well(page);
    await shoot(page, 'away-en-laptop');
    await page.click('#stop');
    await confirm(page);
    await page.waitForSelector('#said.bad');
    assert.equal(await page.isHidden('#banner'), true);
    await context.setOffline(false);
    await page.waitForSelector('#state.good');
    assert.equal(await page.textContent('#trouble'), '');
  }, laptop);
});

test('what was published, but not answered, is seen when the server answers again', async () => {
  await with_context(async (context) => {
    await server.publish({ 'bare-tea': { stock: 150 } });
    const page = await open(context, 'campaigns');
    await stands(page, 'bare-tea-stock', '150');
    await page.route('**/publish', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.fill('#bare-tea-stock', '151');
    await page.click('#bar .primary');
    await confirm(page);
    await said(page, 'is published.');
    assert.equal(await page.isHidden('#bar'), true);
    assert.equal((await server.shown('bare-tea')).stock, 151);
  }, laptop);
});

test('what became of a roll-back that nobody answered is looked for and said, while numbers are being typed', async () => {
  await with_context(async (context) => {
    await server.publish({ 'bare-tea': { stock: 170 } });
    await server.publish({ 'bare-tea': { stock: 171 } });
    const { version } = await server.campaign('lip-popup');
    const page = await open(context, 'campaigns');
    await stands(page, 'bare-tea-stock', '171');
    await page.fill('#jujube-stock', '99');
    const roll_back = async () => {
      await page.click('.version:nth-child(2) button');
      await confirm(page);
    };
    const untouched = async (stock) => {
      await stands(page, 'bare-tea-stock', stock);
      assert.equal(await page.inputValue('#jujube-stock'), '99');
      assert.match(await page.textContent('#bar'), /1 change/);
    };
    // It was lost on its way there, ...
    await page.route('**/roll-back', (route) => route.abort());
    await roll_back();
    await said(page, `The server was asked again: nothing was published, version ${version} is still served.`);
    await untouched('171');
    // ... somebody else was quicker, ...
    await page.unroute('**/roll-back');
    await page.route('**/roll-back', async (route) => {
      await server.publish({ 'bare-tea': { stock: 172 } });
      await route.abort();
    });
    await roll_back();
    await said(page, `staff published version ${version + 1} instead. Nothing of yours was done.`);
    await untouched('171');
    // ... or the answer was. Who goes on from what is there now is told what it is, as always.
    await page.unroute('**/roll-back');
    await roll_back();
    await page.waitForSelector('dialog');
    await confirm(page);
    await untouched('172');
    await page.route('**/roll-back', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await roll_back();
    await said(page, `Version ${version + 2} is published.`);
    await untouched('171');
    await page.click('#bar .quiet');
  }, laptop);
});

test('in the dark, too, every word can be read', async () => {
  await with_context(async (context) => {
    const page = await open(context, 'campaigns');
    await page.fill('#true-red-stock', 'x');
    await page.fill('#jujube-stock', '5');
    await page.click('#bar .primary');
    await looks_well(page);
    await page.fill('#true-red-stock', '150');
    await page.click('#bar .primary');
    await page.waitForSelector('dialog');
    await looks_well(page);
    await page.click('dialog .actions button:first-child');
    await page.click('#bar .quiet');
    for (const part of ['claims', 'screens', 'log']) {
      await page.click(`nav a[data-view=${part}]`);
      await page.waitForSelector('main .card');
      await looks_well(page);
    }
  }, { ...laptop, colorScheme: 'dark' });
});
