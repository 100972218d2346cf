// SPDX-License-Identifier: MIT
// Who did what, the newest first.
import { AuditLine, get } from './api.js';
import { changeText, productName } from './campaigns.js';
import { el } from './dom.js';
import { moment, money, who } from './format.js';
import { named, t } from './texts.js';

let container: HTMLElement | null = null;
let lines: AuditLine[] | null = null;

// In the reader's language, money in its currency.
function detailText({ target, detail }: AuditLine): string {
  if (typeof detail === 'string') return detail;
  const changes = (detail.changes ?? []).map((change) => changeText(change, target));
  const version = detail.version === undefined ? '' : t('version', { version: detail.version });
  if (detail.pool === undefined) return [version, ...changes].filter((text) => text !== '').join(' · ');
  const [campaign, product] = detail.pool.split('/');
  return [productName(campaign ?? '', product ?? ''), named(`state_${detail.state}`, detail.state ?? ''),
    money(detail.price ?? 0, detail.currency ?? ''), detail.why ? named(`why_${detail.why}`, detail.why) : '']
    .filter((text) => text !== '').join(' · ');
}

function draw(): void {
  if (!container) return;
  if (!lines) return container.replaceChildren(el('p', { class: 'soft' }, t('loading')));
  const items = lines.map((line) => el('li', {},
    el('div', { class: 'version-head' }, el('b', {}, `${who(line.actor)} · ${named(`act_${line.act}`, line.act)}`),
      el('span', { class: 'soft' }, moment(line.time))),
    el('p', { class: 'soft detail' }, [line.target, detailText(line)].filter((text) => text !== '').join(' · '))));
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
