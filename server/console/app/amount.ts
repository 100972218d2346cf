// SPDX-License-Identifier: MIT
// What people write as an amount, read exactly or not at all. Pure: it knows no page and no language.

export interface AmountProblem {
  key: 'bad_number' | 'bad_negative' | 'bad_whole' | 'bad_decimals' | 'bad_separators';
  digits: number;
  example: string;  // how to write one
}

// A thousand and more, in threes, always by the same mark.
const kGrouped = /^[1-9]\d{0,2}([ ,])\d{3}(?:\1\d{3})*$/;
// A comma, alone, with one or two digits behind it, is what a point is elsewhere.
const kDecimalComma = /^(\d+),(\d{1,2})$/;
const kLoneComma = /^[1-9]\d{0,2},\d{3}$/;

// Full-width digits and marks are typed by who types Chinese.
function plain(typed: string): string {
  return typed.normalize('NFKC').replace(/。/g, '.').trim();
}

// Digits before the point and behind it; null: they cannot be told apart for certain.
function split(text: string, digits: number): { whole: string; fraction: string } | null {
  const comma = kDecimalComma.exec(text);
  if (comma) return { whole: comma[1] ?? '', fraction: comma[2] ?? '' };
  // Where three digits may stand behind the point it might be one, or a thousand.
  if (digits > 2 && kLoneComma.test(text)) return null;
  const [before = '', fraction = '', ...more] = text.split('.');
  if (more.length > 0 || !/^\d*$/.test(fraction)) return null;
  if (/^\d+$/.test(before)) return { whole: before, fraction };
  return kGrouped.test(before) ? { whole: before.replace(/[ ,]/g, ''), fraction } : null;
}

// Without the sign in front that yuan and yen are written with. Before any other currency it is a mistake, and stays.
export const withoutSign = (typed: string, currency: string): string =>
  currency === 'CNY' || currency === 'JPY' ? typed.replace(/^\s*[¥\uFFE5]/, '') : typed;

// The amount in the smallest coin of a currency that has `digits` behind the point. "68", "68.5",
// "68,50" and "1,234.50" are read; what could be two numbers is not. May be more than is sold.
export function readAmount(typed: string, digits: number): number | AmountProblem {
  const problem = (key: AmountProblem['key']): AmountProblem =>
    ({ key, digits, example: digits > 0 ? `1234.${'5'.padEnd(digits, '0')}` : '1234' });
  const text = plain(typed);
  if (/^[-\u2212] ?\d/.test(text)) return problem('bad_negative');
  if (!/^[\d., ]*\d[\d., ]*$/.test(text)) return problem('bad_number');
  const parts = split(text, digits);
  if (!parts) return problem('bad_separators');
  if (parts.fraction.length > digits) return problem(digits > 0 ? 'bad_decimals' : 'bad_whole');
  return Number(parts.whole + parts.fraction.padEnd(digits, '0'));
}

// As it is written in a field, and read back as the same: "68", "68.50". `minor`: whole, from 0 to 2^53.
export function amountText(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = text.slice(text.length - digits);
  return Number(fraction) === 0 ? whole : `${whole}.${fraction}`;
}
