// SPDX-License-Identifier: MIT
// Who did what, the newest first.
import { AuditLine, get } from './api.js';
import { el } from './dom.js';
import { moment, who } from './format.js';
import { named, t } from './texts.js';

let container: HTMLElement | null = null;
let lines: AuditLine[] | null = null;

function draw(): void {
  if (!container) return;
  if (!lines) return container.replaceChildren(el('p', { class: 'soft' }, t('loading')));
  const items = lines.map((line) => el('li', {},
    el('div', { class: 'version-head' }, el('b', {}, `${who(line.actor)} · ${named(`act_${line.act}`, line.act)}`),
      el('span', { class: 'soft' }, moment(line.time))),
    el('p', { class: 'soft detail' }, [line.target, line.detail].filter((text) => text !== '').join(' · '))));
  container.replaceChildren(el('h2', {}, t('log')), items.length > 0 ? el('ol', { class: 'log card' }, ...items)
    : el('p', { class: 'card empty' }, t('no_log')));
}

export function open_view(into: HTMLElement): void {
  container = into;
  draw();
}

export async function refresh(): Promise<void> {
  lines = (await get<{ lines: AuditLine[] }>('/api/audit')).lines;
  if (container?.isConnected) draw();
}
