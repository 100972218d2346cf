// SPDX-License-Identifier: MIT
// What was typed into the fields of a campaign and not published yet, and what the server refused of it.
import { AmountProblem, readAmount, withoutSign } from './amount.js';
import { Campaign, Edit, Product } from './api.js';
import { digitsOf, money, number, plainMoney } from './format.js';
import { t } from './texts.js';

export type Field = 'amount' | 'offer' | 'stock';
export const kFields: Field[] = ['amount', 'offer', 'stock'];
const kMostMoney = 1_000_000_000_000;
const kMostStock = 1_000_000_000;

let base: Campaign | null = null;
const typed = new Map<string, string>();
const refused = new Map<string, string>();

export const keyOf = (product: string, field: string): string => `${product}/${field}`;

function forget(key: string): void {
  typed.delete(key);
  refused.delete(key);
}

// What fields show from now on; what was typed stays. Not what was typed back to how it had been: beside a number
// that somebody else has published meanwhile it would be a change that nobody made.
export function setBase(campaign: Campaign): void {
  const changed = new Set(changedFields().map(({ product, field }) => keyOf(product.id, field)));
  for (const key of [...typed.keys()]) if (!changed.has(key)) forget(key);
  base = campaign;
}

// What is typed now, to tell it later from what was typed since.
export type Typed = ReadonlyMap<string, string>;
export const typedNow = (): Typed => new Map(typed);

export const hasEditsSince = (then: Typed): boolean => changedFields().some(({ product, field }) => {
  const key = keyOf(product.id, field);
  return typed.get(key) !== then.get(key);
});

// `next` has what was sent. What was typed while it was on its way is a change to that, even where it is the
// number from before.
export function setPublished(next: Campaign, sent: Typed): void {
  for (const [key, text] of sent) if (typed.get(key) === text) forget(key);
  base = next;
}

export function typeInto(product: Product, field: Field, text: string): void {
  typed.set(keyOf(product.id, field), text);
  refused.delete(keyOf(product.id, field));
}

export function forgetEdits(): void {
  typed.clear();
  refused.clear();
}

export const forgetRefusals = (): void => refused.clear();

// False where that field is not being edited.
export function refuse(product: string, field: string, why: string): boolean {
  const key = keyOf(product, field);
  if (typed.has(key)) refused.set(key, why);
  return typed.has(key);
}

// Of the pool, for it is the truth; where there is none yet, of the campaign.
function stockOf(product: Product): number | null {
  if (base?.how === 'file' && product.pool) return product.pool.stock;
  return product.stock;
}

export const original = (product: Product, field: Field): number | null =>
  field === 'stock' ? stockOf(product) : field === 'amount' ? product.amount : product.offer;

function originalText(product: Product, field: Field): string {
  const value = original(product, field);
  if (value === null) return '';
  return field === 'stock' ? String(value) : plainMoney(value, product.currency);
}

export const textOf = (product: Product, field: Field): string =>
  typed.get(keyOf(product.id, field)) ?? originalText(product, field);

const problemText = ({ key, digits, example }: AmountProblem): string => t(key, { digits, example });

// In the smallest coin, or what is wrong with it.
function readMoney(text: string, currency: string): number | string {
  const minor = readAmount(withoutSign(text, currency), digitsOf(currency));
  if (typeof minor !== 'number') return problemText(minor);
  return minor <= kMostMoney ? minor : t('bad_range', { most: money(kMostMoney, currency) });
}

function readStock(text: string, product: Product): number | string {
  const stock = readAmount(text, 0);
  if (typeof stock !== 'number') return problemText(stock);
  if (stock > kMostStock) return t('bad_range', { most: number(kMostStock) });
  const taken = product.pool?.taken ?? 0;
  return stock < taken ? t('bad_taken', { count: number(taken) }) : stock;
}

// The number that stands in the field, null for none, or what is wrong with it.
export function readField(product: Product, field: Field): number | null | string {
  const text = textOf(product, field);
  if (field === 'stock') return text.trim() === '' && product.stock === null ? null : readStock(text, product);
  if (field === 'offer' && text.trim() === '') return null;
  const minor = readMoney(text, product.currency);
  if (field !== 'offer' || typeof minor === 'string') return minor;
  const amount = readMoney(textOf(product, 'amount'), product.currency);
  if (typeof amount !== 'number' || minor <= amount) return minor;
  return t('bad_offer', { price: money(amount, product.currency) });
}

export function problemOf(product: Product, field: Field): string | undefined {
  const value = readField(product, field);
  return typeof value === 'string' ? value : refused.get(keyOf(product.id, field));
}

export function isChanged(product: Product, field: Field): boolean {
  if (!typed.has(keyOf(product.id, field))) return false;
  return readField(product, field) !== original(product, field);
}

export function changedFields(): { product: Product; field: Field }[] {
  const changed: { product: Product; field: Field }[] = [];
  for (const product of base?.products ?? []) {
    for (const field of kFields) if (isChanged(product, field)) changed.push({ product, field });
  }
  return changed;
}

export const hasEdits = (): boolean => changedFields().length > 0;

// Expects: no field has a problem.
export function editsToSend(): Record<string, Edit> {
  const products: Record<string, Edit> = {};
  for (const { product, field } of changedFields()) {
    const value = readField(product, field) as number | null;
    const edit = (products[product.id] ??= {});
    if (field === 'offer') edit.offer = value;
    else if (value !== null) edit[field] = value;
  }
  return products;
}

// Whether all that was to be published stands there.
export const hasAll = (campaign: Campaign, edits: Record<string, Edit>): boolean =>
  Object.entries(edits).every(([id, edit]) => {
    const product = campaign.products.find((one) => one.id === id);
    return kFields.every((field) => edit[field] === undefined || edit[field] === product?.[field]);
  });
