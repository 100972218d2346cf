// SPDX-License-Identifier: MIT
// The console: its parts, its language, the stop that is over everything, and the one loop that asks.
import { Claims, Stop, getIfChanged, post } from './api.js';
import * as campaigns from './campaigns.js';
import * as claims from './claims.js';
import { ask, button, byId, el, explain, say, setText } from './dom.js';
import { moment, who } from './format.js';
import * as log from './log.js';
import * as screens from './screens.js';
import { TextKey, currentLanguage, rememberedLanguage, setLanguage, t } from './texts.js';

interface View {
  open_view(into: HTMLElement): void;
  refresh?(): Promise<void>;
}
const kViews: Record<string, View> = { campaigns, claims, screens, log };
const kAskMs = 2000;
const kLongestMs = 30000;

let stopped: Stop | null = null;
let view = 'campaigns';

function viewOfAddress(): string {
  const name = location.hash.slice(1);
  return name in kViews ? name : 'campaigns';
}

function showNav(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a[data-view]')) {
    if (link.dataset['view'] === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function openView(): void {
  view = viewOfAddress();
  showNav();
  say('');
  kViews[view]?.open_view(byId('view'));
  wake();
}

function showTexts(): void {
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-Hans' : 'en';
  document.title = t('title');
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    setText(element, t(element.dataset['text'] as TextKey));
  }
  byId('language').setAttribute('aria-label', t('other_label'));
  byId('nav').setAttribute('aria-label', t('menu'));
  showStop();
  openView();
}

// --- Stop everything --------------------------------------------------------------------------

function showStop(): void {
  const banner = byId('banner');
  const isShown = !banner.hidden;
  document.body.classList.toggle('stopped', stopped !== null);
  byId('stop').hidden = stopped !== null;
  banner.hidden = stopped === null;
  if (!stopped) return banner.replaceChildren();
  const more = t('stopped_more', { time: moment(stopped.time), who: who(stopped.actor) });
  if (isShown && banner.querySelector('p')?.textContent === more) return;
  banner.replaceChildren(el('div', {}, el('h2', {}, t('stopped')), el('p', {}, more)),
    button(t('start'), 'start', () => void switchTo(false)));
}

async function switchTo(stop: boolean): Promise<void> {
  const question = stop ? { title: t('stop_ask'), lines: [t('stop_what')], yes: t('stop'), danger: true }
    : { title: t('start_ask'), lines: [t('start_what')], yes: t('start') };
  if (!await ask(question)) return;
  try {
    stopped = (await post<{ stopped: Stop | null }>(stop ? '/api/stop' : '/api/start', {})).stopped;
    say('');
    showStop();
  } catch (error) {
    say(explain(error), true);
  }
  wake();
}

// --- The loop ---------------------------------------------------------------------------------

let wake: () => void = () => undefined;
let wait = kAskMs;

function showConnection(isGood: boolean): void {
  const state = byId('state');
  state.className = isGood ? 'good' : 'bad';
  setText(state, t(isGood ? 'connected' : 'away'));
}

async function askAll(): Promise<void> {
  const next = await getIfChanged<Claims>('/api/claims');
  if (next) {
    stopped = next.stopped;
    showStop();
    claims.update(next);
  }
  await kViews[view]?.refresh?.();
}

async function loop(): Promise<void> {
  let hasNames = false;
  for (;;) {
    try {
      if (!hasNames) {
        await campaigns.loadNames();
        hasNames = true;
      }
      await askAll();
      wait = kAskMs;
      showConnection(true);
    } catch {
      wait = Math.min(kLongestMs, wait * 2);
      showConnection(false);
    }
    const pause = document.hidden ? Math.max(wait, 10000) : wait;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

rememberedLanguage();
byId('language').addEventListener('click', () => {
  setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
  showTexts();
});
byId('stop').addEventListener('click', () => void switchTo(true));
window.addEventListener('hashchange', openView);
showTexts();
void loop();
