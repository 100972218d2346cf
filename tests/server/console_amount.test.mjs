// SPDX-License-Identifier: MIT
// Amounts as staff type them, read by the console's own modules: exactly, or not at all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const module_of = (name) => import(pathToFileURL(join(process.env.VITRINE_CONSOLE, `${name}.js`)).href);
const { amountText, readAmount, withoutSign } = await module_of('amount');
const { kMinorDigits } = await module_of('currencies');
const digitsOf = (currency) => kMinorDigits[currency] ?? 2;
const read = (text, currency = 'CNY') => readAmount(text, digitsOf(currency));

test('an amount is read to the coin, however its decimals and thousands are marked', () => {
  const amounts = {
    '68': 6800, '68.5': 6850, '68.50': 6850, '68,50': 6850, '68,5': 6850, '0,05': 5, '1,234': 123400, '1,234.50': 123450,
    '1 234.50': 123450, '1,234,567.89': 123456789, '1234,5': 123450, '68.': 6800, ' 68 ': 6800, '０６８．５０': 6850,
    '68。5': 6850, '68，50': 6850, '1，234．50': 123450, '9007199254740.99': 900719925474099,
  };
  for (const [text, minor] of Object.entries(amounts)) assert.equal(read(text), minor, text);
});

test('what could be two numbers, or is none, is refused with how to write it', () => {
  const refused = {
    bad_number: ['', ' ', 'many', '+5', '¥68', '1e3', '6O', '0x10', '.', ',', '68、50', '½', '∞'],
    bad_negative: ['-5', '- 5', '−0.50', '－68'],
    bad_separators: ['1.234,50', '1,23,4', '12,34.5', '1,234,50', '1,2345', '0,123', '01,234', '.5', ',50', '1..5', '1.2.3',
      '1,234 567', '1  234', '6 8', '68,', '1,234.567,8'],
    bad_decimals: ['1.234', '68.505', '1,234.500'],
  };
  for (const [key, texts] of Object.entries(refused)) {
    for (const text of texts) assert.deepEqual(read(text), { key, digits: 2, example: '1234.50' }, text);
  }
});

test('the sign of yuan and yen may stand in front of them alone', () => {
  for (const text of ['¥68', '￥68', ' ¥ 68', '￥６８']) assert.equal(read(withoutSign(text, 'CNY')), 6800, text);
  assert.equal(read(withoutSign('¥1280', 'JPY'), 'JPY'), 1280);
  assert.equal(read(withoutSign('¥-5', 'CNY')).key, 'bad_negative');
  for (const text of ['¥¥68', '68¥', '$68']) assert.equal(read(withoutSign(text, 'CNY')).key, 'bad_number', text);
  assert.equal(read(withoutSign('¥68', 'EUR'), 'EUR').key, 'bad_number');
});

test('a currency has as many decimals as it has', () => {
  assert.equal(read('1280', 'JPY'), 1280);
  assert.equal(read('1,280', 'JPY'), 1280);
  for (const text of ['12.5', '12,50', '12.0']) assert.equal(read(text, 'JPY').key, 'bad_whole', text);
  assert.equal(read('1.005', 'KWD'), 1005);
  assert.equal(read('68,50', 'KWD'), 68500);
  assert.equal(read('1,234.500', 'KWD'), 1234500);
  // One dinar and a bit, or more than a thousand.
  assert.deepEqual(read('1,234', 'KWD'), { key: 'bad_separators', digits: 3, example: '1234.500' });
  assert.equal(read('1.2345', 'KWD').key, 'bad_decimals');
});

test('what stands in a field is read back as the same', () => {
  for (const currency of ['CNY', 'JPY', 'KWD']) {
    for (const minor of [0, 1, 5, 50, 99, 100, 101, 1000, 6800, 6850, 123456, 1000000000000]) {
      const text = amountText(minor, digitsOf(currency));
      assert.equal(read(text, currency), minor, `${text} ${currency}`);
    }
  }
  assert.deepEqual([amountText(6800, 2), amountText(6850, 2), amountText(5, 2), amountText(1280, 0), amountText(1005, 3)],
    ['68', '68.50', '0.05', '1280', '1.005']);
});

test('decimals of currencies are those of the engine', () => {
  const table = readFileSync('engine/campaign/minor_digits.inc', 'utf8');
  const lines = [...table.matchAll(/^MINOR_DIGITS\((\w+), (\d)\)$/gm)].map(([, currency, digits]) => [currency, Number(digits)]);
  assert.ok(lines.length > 20);
  assert.deepEqual(Object.entries(kMinorDigits).sort(), lines.sort());
});
