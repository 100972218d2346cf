// SPDX-License-Identifier: MIT
// Money, numbers and moments as people write and read them.
import { amountText } from './amount.js';
import { kMinorDigits } from './currencies.js';
import { currentLanguage, t } from './texts.js';

const locale = (): string => (currentLanguage() === 'zh' ? 'zh-CN' : 'en-GB');

export const number = (value: number): string => value.toLocaleString(locale());

// How many digits a currency has behind the point.
export const digitsOf = (currency: string): number => kMinorDigits[currency] ?? 2;

export function money(minor: number, currency: string): string {
  if (minor === 0 && currency === '') return t('free');
  const value = minor / 10 ** digitsOf(currency);
  const digits = Number.isInteger(value) ? 0 : digitsOf(currency);
  try {
    return value.toLocaleString(locale(), {
      style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  } catch {
    return `${plainMoney(minor, currency)} ${currency}`;
  }
}

// As it stands in a field: "68", "68.50".
export const plainMoney = (minor: number, currency: string): string => amountText(minor, digitsOf(currency));

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
