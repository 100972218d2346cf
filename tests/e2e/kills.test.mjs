// SPDX-License-Identifier: MIT
// A kiosk that is killed while a shopper has set it up for themselves: whoever comes next finds it as the
// shop set it up, and the record says once that the one before never ended.

import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  assertContiguousOnce, campaign, enrol, eventually, exported, finished, ready, setUp, startKiosk, stay,
} from './support.mjs';

// The sample in a third language, so that there is a list of them, and soon asking who is there.
function impatientIn(base) {
  const folder = join(base, 'three-languages');
  cpSync(campaign, folder, { recursive: true });
  const inFrench = (_, value) => (value?.zh && value.en ? { ...value, fr: `${value.en} [fr]` } : value);
  const document = JSON.parse(readFileSync(join(folder, 'campaign.json'), 'utf8'), inFrench);
  document.languages.push('fr');
  Object.assign(document.scenes.find(({ kind }) => kind === 'attract').parameters,
                { idle_seconds: 30, warning_seconds: 20 });
  writeFileSync(join(folder, 'campaign.json'), JSON.stringify(document));
  return folder;
}

const preferences = ['large_text', 'high_contrast', 'reach'];  // as a frame records them
const unchanged = 'expect "点一下，开始"';  // in the shop's language
const setUpForMe = [
  unchanged, 'activate accessibility', 'wait prefer-reach 60s',
  ...preferences.map((preference) => `activate prefer-${preference}`),
  'activate accessibility-done', 'wait-gone prefer-reach 60s',
];
const inFrench = [
  'activate language', 'wait language-3 60s', 'activate language-3', 'wait-gone language-3 60s',
  'expect "Tap to begin [fr]"',
];
const cleanTheGlass = [
  ...[[20, 20], [1060, 20], [1060, 1900], [20, 1900]].map(([x, y]) => `touch ${x} ${y}`),
  'wait clean 60s', 'tap clean', 'wait cleaning 60s',
];
// Where the shopper is when the kiosk dies, and how their session is then recorded to have ended.
const deaths = [
  { script: setUpForMe, end: 'unclean' },
  { script: [...setUpForMe, ...inFrench, 'activate language', 'wait language-3 60s'], end: 'unclean' },
  { script: [...setUpForMe, ...inFrench, 'wait still-there-countdown 120s'], end: 'unclean' },
  { script: [...setUpForMe, ...inFrench, ...cleanTheGlass], end: 'finished' },
];

test('a kiosk killed anywhere forgets its shopper, and records once how their session ended', async (t) => {
  const { base, data, url } = await setUp(t);
  const shown = impatientIn(base);
  const start = (script, more = []) => startKiosk(t, {
    data: data.kiosk, server: url, campaign: shown,
    args: ['--panel-mm', '680x1210', '--panel-bottom-mm', '600', '--windowed', '--dev', ...more],
    script: [...ready, ...script],
  });
  for (const [index, { script }] of deaths.entries()) {
    const there = join(base, `there-${index}.png`);
    const kiosk = start([...script, 'wait-delivered 60s', `screenshot ${there}`, ...stay],
                        index === 0 ? enrol(data) : []);
    await eventually(`the shopper of death ${index}`, () => {
      if (!kiosk.running) throw new Error(`the kiosk ended: ${kiosk.output}`);
      return existsSync(there);
    });
    await kiosk.kill();
  }
  for (let starts = 0; starts < 2; ++starts) {
    await finished(start([unchanged, 'expect-not cleaning', 'wait-delivered 60s', 'quit']));
  }
  const events = exported(data.server);
  assertContiguousOnce(assert, events);
  const of = (wanted) => events.filter(({ type }) => type === wanted);
  assert.deepEqual(of('session_ended').map((event) => [event.session, event.data.reason]),
                   of('session_started').map(({ session }, index) => [session, deaths[index].end]));
  // Only who finds everything as the shop set it up switches each of them on.
  assert.deepEqual(of('preference_changed').map((event) => event.data),
                   deaths.flatMap(() => preferences.map((preference) => ({ preference, on: true }))));
});
