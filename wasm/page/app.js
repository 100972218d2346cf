// SPDX-License-Identifier: MIT
// What makes an app of the page: the last script of both forms, which waits for all of the engine. The page is whole
// without it.
(function () {
  'use strict';

  var kWaitMs = 500, kLookMs = 5000, kAgainMs = 30000, kRoomBytes = 8 * 1024 * 1024;
  var page = window['vitrine'], workers = navigator.serviceWorker;
  var registration = null, has_asked = false, again = 0;

  // Of this page's campaign: what it led to may be on the screen, or soon be (docs/page.md).
  function has_claim() {
    try {
      return !!localStorage.getItem('vitrine.' + page.campaign + '.claim.stage');
    } catch (e) {
      return true;  // nobody can tell
    }
  }

  // Between two sessions: nothing of anybody's is on the screen, nor did anybody come by a code, which is in this
  // page's memory alone.
  function is_free() {
    var app = JSON.parse(page.statistics).app;
    return !!app && !app.engaged && !page.invited && !has_claim();
  }

  // A new build, or a new version of the campaign, waits until nobody uses the page; at the latest it is there at
  // the next visit.
  function take_up() {
    if (!registration.waiting || !workers.controller || !is_free()) return;
    has_asked = true;
    registration.waiting.postMessage('take over');
  }

  function begin_anew() {
    if (has_asked && is_free()) location.reload();
    has_asked = false;
  }

  // One that failed, on a network that comes and goes, is repeated until one has worked: it may be what takes a
  // worker away.
  function look() {
    clearTimeout(again);
    if (document.hidden) return;
    registration.update().catch(function () { again = setTimeout(look, kAgainMs); });
  }

  // A copy of the page takes a megabyte. Where there is hardly room it would be fetched in vain at each visit.
  async function has_room() {
    if (!navigator.storage || !navigator.storage.estimate) return true;
    var room = await navigator.storage.estimate();
    return room.quota - room.usage > kRoomBytes;
  }

  // Whether this host has a worker for its pages; one that wants none says so (docs/server.md).
  async function is_offered() {
    var answer = await fetch('sw.js', { method: 'HEAD' });
    return answer.ok && answer.headers.get('Vitrine-Worker') != 'off';
  }

  async function keep() {
    var scope = new URL('./', location.href).href;
    registration = await workers.getRegistration();
    if (!registration || registration.scope != scope) {
      if (!await has_room() || !await is_offered()) return;
      registration = await workers.register('sw.js', { scope: scope });
    } else {
      look();  // a browser's own, at the start of the visit, is not repeated where it failed
    }
    workers.addEventListener('controllerchange', begin_anew);
    document.addEventListener('visibilitychange', look);
    setInterval(take_up, kLookMs);
  }

  // Only in secure contexts do browsers have workers; who saves data is asked for no second copy.
  function wants_worker() {
    return workers && window.isSecureContext && !(navigator.connection && navigator.connection.saveData);
  }

  // Where the browser offers it, a press of the voucher's button asks its person; browsers want a press for that,
  // and the engine hears of one within a frame. On iOS only its person can, by Share: they may be told how.
  function offer_home() {
    var prompt = null;
    window.addEventListener('beforeinstallprompt', function (event) {
      event.preventDefault();  // no bar of the browser's own over the page
      prompt = event;
      page.home = 'add';
    });
    window.addEventListener('appinstalled', function () { page.home = ''; });
    page.addToHome = function () {
      if (!prompt) return;
      page.home = '';
      prompt.prompt();
      prompt = null;
    };
    // Browsers inside of other apps have no such menu.
    var is_inside = /MicroMessenger|AlipayClient|FBA[NV]|Instagram|Line\//.test(navigator.userAgent);
    if (navigator.standalone === false && !is_inside) page.home = 'how';
  }

  function add(tag, attributes) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    document.head.appendChild(element);
  }

  function begin() {
    offer_home();
    // What a home screen shows of the page; iOS takes the icon from the page itself.
    add('link', { rel: 'manifest', href: 'manifest.webmanifest' });
    add('link', { rel: 'apple-touch-icon', href: 'icon-180.png' });
    if (wants_worker()) keep().catch(function (why) { console.log('Vitrine: no worker: ' + why); });
  }

  var waiting = setInterval(function () {
    if (page.whole != '1') return;
    clearInterval(waiting);
    begin();
  }, kWaitMs);
})();
