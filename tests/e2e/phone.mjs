// SPDX-License-Identifier: MIT
// A phone beside the native kiosk: another decoder reads a code off the kiosk's picture, a Chromium of its own
// opens it. Who imports this is skipped where the page or the decoder is missing.

import { existsSync } from 'node:fs';
import { can_read_codes } from '../browser/codes.mjs';

const { Profile, open_page, page_folder, running } = await import('../browser/harness.mjs');
if (!existsSync(page_folder) || !can_read_codes) {
  console.log('skipped: no page, or no zbarimg (apt-get install zbar-tools)');
  process.exit(77);
}
export { codes } from '../browser/codes.mjs';
export { running };

export const node = (name) => `#semantics [data-name="${name}"]`;

export async function press(page, name) {
  await page.waitForSelector(node(name), { state: 'attached' });
  await page.evaluate((found) => document.querySelector(found).click(), node(name));
}

// A browser of somebody's own, with nothing kept, at this address.
export async function open_phone(t, address) {
  const profile = new Profile();
  t.after(() => profile.remove());
  const context = await profile.open();
  const page = await open_page(context, address);
  await running(page);
  return { context, page };
}
