// SPDX-License-Identifier: MIT
// The face tracker's lab: consent before the camera, and that it lets go; the ways to the pixels, the clip, the looks.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, until } from './harness.mjs';
import { asked, kiosk, live_tracks, lying, phone, runs, screen, Site, state, trouble, wide } from './lab_site.mjs';

const site = new Site();
before(() => site.start());
after(() => site.stop());

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const shots = process.env.VITRINE_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

async function shoot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `lab-${name}.png`), fullPage: true });
}

// No violation of what machines can tell of WCAG, nothing wider than the window, nothing that the policy forbids.
async function looks_well(page) {
  const mute = await page.$$eval('[data-text], [data-label]', (all) => all.filter(({ textContent, dataset, ariaLabel }) =>
    (dataset.text && !textContent) || (dataset.label && !ariaLabel)).map(({ outerHTML }) => outerHTML));
  assert.deepEqual(mute, []);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth), { width } = page.viewportSize();
  assert.ok(wide <= width, `${wide} wide in ${width}`);
  assert.deepEqual(await page.problems(), []);
}

async function start(page) {
  await page.click('#start');
  await runs(page);
}

test('no camera is asked for before the click', () => site.with_page(async (page) => {
  assert.equal(await screen(page), 'consent');
  await page.waitForTimeout(500);
  assert.equal(await asked(page), 0);
  await start(page);
  assert.equal(await asked(page), 1);
  assert.equal(await page.evaluate(() => window.constraints.audio), false);
}));

for (const [name, options] of Object.entries({ phone, lying, kiosk, wide })) {
  for (const locale of ['zh-CN', 'en-GB']) {
    test(`with and without the camera are equal choices, both seen at once: ${name}, ${locale}`, () => site.with_page(async (page) => {
      const { width, height } = page.viewportSize();
      const [camera, clip] = await Promise.all(['#start', '#sample'].map((id) => page.locator(id).boundingBox()));
      for (const box of [camera, clip]) {
        assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, JSON.stringify(box));
      }
      assert.deepEqual([clip.width, clip.height], [camera.width, camera.height]);
      // All that is promised is read before anything is chosen; a phone that lies scrolls.
      const promise = await page.locator('.promises li').last().boundingBox();
      if (name !== 'lying') assert.ok(promise.y + promise.height <= camera.y, JSON.stringify([promise, camera]));
      const lines = await page.$eval('#sample', (button) => {
        const range = document.createRange();
        range.selectNodeContents(button);
        return range.getClientRects().length;
      });
      assert.equal(lines, 1);
    }, { options: { ...options, locale } }));
  }
}

test('stop lets go of the camera and says so', () => site.with_page(async (page) => {
  await start(page);
  assert.equal(await live_tracks(page), 1);
  await page.click('#stop');
  assert.equal(await live_tracks(page), 0);
  // Another camera is no consent once it is stopped.
  await page.evaluate(() => document.getElementById('device').dispatchEvent(new Event('change')));
  assert.equal(await live_tracks(page), 0);
  assert.equal(await asked(page), 1);
  assert.equal(await page.evaluate(() => document.getElementById('video').srcObject), null);
  assert.equal(await page.textContent('#after'), 'Stopped. The camera is off.');
  assert.equal(await page.textContent('#said'), '');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'lead');
}));

test('stopped while the browser still asks, the camera does not come on afterwards', () => site.with_page(async (page) => {
  await page.evaluate(() => {
    const { getUserMedia } = navigator.mediaDevices;
    const answered = new Promise((resolve) => { window.answer = resolve; });
    navigator.mediaDevices.getUserMedia = async (wish) => {
      await answered;
      const stream = await getUserMedia(wish);
      window.came = true;
      return stream;
    };
  });
  await page.click('#start');
  assert.equal(await state(page), 'waiting');
  await page.click('#stop');
  await page.evaluate(() => window.answer());
  await page.waitForFunction(() => window.came);
  assert.equal(await live_tracks(page), 0);
}));

