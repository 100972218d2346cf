// SPDX-License-Identifier: MIT
// Who did what, the newest first.
import { AuditDetail, AuditLine, get } from './api.js';
import { Child, el } from './dom.js';
import { moment, money, who } from './format.js';
import { changeList, productName } from './products.js';
import { named, t } from './texts.js';

let container: HTMLElement | null = null;
let lines: AuditLine[] | null = null;

// In the reader's language, money in its currency.
function claimText(target: string, of: AuditDetail): string {
  const [campaign, product] = (of.pool ?? '').split('/');
  return [productName(campaign ?? '', product ?? ''), named(`state_${of.state}`, of.state ?? ''),
    money(of.price ?? 0, of.currency ?? ''), t('number', { claim: target }), of.why ? named(`why_${of.why}`, of.why) : '']
    .filter((text) => text !== '').join(' · ');
}

function detailOf({ target, detail }: AuditLine): Child[] {
  const text = (...parts: string[]): HTMLElement | null => {
    const said = parts.filter((part) => part !== '').join(' · ');
    return said === '' ? null : el('p', { class: 'soft detail' }, said);
  };
  if (typeof detail === 'string') return [text(target, detail)];
  if (detail.pool !== undefined) return [text(claimText(target, detail))];
  const version = detail.version === undefined ? '' : t('version', { version: detail.version });
  const changes = detail.changes ?? [];
  return [text(target, version), changes.length > 0 ? changeList(changes, target) : null];
}

function draw(): void {
  if (!container) return;
  if (!lines) return container.replaceChildren(el('p', { class: 'soft' }, t('loading')));
  const items = lines.map((line) => el('li', {},
    el('div', { class: 'version-head' }, el('b', {}, `${who(line.actor)} · ${named(`act_${line.act}`, line.act)}`),
      el('span', { class: 'soft' }, moment(line.time))),
    ...detailOf(line)));
  container.replaceChildren(el('h2', {}, t('log')), items.length > 0 ? el('ol', { class: 'log card' }, ...items)
    : el('p', { class: 'card empty' }, t('no_log')));
}

export function open_view(into: HTMLElement): void {
  container = into;
  draw();
}

export async function refresh(): Promise<void> {
  const next = (await get<{ lines: AuditLine[] }>('/api/audit')).lines;
  // Nothing in it ever changes: who reads it keeps place and selection.
  const isNew = lines?.length !== next.length || lines[0]?.position !== next[0]?.position;
  lines = next;
  if (isNew && container?.isConnected) draw();
}
