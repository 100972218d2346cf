// SPDX-License-Identifier: MIT
// The console: its parts, its language, the stop that is over everything, and the one loop that asks.
import { Claims, NoAnswer, Refusal, Stop, getChanged, lastAnswer, post } from './api.js';
import * as campaigns from './campaigns.js';
import * as claims from './claims.js';
import { ask, button, byId, el, explain, say, setText } from './dom.js';
import { moment, who } from './format.js';
import * as log from './log.js';
import * as screens from './screens.js';
import { TextKey, currentLanguage, rememberedLanguage, sentences, setLanguage, t } from './texts.js';

interface View {
  open_view(into: HTMLElement): void;
  refresh?(): Promise<void>;
}
type ViewName = 'campaigns' | 'claims' | 'screens' | 'log';
const kViews: Record<ViewName, View> = { campaigns, claims, screens, log };
const kAskMs = 2000;
const kLongestMs = 30000;

let stopped: Stop | null = null;
let view: ViewName = 'campaigns';

function viewOfAddress(): ViewName {
  const name = location.hash.slice(1);
  return name in kViews ? name as ViewName : 'campaigns';
}

function showNav(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a[data-view]')) {
    if (link.dataset['view'] === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

// Each opening has an element of its own: what was asked for the view before, and is answered late, is drawn into one
// that is not in the page any more.
function openInto(open: (into: HTMLElement) => void): void {
  const old = byId('view');
  const fresh = old.cloneNode() as HTMLElement;
  const hadFocus = document.activeElement === old;
  old.replaceWith(fresh);
  open(fresh);
  if (hadFocus) fresh.focus();
}

function openView(): void {
  view = viewOfAddress();
  document.title = `${t(view)} – ${t('title')}`;
  showNav();
  say('');
  openInto((into) => kViews[view].open_view(into));
  wake();
}

function showTexts(): void {
  document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-Hans' : 'en';
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    setText(element, t(element.dataset['text'] as TextKey));
  }
  byId('language').setAttribute('aria-label', t('other_label'));
  byId('nav').setAttribute('aria-label', t('menu'));
  if (byId('state').className !== '') showTrouble(trouble);
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
    say(stop ? '' : t('started'));
    showStop();
  } catch (error) {
    say(explain(error), true);
  }
  wake();
}

// --- The loop ---------------------------------------------------------------------------------

let endPause: () => void = () => undefined;
let isWoken = false;

// Asks at once, also where it is asking now: what has come since is not in that answer.
function wake(): void {
  isWoken = true;
  endPause();
}

let wait = kAskMs;

// What is wrong, in words; of a fault of the page itself its programmers read the console of the browser.
function troubleText(error: unknown): string {
  if (error instanceof NoAnswer) {
    const time = lastAnswer();
    return time === 0 ? t('away') : sentences([t('away'), t('away_since', { time: moment(time) })]);
  }
  if (error instanceof Refusal) return error.status === 401 ? t('error_401') : t('answers_badly', { why: explain(error) });
  console.error(error);
  return t('page_fault');
}

function showTrouble(error: unknown = null): void {
  const text = error === null ? '' : troubleText(error);
  setText(byId('trouble'), text);
  const state = byId('state');
  state.className = text === '' ? 'good' : 'bad';
  setText(state, t(text === '' ? 'connected' : error instanceof NoAnswer ? 'not_connected' : 'in_trouble'));
}

function takeClaims(next: Claims): void {
  stopped = next.stopped;
  showStop();
  claims.update(next);
}

async function askAll(): Promise<void> {
  await getChanged<Claims>('/api/claims', takeClaims);
  await kViews[view].refresh?.();
}

let trouble: unknown = null;

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
      trouble = null;
    } catch (error) {
      wait = Math.min(kLongestMs, wait * 2);
      trouble = error;
    }
    showTrouble(trouble);
    const pause = document.hidden ? Math.max(wait, 10000) : wait;
    if (!isWoken) {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, pause);
        endPause = resolve;
      });
    }
    isWoken = false;
  }
}

rememberedLanguage();
byId('language').addEventListener('click', () => {
  setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
  showTexts();
});
byId('close').addEventListener('click', () => {
  say('');
  byId('view').focus();
});
byId('stop').addEventListener('click', () => void switchTo(true));
// The skip link's own way is an address, and those are of views.
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('view').focus();
});
window.addEventListener('hashchange', () => {
  window.scrollTo(0, 0);
  openView();
});
window.addEventListener('online', wake);
window.addEventListener('beforeunload', (event) => {
  if (!campaigns.hasEdits()) return;
  event.preventDefault();
  event.returnValue = '';  // what older browsers want
});
showTexts();
void loop();