test('who does not allow the camera reads what to do', () => site.with_page(async (page) => {
  await page.click('#start');
  const text = await trouble(page, 'denied');
  assert.match(text, /The camera is not allowed/);
  assert.equal(await page.textContent('#path'), '');
  assert.match(text, /Try again/);
  await looks_well(page);
  await shoot(page, 'denied');
}, { answer: 'no' }));

test('on a phone nothing lies on what is said of a refused camera', () => site.with_page(async (page) => {
  await page.click('#start');
  await trouble(page, 'denied');
  assert.deepEqual(await page.$$eval('#trouble > *', (lines) => lines.filter((line) => {
    const { left, right, top, bottom } = line.getBoundingClientRect(), middle = (top + bottom) / 2;
    return [left + 20, (left + right) / 2, right - 20].some((x) => document.elementFromPoint(x, middle) !== line);
  }).map(({ textContent }) => textContent)), []);
}, { options: { ...phone, locale: 'en-GB' }, answer: 'no' }));

test('an address that is not secure says so, in Chinese too', () => site.with_page(async (page) => {
  await page.click('#start');
  assert.match(await trouble(page, 'insecure'), /此地址不能使用摄像头/);
}, { options: phone, prepare: () => Object.defineProperty(window, 'isSecureContext', { get: () => false }) }));

test('the ways to the pixels are measured and one is chosen', () => site.with_page(async (page) => {
  await start(page);
  await page.waitForFunction(() => /video frames|video element|canvas/.test(document.getElementById('path').textContent));
  const measured = JSON.parse(await page.getAttribute('#path', 'data-measured'));
  assert.deepEqual(measured.map(({ name }) => name), ['track_processor', 'video_frame', 'canvas']);
  const times = measured.map(({ milliseconds }) => milliseconds);
  assert.ok(times.every((time) => Number.isFinite(time) && time >= 0), times.join());
  // The first of those that took the least.
  const chosen = ['video frames', 'the video element', 'a canvas'][times.indexOf(Math.min(...times))];
  assert.match(await page.textContent('#path'), new RegExp(`^Pixels by ${chosen}, `));
}));

test('a way whose first frame is slow is not given up for it', () => site.with_page(async (page) => {
  await start(page);
  await page.waitForFunction(() => /video frames|video element|canvas/.test(document.getElementById('path').textContent));
  assert.ok(await page.evaluate(() => window.copies) >= 3);
}, { prepare: () => {
  delete window.MediaStreamTrackProcessor;
  const { copyTo } = VideoFrame.prototype;
  window.copies = 0;
  VideoFrame.prototype.copyTo = async function (...wanted) {
    if (++window.copies === 1) await new Promise((resolve) => setTimeout(resolve, 600));
    return copyTo.apply(this, wanted);
  };
} }));

test('without new interfaces pixels come through the canvas', () => site.with_page(async (page) => {
  await start(page);
  await page.waitForFunction(() => document.getElementById('path').textContent.includes('canvas'));
}, { prepare: () => {
  delete window.VideoFrame;
  delete window.MediaStreamTrackProcessor;
  delete HTMLVideoElement.prototype.requestVideoFrameCallback;
} }));

test('every screen can be used by keyboard and read, on a laptop, a phone and both kiosks', async () => {
  for (const [name, options] of [['laptop', {}], ['phone', phone], ['kiosk', kiosk], ['wide', wide]]) {
    await site.with_page(async (page) => {
      await looks_well(page);
      await shoot(page, `${name}-consent`);
      await page.focus('#start');
      await page.keyboard.press('Enter');
      await runs(page);
      await looks_well(page);
      await shoot(page, `${name}-live`);
      await page.focus('#groups button');
      await page.keyboard.press('Space');
      assert.equal(await page.getAttribute('#groups button', 'aria-pressed'), 'false');
      await page.click('#language');
      await looks_well(page);
      await page.focus('#stop');
      await page.keyboard.press('Enter');
      assert.equal(await screen(page), 'consent');
    }, { options });
  }
});

