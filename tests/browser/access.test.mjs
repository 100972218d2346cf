// SPDX-License-Identifier: MIT
// The page without fingers and for all ears: keyboard, screen reader, and what a browser's own
// gestures must not do to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Fingers, difference, open_page, open_stepped, phone, running, serve_static, statistics,
         until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

let server;
before(async () => { server = await serve_static(); });
after(() => server.close());

const address = (query = '?lang=en') => `${server.address}/c/lip-popup/${query}`;
const scene_of = async (page) => (await statistics(page)).app.scene;

async function open_running(context, query) {
  const page = await open_page(context, address(query));
  await running(page);
  return page;
}

const buttons = (page) => page.evaluate(() =>
  Array.from(document.querySelectorAll('#semantics button'), (button) => button.dataset.name));

// Names of what has the focus, from Tab to Tab, until it comes round.
async function tab_round(page) {
  const names = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => document.activeElement.dataset?.name ?? '');
    if (names.length > 0 && (name === '' || name === names[0])) break;
    if (name) names.push(name);
  }
  return names;
}

// What Tab walked through and the buttons there are, of a round in which these stayed the same: a
// beat that changes under the walk replaces the button that had the focus.
const rounds = (page, at_least) => until(`${at_least} buttons that stay`, async () => {
  await page.evaluate(() => document.activeElement.blur());
  const found = await buttons(page), walked = await tab_round(page);
  const is_still = JSON.stringify(found) === JSON.stringify(await buttons(page));
  return is_still && walked.length === found.length && found.length >= at_least && [walked, found];
});

test('Tab reaches every button of each scene, in reading order, and Enter presses it', () =>
  with_context(async (context) => {
    const page = await open_running(context);
    assert.deepEqual(...await rounds(page, 1));
    await page.focus('[data-name="start"]');
    await page.keyboard.press('Enter');
    await until('the wall', async () => (await scene_of(page)) === 'wall');
    const [walked, found] = await rounds(page, 8);
    assert.deepEqual(walked.sort(), found.sort());
    await page.focus('[data-name="back"]');
    await page.keyboard.press('Space');
    await until('attract', async () => (await scene_of(page)) === 'attract');
  }));

test('arrow keys move the row that has the focus and Escape goes back', () => with_context(async (context) => {
  const page = await open_running(context);
  await until('a button', () => page.$('[data-name="start"]'));
  await page.focus('[data-name="start"]');
  await page.keyboard.press('Enter');
  await until('the row', () => page.$('[data-name="shades"]'));
  const product = () => page.textContent('[data-name="product"]');
  // What is told as it changes gets its words a frame after its place.
  const first = await until('its words', product);
  await page.focus('[data-name="shades"]');
  await page.keyboard.press('ArrowRight');
  await until('the next product', async () => (await product()) !== first);
  await page.keyboard.press('ArrowLeft');
  await until('the first product', async () => (await product()) === first);
  await page.keyboard.press('Escape');
  await until('attract', async () => (await scene_of(page)) === 'attract');
}));

test('what has the focus is seen on the picture', () => with_context(async (context) => {
  const page = await open_stepped(context, address());
  await page.step(4, 300);
  await until('a button', () => page.$('#semantics button'));
  const plain = await page.screenshot();
  await page.keyboard.press('Tab');
  await page.step(1, 0);
  const box = await page.evaluate(() => {
    const { x, y, width, height } = document.activeElement.getBoundingClientRect();
    return { x, y, width, height };
  });
  assert.ok(box.width >= 44 && box.height >= 44, JSON.stringify(box));
  const apart = difference(plain, await page.screenshot());
  // At least a ring of two points around it.
  assert.ok(apart.share * 390 * 844 >= 4 * (box.width + box.height), JSON.stringify({ apart, box }));
}, { ...phone, reducedMotion: 'reduce' }));

for (const [language, heading, press] of [['zh', /元/, /去看看/], ['en', /lipstick/, /shades/i]]) {
  test(`a screen reader hears the screen, in ${language}`, () => with_context(async (context) => {
    const page = await open_running(context, `?lang=${language}`);
    // The screen that calls says three things in turn: on a busy machine the first is over, and comes again.
    let tree = '';
    await until('the first of what it says', async () => {
      tree = await page.locator('#semantics').ariaSnapshot();
      return heading.test(tree);
    });
    assert.match(tree, /heading/);
    assert.match(tree.split('\n').filter((line) => /button/.test(line)).join('\n'), press);
    assert.equal(await page.getAttribute('html', 'lang'), language);
    // The canvas says nothing of its own, and what was there before the engine is gone.
    assert.equal(await page.getAttribute('canvas', 'aria-hidden'), 'true');
    assert.equal(await page.isVisible('main'), false);
    for (const button of await page.$$('#semantics button')) {
      assert.ok((await button.innerText()).trim().length > 0);
    }
  }));
}

