// SPDX-License-Identifier: MIT
// The page's storage and sockets by themselves (wasm/js), without the engine: what a whole page
// reaches only after hours, or never the same way twice.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Profile, root } from './harness.mjs';

const library = (name) => readFileSync(join(root, 'wasm/js', name), 'utf8');

// An empty page of an origin that may store, in which a library's functions are globals.
async function with_library(names, check) {
  const server = createServer((_, response) => response.end('<!doctype html>'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const profile = new Profile();
  const context = await profile.open();
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.evaluate((sources) => {
      globalThis.Module = { vitrine: { campaign: 'lip-popup', root: '/', socket: 'ws://x/', token: 't' } };
      globalThis.LibraryManager = { library: {} };
      globalThis.mergeInto = (_, members) => {
        for (const [name, value] of Object.entries(members)) globalThis[name.replace(/^\$/, '')] = value;
      };
      globalThis.told = [];
      for (const source of sources) (0, eval)(source);
      globalThis.VitrineResults = { encoder: new TextEncoder(), push: (...answer) => told.push(answer) };
      globalThis.VitrineWake = { wake() {} };
    }, names.map(library));
    await check(page);
  } finally {
    await context.close();
    await profile.remove();
    server.closeAllConnections();
    server.close();
  }
}

test('a loss that grows replaces itself, settled in part or not', () =>
  with_library(['library_left.js', 'library_outbox.js'], async (page) => {
    const held = await page.evaluate(async () => {
      globalThis.VitrineStatus = { Ok: 0, NotFound: 2, ResourceExhausted: 5, Unavailable: 6, DataLoss: 7 };
      const store = { last: Promise.resolve() };
      VitrineOutbox.stores[0] = store;
      await VitrineOutbox.load(store, 0, 1, false);
      const change = (settled, next, ...losses) => VitrineOutbox.write(store, VitrineOutbox.parse_change(
        [['0', 'ab', settled, next].join('\x1f'),
         ...losses.map(([first, last]) => ['L', first, last, 'outbox_full', '{}'].join('\x1f'))].join('\n')));
      await change(0, 61, [1, 60]);
      for (let last = 61; last < 80; ++last) await change(0, last + 1, [1, last]);
      await change(50, 81, [51, 80]);
      const found = await VitrineOutbox.read(store.database, store.id);
      return found.losses.map((loss) => [loss.first, loss.last]);
    });
    assert.deepEqual(held, [[51, 80]]);
  }));

test('a change that was on its way when the page hid is made by whoever takes the outbox over, once', () =>
  with_library(['library_left.js', 'library_outbox.js'], async (page) => {
    const found = await page.evaluate(async () => {
      globalThis.VitrineStatus = { Ok: 0, NotFound: 2, ResourceExhausted: 5, Unavailable: 6, DataLoss: 7 };
      const change = (lives, next) => [['0', lives, 0, next].join('\x1f'),
                                       ['R', next - 1, `row ${next - 1}`].join('\x1f')].join('\n');
      // One life of a page: stores some changes, leaves one, and is gone.
      const live = async (stored, left) => {
        const store = VitrineOutbox.stores[0] = { last: Promise.resolve() };
        await VitrineOutbox.load(store, 0, 1, false);
        const rows = (await VitrineOutbox.read(store.database, store.id)).rows;
        for (const text of stored) await VitrineOutbox.write(store, VitrineOutbox.parse_change(text));
        store.change = left;
        VitrineOutbox.leave_changes();
        delete VitrineOutbox.stores[0];
        store.release();
        return [store.id, rows, Object.keys(localStorage).length];
      };
      const lives = [
        await live([], change('ab:1', 2)),  // nothing of it was ever stored
        await live([change('', 3)], change('', 4)),
        await live([change('', 5)], change('', 2)),  // stored since, by a browser that forgot to forget
        await live([], ''),
      ];
      return { ids: new Set(lives.map(([id]) => id)).size, rows: lives.map((life) => life[1]),
               left: lives.map((life) => life[2]) };
    });
    assert.equal(found.ids, 1);
    assert.deepEqual(found.rows, [[], ['row 1'], ['row 1', 'row 2', 'row 3'],
                                  ['row 1', 'row 2', 'row 3', 'row 4']]);
    assert.deepEqual(found.left, [1, 1, 1, 0]);
  }));

test('a storage that never answers is given up, and the page goes on in memory', () =>
  with_library(['library_left.js', 'library_outbox.js'], async (page) => {
    const database = await page.evaluate(() => {
      Object.defineProperty(window, 'indexedDB', { value: { open: () => ({}) } });
      VitrineOutbox.kOpenMs = 50;
      return VitrineOutbox.open();
    });
    assert.equal(database, null);
  }));

test('a connection begun under a used id hears nothing of the one before', () =>
  with_library(['library_transport.js'], async (page) => {
    const seen = await page.evaluate(async () => {
      const made = [];
      globalThis.WebSocket = class {
        constructor() { this.readyState = 0; made.push(this); }
        close() { this.readyState = 2; }
      };
      globalThis.UTF8ToString = () => '';
      VitrineSockets.token_at = performance.now();
      const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
      vitrine_js_socket_connect(1);
      await pause();
      made[0].onopen();
      vitrine_js_socket_drop(1);
      vitrine_js_socket_connect(1);
      await pause();
      made[0].onclose({ code: 1000, reason: '' });
      made[1].onopen();
      return VitrineSockets.list[1].events.map((event) => event.kind);
    });
    assert.deepEqual(seen, [0]);
  }));

test('a token that does not come ends the attempt in time', () =>
  with_library(['library_transport.js'], async (page) => {
    const kinds = await page.evaluate(async () => {
      Module.vitrine.token = '';
      globalThis.fetch = () => new Promise(() => {});
      globalThis.UTF8ToString = (text) => text;
      VitrineSockets.kConnectMs = 20;
      vitrine_js_socket_connect(1, 'vitrine.1');
      while (!VitrineSockets.list[1].events.length) await new Promise((resolve) => setTimeout(resolve, 5));
      return VitrineSockets.list[1].events.map((event) => [event.kind, event.code]);
    });
    assert.deepEqual(kinds, [[2, 1006]]);
  }));
