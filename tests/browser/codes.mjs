// SPDX-License-Identifier: MIT
// What another decoder reads off a picture: zbar's, for a code that only our own can read is none.
import { spawnSync } from 'node:child_process';

export const can_read_codes = !spawnSync('zbarimg', ['--version']).error;

// The texts of all codes on a picture. Expects: can_read_codes.
export function codes(picture) {
  const read = spawnSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' }).stdout;
  return read.split('\n').filter(Boolean);
}
