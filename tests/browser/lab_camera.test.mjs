// SPDX-License-Identifier: MIT
// What a camera can do to the lab: be refused, busy, unplugged, silent; and when the page asks for it again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, hide, live_tracks, runs, Site, trouble, watch_tracker } from './lab_site.mjs';

const site = new Site();
before(() => site.start());
after(() => site.stop());

async function start(page) {
  await page.click('#start');
  await runs(page);
}

const kRefusals = [
  ['NotFoundError', 'no_device', /There is no camera/],
  ['NotReadableError', 'in_use', /Another program has the camera/],
  ['SecurityError', 'denied', /not allowed/],
  ['TypeError', 'unknown', /could not be opened/],
];
for (const [name, code, words] of kRefusals) {
  test(`a camera that fails with ${name} is told as ${code}`, () => site.with_page(async (page) => {
    await page.evaluate((kind) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(
        kind === 'TypeError' ? new TypeError('x') : new DOMException('x', kind));
    }, name);
    await page.click('#start');
    assert.match(await trouble(page, code), words);
  }));
}

test('a dialog that was closed without an answer is not a refusal', () => site.with_page(async (page) => {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission dismissed', 'NotAllowedError'));
  });
  await page.click('#start');
  assert.match(await trouble(page, 'dismissed'), /No choice was made/);
}));

for (const [code, message] of [['denied', 'Permission denied'], ['dismissed', 'Permission dismissed']]) {
  test(`a tab that is seen again does not ask again after ${code}; the person does`, () => site.with_page(async (page) => {
    await page.evaluate((words) => {
      navigator.mediaDevices.getUserMedia = () => {
        window.asked++;
        return Promise.reject(new DOMException(words, 'NotAllowedError'));
      };
    }, message);
    await page.click('#start');
    await trouble(page, code);
    await hide(page, true);
    await hide(page, false);
    assert.equal(await asked(page), 1);
    await trouble(page, code);
    await page.click('#trouble button');
    assert.equal(await asked(page), 2);
  }));
}

test('another camera is chosen from the list', () => site.with_page(async (page) => {
  await start(page);
  await page.waitForFunction(() => document.querySelectorAll('#device option').length === 2);
  const [first, second] = await page.$$eval('#device option', (all) => all.map(({ value }) => value));
  assert.equal(await page.inputValue('#device'), first);
  await page.selectOption('#device', second);
  await page.waitForFunction((id) => window.tracks.at(-1).getSettings().deviceId === id, second);
  await runs(page);
  assert.equal(await live_tracks(page), 1);
}, { answer: 'patterns' }));

// Ends the camera's track and takes `gone`, an id, from the list; without one, all there is. window.plug_in() undoes it,
// window.listed counts looks at the list.
const unplug = (page, gone = null) => page.evaluate((gone) => {
  const { mediaDevices } = navigator, list = mediaDevices.enumerateDevices.bind(mediaDevices);
  window.listed = 0;
  mediaDevices.enumerateDevices = async () => {
    const others = (await list()).filter(({ deviceId }) => gone !== null && deviceId !== gone);
    window.listed++;
    return others;
  };
  window.plug_in = () => {
    mediaDevices.enumerateDevices = list;
    mediaDevices.dispatchEvent(new Event('devicechange'));
  };
  const [track] = window.tracks;
  track.stop();
  track.dispatchEvent(new Event('ended'));
}, gone);

test('unplugged and plugged back in, it goes on by itself', () => site.with_page(async (page) => {
  await start(page);
  await unplug(page);
  assert.match(await trouble(page, 'unplugged'), /Plug it back in/);
  await page.evaluate(() => window.plug_in());
  await runs(page);
  assert.equal(await page.isHidden('#trouble'), true);
  assert.equal(await live_tracks(page), 1);
}));