test('fingers neither zoom nor scroll nor open menus', () => with_context(async (context) => {
  const page = await open_running(context), fingers = await Fingers.of(page);
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById('canvas')).touchAction), 'none');
  await fingers.down([150, 400], [240, 440]);
  for (let i = 1; i <= 10; i++) await fingers.move([150 - 12 * i, 400 - 10 * i], [240 + 12 * i, 440 + 10 * i]);
  await fingers.up();
  for (let i = 0; i < 2; i++) await fingers.tap(200, 500);
  assert.equal(await page.evaluate(() => window.visualViewport.scale), 1);
  assert.equal(await page.evaluate(() => window.scrollX + window.scrollY), 0);
  const stopped = await page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    const send = (event) => !canvas.dispatchEvent(event);
    const options = { bubbles: true, cancelable: true };
    return [send(new MouseEvent('contextmenu', options)), send(new Event('selectstart', options)),
      send(new Event('gesturestart', options)), send(new WheelEvent('wheel', { ...options, ctrlKey: true }))];
  });
  assert.deepEqual(stopped, [true, true, true, true]);
}));

const focused = (page) => page.evaluate(() => document.activeElement.dataset?.name ?? '');

test('"still there?" takes the focus, keeps it, and gives it back', () => with_context(async (context) => {
  const page = await open_stepped(context, address());
  const wait = (what, check) => until(what, async () => {
    await page.step(2, 100);
    return check();
  });
  await wait('a button', () => page.$('[data-name="start"]'));
  await page.focus('[data-name="start"]');
  await page.keyboard.press('Enter');
  await wait('the wall', () => page.$('[data-name="back"]'));
  await page.focus('[data-name="back"]');
  await page.step(2, 100);
  await page.step(9, 3000);
  await wait('the question', () => page.$('[data-name="still-there"]'));
  await wait('the focus in it', async () => (await focused(page)) === 'stay');
  const names = new Set();
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press(i % 2 ? 'Shift+Tab' : 'Tab');
    await page.step(1, 100);
    names.add(await focused(page));
  }
  assert.deepEqual([...names].filter((name) => name).sort(), ['finish', 'stay']);
  await page.keyboard.press('Escape');
  await wait('its end', async () => !(await page.$('[data-name="still-there"]')));
  await wait('the focus where it was', async () => (await focused(page)) === 'back');
}, { viewport: { width: 800, height: 1200 }, isMobile: false, reducedMotion: 'reduce' }));

test('the page and its tab speak the language that was chosen', () => with_context(async (context) => {
  const page = await open_running(context);
  await until('English', async () => /yours/.test(await page.title()));
  await until('the switch', () => page.$('[data-name="language"]'));
  await page.focus('[data-name="language"]');
  await page.keyboard.press('Enter');
  await until('Chinese', async () => (await page.getAttribute('html', 'lang')) === 'zh');
  assert.match(await page.title(), /元/);
}));

test('contrast that the system asks for is where one begins, and can be switched off', () =>
  with_context(async (context) => {
    const page = await context.newPage();
    await page.emulateMedia({ contrast: 'more' });
    await page.goto(address());
    await running(page);
    await until('the button', () => page.$('[data-name="accessibility"]'));
    await page.focus('[data-name="accessibility"]');
    await page.keyboard.press('Enter');
    const contrast = '[data-name="prefer-high_contrast"]';
    const checked = () => page.getAttribute(contrast, 'aria-checked');
    await until('the sheet', () => page.$(contrast));
    assert.equal(await checked(), 'true');
    assert.equal(await page.getAttribute('[data-name="prefer-large_text"]', 'aria-checked'), 'false');
    await page.focus(contrast);
    await page.keyboard.press('Enter');
    await until('the shopper\'s choice', async () => (await checked()) === 'false');
    // What the system says later is not what the shopper said.
    await page.emulateMedia({ contrast: 'no-preference' });
    await page.emulateMedia({ contrast: 'more' });
    await page.waitForTimeout(500);
    assert.equal(await checked(), 'false');
  }));

test('two switches are enough: one moves the focus, one presses', () => with_context(async (context) => {
  const page = await open_running(context, '?lang=en&switch=two');
  await until('a button', () => page.$('[data-name="start"]'));
  await until('the focus on it', async () => {
    await page.keyboard.press('Space', { delay: 60 });
    await page.waitForTimeout(700);
    // Where it is once this press has been seen, not the one before.
    for (let told = 0; told < 2; told++) await statistics(page);
    return (await focused(page)) === 'start';
  });
  await page.keyboard.press('Enter', { delay: 60 });
  await until('the wall', async () => (await scene_of(page)) === 'wall');
}));
