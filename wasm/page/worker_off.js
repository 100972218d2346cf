// SPDX-License-Identifier: MIT
// What the server sends in place of the worker when pages are to have none (--no-page-worker, server/page_worker.h):
// browsers take it up at the next visit, and with it everything goes that a worker of this address has kept.
'use strict';

self.addEventListener('install', function () { self.skipWaiting(); });
// What the page asks for while the old worker is stopped wakes it, and Chromium then leaves this one waiting. A page
// says when it is calm (app.js); others beside it lose nothing, for files that they ask for then come from the server.
self.addEventListener('message', function (event) { if (event.data == 'take over') self.skipWaiting(); });
self.addEventListener('activate', function (event) {
  event.waitUntil((async function () {
    var kept = 'vitrine ' + self.registration.scope + ' ';
    for (var name of await caches.keys()) {
      if (name.slice(0, kept.length) == kept) await caches.delete(name);
    }
    await self.registration.unregister();
  })());
});
