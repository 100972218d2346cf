// SPDX-License-Identifier: MIT
// Visits of a phone to a page that it may keep: a real server, and before it who counts what it sends.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { CountingProxy } from './counting_proxy.mjs';
import { open_page, page_folder, running, statistics, until } from './harness.mjs';
import { folder, startServer } from '../e2e/support.mjs';

export const kPath = '/c/lip-popup/';

// A server, a page of its own that it sends, and who counts what it sends.
export async function set_up(t) {
  const base = folder(t), web = join(base, 'web');
  cpSync(page_folder, web, { recursive: true });
  const place = { web, data: join(base, 'data') };
  place.start = (args = []) => startServer(t, place.data, { args: ['--web', web, ...args] });
  place.server = await place.start();
  place.proxy = await CountingProxy.before(place.server.port);
  t.after(() => place.proxy.close());
  place.url = `${place.proxy.address}${kPath}?lang=en&mode=test`;
  // As it is when all connections have ended.
  place.restart = async (args) => {
    place.proxy.cut();
    await place.server.stop();
    place.server = await place.start(args);
    place.proxy.target = place.server.port;
  };
  return place;
}

export const registration = (page) => page.evaluate(async () => {
  const one = await navigator.serviceWorker.getRegistration();
  return one && { active: one.active?.state ?? '', waiting: !!one.waiting, installing: !!one.installing };
});
export const kept = (page) => page.evaluate(async () => {
  const names = await caches.keys(), all = {};
  for (const name of names) {
    all[name] = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
  }
  return all;
});

// The first visit: until its worker has all it keeps.
export async function first_visit(context, place, fragment = '', prepare = undefined) {
  const page = await open_page(context, place.url + fragment, prepare);
  await running(page);
  await until('the worker', async () => (await registration(page))?.active === 'activated');
  return page;
}

export async function visit(context, place, fragment = '', prepare = undefined) {
  const page = await open_page(context, place.url + fragment, prepare);
  await running(page);
  return page;
}

export const settled = (page) => until('everything to be settled', async () => {
  const { app } = await statistics(page);
  return app.network === 'open' && app.outbox_rows === 0 && app.recorded > 0;
});

// What the semantic tree has under that name, pressed as a screen reader presses it.
export const node = (page, name) => page.$(`#semantics [data-name="${name}"]`);
export const there = (page, name) => until(name, () => node(page, name));
export const press = async (page, name) => {
  await there(page, name);
  await page.evaluate((n) => document.querySelector(`#semantics [data-name="${n}"]`).click(), name);
};
