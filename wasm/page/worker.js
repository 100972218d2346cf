// SPDX-License-Identifier: MIT
// The page's service worker, one for each campaign's address: from the second visit on the page comes from here,
// without a network too. It answers for what it names, and for nothing else: interfaces, providers and sockets
// never pass through it. build_page.py names what belongs to the build, the server what belongs to the campaign
// (server/page_worker.cpp); a byte of either that changes is a worker that browsers take up as a new one.
'use strict';

// The engine in files named by their content, below the root.
var kAssets = '{{assets}}'.split(' ');
// Of the campaign, below this worker's scope. [path, ETag] each; none: its host does not say, so that each is asked
// for anew and what is kept stands in when there is no network.
var kFiles = {{files}};
var kScope = self.registration.scope;
var kRoot = /\/c\/[^/]+\/$/.test(kScope) ? new URL('../../', kScope).href : kScope;
var kPage = kScope + 'split.html';
var kOfScope = 'vitrine ' + kScope + ' ';
var kName = kOfScope + '{{version}} ' + JSON.stringify(kFiles);
// What a campaign without a list may have kept; beyond it nothing more is.
var kMostFiles = 200;

function engine() { return kAssets.map(function (name) { return kRoot + 'assets/' + name; }); }
function files() { return kFiles.map(function (file) { return kScope + encodeURI(file[0]); }); }
var kAll = [kPage].concat(engine(), files());
// What a home screen asks for; the page is whole without.
var kBeside = ['manifest.webmanifest', 'icon-192.png', 'icon-512.png'].map(function (name) { return kScope + name; });
var kKnown = new Set(kAll.concat(kBeside));

// Without its query. The page asks for its last script beside itself, where our server has the build's files too.
function plain(address) { return address.split(/[?#]/)[0].replace(kScope + 'assets/', kRoot + 'assets/'); }

function is_page(address) { return address == kScope || address == kScope + 'index.html'; }

function is_of_campaign(address) {
  if (address.slice(0, kRoot.length) != kRoot) return false;
  return /^c\/[^/]+\/(campaign\.json|art\/.+)$/.test(address.slice(kRoot.length));
}

// What an engine's file is called says what is in it, so an older worker's is as good.
function get(address, is_named_by_content) {
  var kept = is_named_by_content ? caches.match(address) : Promise.resolve();
  return kept.then(function (found) {
    return found || fetch(address, { cache: is_named_by_content ? 'default' : 'no-cache' });
  });
}

// A page of another build, from a server that was replaced a moment ago, would name files that are not here.
function is_of_build(text) {
  return kAssets.every(function (name) { return text.indexOf(name) >= 0; });
}

async function get_page() {
  var answer = await fetch(kPage, { cache: 'no-cache' });
  // A host that serves files has one for all campaigns.
  if (answer.status == 404) answer = await fetch(kRoot + 'split.html', { cache: 'no-cache' });
  if (answer.ok && !is_of_build(await answer.clone().text())) throw new Error('the page is of another build');
  return answer;
}

// What is not kept yet, one after the other. Throws when something is not to be had or there is no room.
async function fill() {
  var cache = await caches.open(kName), of_engine = new Set(engine());
  for (var address of kKnown) {
    if (await cache.match(address)) continue;
    var answer = await (address == kPage ? get_page() : get(address, of_engine.has(address)));
    if (answer.ok) await cache.put(address, answer);
    else if (kBeside.indexOf(address) < 0) throw new Error(address + ': ' + answer.status);
  }
}

async function keep_all() {
  try {
    await fill();
  } catch (why) {
    await caches.delete(kName);
    throw why;
  }
}

async function drop_older() {
  for (var name of await caches.keys()) {
    if (name.slice(0, kOfScope.length) == kOfScope && name != kName) await caches.delete(name);
  }
}

async function is_whole(cache) {
  var kept = new Set((await cache.keys()).map(function (request) { return request.url; }));
  return kAll.every(function (address) { return kept.has(address); });
}

// The kept page only together with all it needs: else its host's, and the gaps are filled for the next visit.
async function page(event) {
  var cache = await caches.open(kName), kept = await cache.match(kPage);
  if (kept && await is_whole(cache)) return kept;
  event.waitUntil(fill().catch(function () {}));
  try {
    return await fetch(event.request);
  } catch (why) {
    if (kept) return kept;
    throw why;
  }
}

async function kept_or_fetched(request) {
  var cache = await caches.open(kName);
  return await cache.match(plain(request.url)) || fetch(request);
}

async function fetched_or_kept(request) {
  var cache = await caches.open(kName), address = plain(request.url);
  try {
    var answer = await fetch(request);
    if (answer.status == 404) await cache.delete(address);
    if (answer.ok && (await cache.keys()).length < kMostFiles) {
      await cache.put(address, answer.clone()).catch(function () {});  // no room
    }
    return answer;
  } catch (why) {
    var kept = await cache.match(address);
    if (kept) return kept;
    throw why;
  }
}

// The browser's own storage may fail; the network is asked then as if there were no worker.
function answer_by(event, answer) {
  event.respondWith(answer.catch(function () { return fetch(event.request); }));
}

self.addEventListener('install', function (event) { event.waitUntil(keep_all()); });
self.addEventListener('activate', function (event) { event.waitUntil(drop_older()); });
self.addEventListener('fetch', function (event) {
  var request = event.request, address = plain(request.url);
  if (request.method != 'GET') return;
  if (request.mode == 'navigate') {
    if (is_page(address)) answer_by(event, page(event));
  } else if (kKnown.has(address)) {
    answer_by(event, kept_or_fetched(request));
  } else if (!kFiles.length && is_of_campaign(address)) {
    answer_by(event, fetched_or_kept(request));
  }
});

// A page that nobody uses offers to begin anew with this worker (app.js); not while another is open beside it.
self.addEventListener('message', function (event) {
  if (event.data != 'take over') return;
  event.waitUntil(self.clients.matchAll({ includeUncontrolled: true, type: 'window' }).then(function (open) {
    var beside = open.filter(function (one) { return one.url.slice(0, kScope.length) == kScope; });
    if (beside.length < 2) return self.skipWaiting();
  }));
});