test('letters twice as large on a kiosk that lies leave every measure its bar', () => site.with_page(async (page) => {
  await start(page);
  await page.evaluate(() => { document.documentElement.style.fontSize = '275%'; });
  const bars = await page.$$eval('#measures .bar', (all) => all.map(({ clientWidth }) => clientWidth));
  assert.equal(bars.length, 8);
  assert.ok(bars.every((width) => width >= 40), bars.join());
  await looks_well(page);
}, { options: wide }));

test('a clip that does not come is tried again, and never the camera instead', () => site.with_page(async (page, context) => {
  await page.click('#sample');
  assert.match(await trouble(page, 'clip'), /did not load/);
  await context.unroute('**/clip.*.webm');
  await page.click('#trouble button');
  await runs(page);
  assert.equal(await asked(page), 0);
}, { routes: { '**/clip.*.webm': (route) => route.abort() } }));

test('while the clip is on its way nobody is told to face a camera', () => site.with_page(async (page, context) => {
  await page.click('#sample');
  await page.waitForFunction(() => document.getElementById('state').dataset.state === 'waiting');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  assert.match(await page.innerText('#state'), /Getting ready/);
  assert.equal(await page.textContent('#hint'), '');
  await page.evaluate(() => window.dispatchEvent(new Event('clip_may_come')));
  await runs(page);
}, { prepare: () => {
  const fetch = window.fetch;
  window.fetch = async (path, options) => {
    if (/clip\./.test(path)) await new Promise((resolve) => addEventListener('clip_may_come', resolve));
    return fetch(path, options);
  };
} }));

test('a clip that stands still is told of, and goes on by itself or is tried again', () => site.with_page(async (page) => {
  const still = async () => {
    await page.evaluate(() => document.getElementById('video').pause());
    assert.match(await trouble(page, 'clip_still'), /stands still/);
  };
  await page.click('#sample');
  await runs(page);
  await still();
  await page.evaluate(() => document.getElementById('video').play());
  await page.waitForSelector('#trouble', { state: 'hidden' });
  await still();
  await page.click('#trouble button');
  await runs(page);
}));

// Of a double click the second comes to lie on another screen's button, in some window or other. Both at once: through
// the browser's own input the second may come late on a busy machine.
const click_twice = (page, id) => page.evaluate((id) => {
  const { left, top, width, height } = document.getElementById(id).getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  for (const detail of [1, 2]) {
    document.elementFromPoint(x, y).dispatchEvent(
      new MouseEvent('click', { bubbles: true, cancelable: true, detail, clientX: x, clientY: y }));
  }
}, id);

for (const [language, width, height] of [['en', 1280, 800], ['en', 1920, 1080], ['zh', 1366, 768], ['zh', 390, 844]]) {
  test(`a double click starts or stops once, ${language}, ${width} x ${height}`, () => site.with_page(async (page) => {
    if (language === 'zh') await page.click('#language');
    await click_twice(page, 'start');
    await runs(page);
    assert.equal(await page.isChecked('#mirrored'), true);
    await click_twice(page, 'stop');
    assert.equal(await screen(page), 'consent');
    assert.equal(await asked(page), 1);
    assert.equal(await live_tracks(page), 0);
    await page.waitForTimeout(600); // no double click any more
    await start(page);
  }, { options: { viewport: { width, height } } }));
}

// A head that turns to both sides (tests/vision/clips), through the browser's camera.
const turn = join(root, 'tests/vision/clips/turn.mjpeg');
test('a head that turns before the camera is followed', { skip: !existsSync(turn) && 'no clips' }, () => site.with_page(async (page) => {
  await start(page);
  const seen = await page.evaluate(async () => {
    const all = [];
    for (let i = 0; i < 40; i++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      all.push([document.getElementById('state').dataset.state, parseFloat(document.querySelector('#measures dd').textContent)]);
    }
    return all;
  });
  const angles = seen.map(([, angle]) => angle).filter(Number.isFinite);
  assert.ok(seen.filter(([name]) => name === 'tracking').length >= 28, JSON.stringify(seen));
  assert.ok(Math.min(...angles) < -15 && Math.max(...angles) > 15, JSON.stringify(angles));
  // Drawn over the picture: so many of the overlay's pixels, and none once the camera is off.
  const drawn_pixels = () => page.evaluate(() => {
    const canvas = document.getElementById('overlay');
    if (!canvas.width || !canvas.height) return 0;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });
  await until('landmarks over the picture', async () => await drawn_pixels() > 500);
  await page.click('#stop');
  await until('nothing over it', async () => await drawn_pixels() === 0);
}, { answer: turn }));

