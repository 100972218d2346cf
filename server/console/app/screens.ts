// SPDX-License-Identifier: MIT
// Every enrolled screen: whether it is there, since when, what it runs, what it still has to send.
import { Screen, Screens, get } from './api.js';
import { el, setText } from './dom.js';
import { ago, moment, number } from './format.js';
import { t } from './texts.js';

let container: HTMLElement | null = null;
let newest: Screens | null = null;

function stateOf(screen: Screen): { text: string; kind: string } {
  if (screen.state === 'revoked') return { text: t('revoked'), kind: 'off' };
  if (screen.state === 'invited') return { text: t('invited'), kind: 'off' };
  if (screen.connected) return { text: screen.memory_only ? t('memory_only') : t('on'), kind: screen.memory_only ? 'warn' : 'on' };
  return { text: screen.since > 0 ? t('off_since', { time: moment(screen.since) }) : t('unseen'), kind: 'off' };
}

function line(screen: Screen, now: number): HTMLElement {
  const { text, kind } = stateOf(screen);
  // On a phone what is not known takes no line.
  const cell = (label: string, value: string): HTMLElement =>
    el('td', { 'data-label': label, ...(value === t('never') ? { 'data-none': '' } : {}) }, value);
  return el('tr', {}, el('th', { scope: 'row' }, screen.device),
    el('td', { 'data-label': t('state') }, el('span', { class: `dot ${kind}`, 'aria-hidden': 'true' }), text),
    cell(t('since'), screen.connected ? moment(screen.since) : t('never')), cell(t('heard'), ago(screen.heard, now)),
    cell(t('queue'), screen.heard > 0 ? number(screen.queued) : t('never')), cell(t('campaign'), screen.campaign || t('never')),
    cell(t('build'), screen.build || t('never')));
}

function draw(): void {
  if (!container) return;
  const screens = newest;
  if (!screens) return container.replaceChildren(el('p', { class: 'soft' }, t('loading')));
  const on = screens.screens.filter(({ connected }) => connected).length;
  const told = t('screens_line', { on: number(on), all: number(screens.devices), pages: number(screens.pages) });
  const head = ['device', 'state', 'since', 'heard', 'queue', 'campaign', 'build'] as const;
  const table = el('table', {}, el('thead', {}, el('tr', {}, ...head.map((key) => el('th', { scope: 'col' }, t(key))))),
    el('tbody', {}, ...screens.screens.map((screen) => line(screen, screens.time))));
  // Who looks at a part of it, or has scrolled to it, stays there.
  const region = container.querySelector('.scroll');
  const told_before = container.querySelector('.told');
  if (region && told_before && screens.screens.length > 0) {
    setText(told_before, told);
    if (!region.firstElementChild?.isEqualNode(table)) region.replaceChildren(table);
    return;
  }
  container.replaceChildren(el('h2', {}, t('screens')), el('p', { class: 'soft told' }, told),
    screens.screens.length > 0 ? el('div', { class: 'card scroll', tabindex: '0', role: 'region', 'aria-label': t('screens') }, table)
      : el('p', { class: 'card empty' }, t('no_screens')));
}

export function open_view(into: HTMLElement): void {
  container = into;
  draw();
}

export async function refresh(): Promise<void> {
  newest = await get<Screens>('/api/screens');
  if (container?.isConnected) draw();
}
