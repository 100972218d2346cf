// SPDX-License-Identifier: MIT
// What the page lets be heard: nothing before a person did something, words for those who asked for
// them, silence where the campaign or the browser wants it.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Fingers, open_page, root, running, serve_static, statistics, until } from './harness.mjs';
import { with_context } from './shared_browser.mjs';

let server;
before(async () => { server = await serve_static(); });
after(() => server.close());

// Before the page's own scripts: writes down what is made, played, said and fetched.
function listen() {
  window.heard = { contexts: 0, sounds: 0, words: [], stops: 0 };
  const Context = window.AudioContext;
  window.AudioContext = class extends Context {
    constructor() { super(); window.heard.contexts++; }
  };
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function () { window.heard.sounds++; start.call(this); };
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [{ lang: 'zh-CN' }, { lang: 'en-GB' }],
    speak: ({ text, lang, volume }) => window.heard.words.push({ text, lang, volume }),
    cancel: () => { window.heard.stops++; },
    speaking: false, pending: false,
  } });
}

async function open(context, { language = 'en', prepare = listen, from = server } = {}) {
  const page = await open_page(context, `${from.address}/c/lip-popup/?lang=${language}`, prepare);
  await running(page);
  return page;
}

const app = async (page) => (await statistics(page)).app;
const heard = (page) => page.evaluate(() => window.heard);
// Not before a sheet over it has gone.
const press = async (page, name) => {
  await page.waitForSelector(`[data-name="${name}"]:not([inert], [inert] *)`, { state: 'attached' });
  await page.evaluate((wanted) => document.querySelector(`[data-name="${wanted}"]`).click(), name);
};
// On nothing that leads on: the upper left corner answers fingers and keeps the scene.
const touch_language = async (page) => {
  const box = await page.locator('[data-name="language"]').boundingBox();
  await (await Fingers.of(page)).tap(box.x + box.width / 2, box.y + box.height / 2);
};

// The sample campaign with these parameters of its start scene.
async function with_campaign(parameters, work) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-campaigns-'));
  cpSync(join(root, 'assets/campaigns'), folder, { recursive: true });
  const file = join(folder, 'lip-popup/campaign.json');
  const campaign = JSON.parse(readFileSync(file, 'utf8'));
  const start = campaign.scenes.find(({ id }) => id === (campaign.start_scene ?? campaign.scenes[0].id));
  Object.assign(start.parameters, parameters);
  writeFileSync(file, JSON.stringify(campaign));
  const other = await serve_static({ campaigns: folder });
  try {
    await work(other);
  } finally {
    await other.close();
    rmSync(folder, { recursive: true });
  }
}

test('the sounds are asked for after the first picture, and none is made before a person did something', () =>
  with_context(async (context) => {
    const page = await open(context);
    await until('the sounds', async () => page.evaluate(() =>
      performance.getEntriesByType('resource').some(({ name }) => /assets\/sounds\..*\.bin$/.test(name))));
    const early = await page.evaluate(() => {
      const [sounds] = performance.getEntriesByType('resource').filter(({ name }) => /sounds\./.test(name));
      return sounds.startTime < performance.getEntriesByType('paint')[0].startTime;
    });
    assert.equal(early, false);
    assert.equal((await app(page)).audio, 'locked');
    assert.deepEqual(await heard(page), { contexts: 0, sounds: 0, words: [], stops: 0 });
    await touch_language(page);
    await until('a running output', async () => (await app(page)).audio === 'running');
    await until('a sound', async () => {
      await touch_language(page);
      return (await heard(page)).sounds > 0;
    });
    assert.equal((await heard(page)).contexts, 1);
    assert.ok((await app(page)).audio_played > 0);
    assert.deepEqual(await page.problems(), []);
  }));

for (const [language, lang, word] of [['en', 'en', 'button'], ['zh', 'zh-CN', '按钮']]) {
  test(`who asked to be read to hears what has the focus, in ${lang}`, () => with_context(async (context) => {
    const page = await open(context, { language });
    await page.waitForSelector('[data-name="start"]', { state: 'attached' });
    await page.focus('[data-name="start"]');
    await app(page);
    assert.deepEqual((await heard(page)).words, []);  // nobody has asked yet
    await press(page, 'accessibility');
    await press(page, 'prefer-speech');
    await until('the sheet read out', async () => (await heard(page)).words.length > 0);
    await press(page, 'accessibility-done');
    await until('the sheet to go', async () => !await page.$('[data-name="accessibility-done"]'));
    await page.focus('[data-name="language"]');
    const label = await page.evaluate(() => document.querySelector('[data-name="language"]').textContent
      || document.querySelector('[data-name="language"]').getAttribute('aria-label'));
    const said = await until('what has the focus', async () =>
      (await heard(page)).words.find(({ text }) => text.startsWith(label) && text.includes(word)));
    assert.equal(said.lang, lang);
    assert.ok(said.volume > 0);
    assert.deepEqual(await page.problems(), []);
  }));
}

test('a browser without either API shows everything, is silent and says so', () =>
  with_context(async (context) => {
    const page = await open(context, { prepare: () => {
      delete window.AudioContext;
      Object.defineProperty(window, 'speechSynthesis', { value: undefined });
    } });
    await touch_language(page);
    await until('silence', async () => (await app(page)).audio === 'silent');
    assert.match((await app(page)).speech_problem, /speechSynthesis/);
    await press(page, 'accessibility');
    await page.waitForSelector('[data-name="accessibility-done"]', { state: 'attached' });
    assert.equal(await page.$('[data-name="prefer-speech"]'), null);  // what nobody would hear
    await press(page, 'accessibility-done');
    await until('the sheet to go', async () => !await page.$('[data-name="accessibility-done"]'));
    await press(page, 'start');
    await until('the wall', async () => (await app(page)).scene === 'wall');
    assert.deepEqual(await page.problems(), []);
  }));

async function stays_silent(from, expected) {
  await with_context(async (context) => {
    const page = await open(context, { from });
    // The one that is built in is shown first, and nobody who is there is thrown out for the host's.
    await until('the campaign', async () => {
      const { volume, quiet } = await app(page);
      return volume === expected.volume && quiet === expected.quiet;
    });
    await until('a running output', async () => {
      await touch_language(page);  // once the sounds are asked for: after the drawings
      return (await app(page)).audio === 'running';
    });
    for (let i = 0; i < 3; i++) {
      await touch_language(page);
      await app(page);
    }
    const now = await app(page);
    assert.deepEqual({ volume: now.volume, quiet: now.quiet }, expected);
    assert.equal((await heard(page)).sounds, 0);
  });
}

test('in quiet hours nothing is played', () => {
  const hour = new Date().getHours();
  return with_campaign({ quiet_from: (hour + 23) % 24, quiet_until: (hour + 2) % 24 },
                       (from) => stays_silent(from, { volume: 80, quiet: true }));
});

test('nothing is played for a campaign that is mute', () =>
  with_campaign({ sound_volume: 0 }, (from) => stays_silent(from, { volume: 0, quiet: false })));
