// SPDX-License-Identifier: MIT
// One Chromium for all tests of a file: to start one takes longer than most of what is tested in it.
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { chromium_flags, chromium_path, coarse, kPatience, phone } from './harness.mjs';

let browser = null;
after(async () => { await (await browser)?.close(); });

// Calls `work` with a context of its own: nothing that it stored is there for another. It stores in
// memory; what is about a disk, or the browser's own end, takes with_browser().
export async function with_context(work, options) {
  browser ??= chromium.launch({
    executablePath: chromium_path, headless: true, args: chromium_flags, timeout: kPatience,
  });
  const context = await (await browser).newContext({ ...phone, ...coarse, ...options });
  context.setDefaultTimeout(kPatience);
  try {
    await work(context);
  } finally {
    await context.close().catch(() => {});
  }
}