test('a camera that ends as soon as it opens is opened again after a rest', () => site.with_page(async (page) => {
  await page.evaluate(() => {
    const { mediaDevices } = navigator, open = mediaDevices.getUserMedia;
    window.opened = [];
    mediaDevices.getUserMedia = async (constraints) => {
      window.opened.push(performance.now());
      const stream = await open.call(mediaDevices, constraints), [track] = stream.getVideoTracks();
      setTimeout(() => {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }, 10);
      return stream;
    };
  });
  await page.click('#start');
  await trouble(page, 'unplugged');
  await page.waitForFunction(() => window.opened.length >= 3);
  const gaps = await page.evaluate(() => window.opened.slice(1).map((at, i) => at - window.opened[i]));
  assert.ok(gaps.every((gap) => gap > 1900), gaps.join());
}));

test('another camera does not take the place of one that is unplugged, before the person says so', () => site.with_page(async (page) => {
  const opened = () => page.evaluate(() => window.tracks.at(-1).getSettings().deviceId);
  await start(page);
  await page.waitForFunction(() => document.querySelectorAll('#device option').length === 2);
  const used = await opened();
  await unplug(page, used);
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
  await page.waitForFunction(() => window.listed >= 2);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
  assert.match(await trouble(page, 'unplugged'), /Plug it back in/);
  assert.equal(await asked(page), 1);
  await page.evaluate(() => window.plug_in());
  await runs(page);
  assert.equal(await opened(), used);
  await page.click('#stop');
  await start(page);
  assert.equal(await page.evaluate(() => window.constraints.video.deviceId), undefined);
}, { answer: 'patterns' }));

test('the first camera that is plugged in is taken, before the browser tells its name', () => site.with_page(async (page) => {
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const list = mediaDevices.enumerateDevices.bind(mediaDevices), open = mediaDevices.getUserMedia;
    mediaDevices.enumerateDevices = async () => [];
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('x', 'NotFoundError'));
    window.plug_in = () => {
      mediaDevices.getUserMedia = open;
      // As for a page that no person has allowed a camera yet.
      mediaDevices.enumerateDevices = async () => (await list()).map(({ kind }) => ({ kind, deviceId: '', label: '' }));
      mediaDevices.dispatchEvent(new Event('devicechange'));
    };
  });
  await page.click('#start');
  assert.match(await trouble(page, 'no_device'), /starts by itself/);
  await page.evaluate(() => window.plug_in());
  await runs(page);
  assert.equal(await live_tracks(page), 1);
}));

test('a camera without pictures is opened again, and times go on', () => site.with_page(async (page) => {
  await start(page);
  const before = await page.evaluate(() => window.tracked.length);
  // Of the track that is there no further frame comes.
  await page.evaluate(() => window.tracks[0].stop());
  await trouble(page, 'stalled');
  await runs(page);
  assert.equal(await asked(page), 2);
  assert.equal(await live_tracks(page), 1);
  await page.waitForFunction((count) => window.tracked.length > count + 20, before);
  const times = await page.evaluate(() => window.tracked.map(({ seconds }) => seconds));
  const steps = times.slice(1).map((seconds, i) => seconds - times[i]);
  assert.ok(steps.every((step) => step > 0), JSON.stringify(times));
  // So long without a picture was the stall.
  assert.ok(Math.max(...steps) > 1.9, JSON.stringify(times));
}, { prepare: watch_tracker }));

test('without pictures there is no frame rate and no milliseconds', () => site.with_page(async (page) => {
  await start(page);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('x', 'NotReadableError'));
    window.tracks[0].stop();
  });
  await trouble(page, 'in_use');
  await page.waitForFunction(() => document.getElementById('rate').textContent === '0 fps' &&
    document.getElementById('milliseconds').textContent === '–');
}));

test('a hidden page has no camera, and has the same again when it is seen', () => site.with_page(async (page) => {
  await start(page);
  const used = await page.evaluate(() => window.tracks[0].getSettings().deviceId);
  await hide(page, true);
  assert.equal(await live_tracks(page), 0);
  await page.waitForTimeout(500);
  assert.equal(await live_tracks(page), 0);
  await hide(page, false);
  await runs(page);
  assert.equal(await live_tracks(page), 1);
  assert.equal(await page.evaluate(() => window.constraints.video.deviceId.exact), used);
}));
