// SPDX-License-Identifier: MIT
// What products are called and sold in, and a change of one in the reader's words.
import { Change, Product } from './api.js';
import { el } from './dom.js';
import { money, number } from './format.js';
import { currentLanguage, named, t } from './texts.js';

const known = new Map<string, { names: Record<string, string>; currency: string }>();

export function learnProducts(ofCampaign: string, products: Product[]): void {
  for (const { id, names, currency } of products) known.set(`${ofCampaign}/${id}`, { names, currency });
}

export function productName(ofCampaign: string, product: string): string {
  return known.get(`${ofCampaign}/${product}`)?.names[currentLanguage()] ?? product;
}

export const fieldName = (field: string): string => named(`field_${field}`, field);

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

// `currency` "": it is no money.
function valueText(raw: string, currency: string): string {
  if (raw === '') return t('no_offer');
  const value = parsed(raw);
  if (typeof value !== 'number') return String(value);
  return currency === '' ? number(value) : money(value, currency);
}

// The currencies of its two values: where the currency itself was changed, another line of `all` says so.
function currenciesOf(change: Change, ofCampaign: string, all: Change[]): { before: string; after: string } {
  if (change.field !== 'amount' && change.field !== 'offer') return { before: '', after: '' };
  const after = change.currency ?? known.get(`${ofCampaign}/${change.product}`)?.currency ?? '';
  const other = all.find(({ product, field }) => product === change.product && field === 'currency');
  return { before: other ? String(parsed(other.before)) : after, after };
}

// "True red: stock 200 → 180". `all`: what was changed together with it.
export function changeText(change: Change, ofCampaign: string, all: Change[]): string {
  if (change.field === 'other') return t('other_change');
  const product = productName(ofCampaign, change.product);
  if (change.field === 'product') return t(change.after ? 'came' : 'went', { product });
  const { before, after } = currenciesOf(change, ofCampaign, all);
  return t('change_line', {
    product, field: fieldName(change.field), before: valueText(change.before, before), after: valueText(change.after, after),
  });
}

export function changeList(changes: Change[], ofCampaign: string): HTMLElement {
  const items = changes.map((change) => el('li', {}, changeText(change, ofCampaign, changes)));
  return items.length > 0 ? el('ul', { class: 'changes' }, ...items) : el('p', { class: 'soft' }, t('no_change'));
}
