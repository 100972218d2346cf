// SPDX-License-Identifier: MIT
// Money, numbers and moments as people write and read them.
import { currentLanguage, t } from './texts.js';

const locale = (): string => (currentLanguage() === 'zh' ? 'zh-CN' : 'en-GB');

export const number = (value: number): string => value.toLocaleString(locale());

// How many digits a currency has behind the point.
export function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export function money(minor: number, currency: string): string {
  if (minor === 0 && currency === '') return t('free');
  const digits = digitsOf(currency);
  const value = minor / 10 ** digits;
  const shown = Number.isInteger(value) ? 0 : digits;
  try {
    return value.toLocaleString(locale(), {
      style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: shown,
    });
  } catch {
    return `${value} ${currency}`;
  }
}

// As it stands in a field: "68", "68.50".
export function plainMoney(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = (minor / 10 ** digits).toFixed(digits);
  return /^\d+\.0+$/.test(text) ? text.replace(/\..*$/, '') : text;
}

// Full-width digits and points are typed by who types Chinese.
export function plainDigits(typed: string): string {
  return typed.trim().normalize('NFKC').replace(/[。]/g, '.').replace(/[\s,]/g, '');
}

export function moment(time: number): string {
  if (time === 0) return t('never');
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  const hours: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return date.toLocaleString(locale(), isToday ? hours : { month: 'short', day: 'numeric', ...hours });
}

export function ago(time: number, now: number): string {
  if (time === 0) return t('never');
  return now - time < 10000 ? t('just_now') : moment(time);
}

export const who = (actor: string): string => (actor === '' || actor === 'staff' ? t('staff') : actor);