test('the clip plays without a camera being asked for', () => site.with_page(async (page) => {
  await page.click('#sample');
  await runs(page);
  await page.waitForFunction(() => document.getElementById('state').dataset.state === 'tracking');
  await shoot(page, 'laptop-clip');
  await looks_well(page);
  assert.equal(await asked(page), 0);
  await page.click('#stop');
  await page.click('#sample');
  await runs(page);
}));

test('large text and less motion change the layout, not what is there', () => site.with_page(async (page) => {
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await looks_well(page);
  await shoot(page, 'phone-large-consent');
  await start(page);
  await looks_well(page);
  await shoot(page, 'phone-large-live');
}, { options: { ...phone, reducedMotion: 'reduce' } }));

// Heap, buffers, elements and listeners of a page that has thrown away what it could.
async function weigh(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { usedSize, backingStorageSize, nodes, jsEventListeners };
}

const kSeconds = process.env.VITRINE_LONG ? 1800 : 10;
test(`${kSeconds} seconds of frames leave the heap as it was`, { skip: !existsSync(turn) && 'no clips' }, () => site.with_page(async (page) => {
  const frames = () => page.evaluate(() => document.getElementById('video').getVideoPlaybackQuality().totalVideoFrames);
  await start(page);
  await page.waitForTimeout(Math.min(60, kSeconds / 2) * 1000);
  const first = await weigh(page), before = await frames();
  await page.waitForTimeout(kSeconds * 1000);
  await runs(page);
  const last = await weigh(page), seen = await frames() - before;
  console.log(`weighs ${first.usedSize}, after ${seen} frames ${last.usedSize} bytes; ` +
    `buffers ${first.backingStorageSize}, ${last.backingStorageSize}; ${first.nodes}, ${last.nodes} elements`);
  assert.ok(seen > kSeconds, `${seen} frames`);
  assert.ok(last.usedSize - first.usedSize < 200e3, `${first.usedSize} -> ${last.usedSize} bytes`);
  assert.ok(last.backingStorageSize - first.backingStorageSize < 200e3,
    `${first.backingStorageSize} -> ${last.backingStorageSize} bytes of buffers`);
  assert.ok(last.nodes - first.nodes < 50, `${first.nodes} -> ${last.nodes} elements`);
}, { answer: turn }));

const kRounds = process.env.VITRINE_LONG ? 1000 : 50;
test(`started and stopped ${kRounds} times it weighs what it did`, () => site.with_page(async (page) => {
  const rounds = async (count) => {
    for (let i = 0; i < count; i++) {
      await page.click('#start');
      // Not by a function: each that is waited for leaves a timer in the page for minutes.
      await page.waitForSelector('#state:not([data-state=waiting])');
      await page.click('#stop');
    }
  };
  // Until the browser has compiled what it will: on a busy machine that goes on for hundreds of rounds.
  await rounds(process.env.VITRINE_LONG ? 250 : 10);
  const first = await weigh(page);
  await rounds(kRounds);
  const last = await weigh(page);
  console.log(`weighs ${first.usedSize}, after ${kRounds} rounds ${last.usedSize} bytes; ` +
    `${first.nodes}, ${last.nodes} elements; ${first.jsEventListeners}, ${last.jsEventListeners} listeners`);
  assert.equal(await live_tracks(page), 0);
  assert.ok(last.usedSize - first.usedSize < 200e3, `${first.usedSize} -> ${last.usedSize} bytes`);
  assert.ok(last.nodes - first.nodes < 50, `${first.nodes} -> ${last.nodes} elements`);
  assert.ok(last.jsEventListeners - first.jsEventListeners < 50, `${first.jsEventListeners} -> ${last.jsEventListeners} listeners`);
}));
