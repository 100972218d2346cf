// SPDX-License-Identifier: MIT
// WebSockets. Each has an id; what happens to it queues up as {kind, code, text} until C++ polls.
mergeInto(LibraryManager.library, {
  $VitrineSockets__deps: ['$VitrineWake', '$VitrineResults'],
  $VitrineSockets: {
    list: {},
    kOpen: 0, kMessage: 1, kClose: 2,
    kQueueBytes: 1048576,
    kConnectMs: 15000,
    kCloseMs: 3000,
    kTokenMs: 43200000,  // tokens live a day or two; one that sleeps with its page is asked for anew
    token_at: 0,

    // The page's token stands in Module.vitrine.token, where WebIdentity finds it.
    token: async function () {
      var page = Module['vitrine'], now = performance.now();
      if (page['token'] && now - VitrineSockets.token_at < VitrineSockets.kTokenMs) return;
      var answer = await fetch(page['root'] + 'api/token', {
        'method': 'POST',
        'headers': { 'Content-Type': 'application/json' },
        'body': JSON.stringify({ 'campaign': page['campaign'] }),
      });
      if (!answer.ok) throw 'the server gave no token: ' + answer.status;
      page['token'] = (await answer.json())['token'];
      VitrineSockets.token_at = now;
    },
    open: async function (socket) {
      var attempt = ++socket.attempt;
      socket.waiting = true;
      socket.timer = setTimeout(VitrineSockets.give_up, VitrineSockets.kConnectMs, socket, 'no token');
      try {
        await VitrineSockets.token();
        if (attempt != socket.attempt) return;
        clearTimeout(socket.timer);
        socket.web = new WebSocket(Module['vitrine']['socket'], [socket.protocol]);
      } catch (e) {
        if (attempt == socket.attempt) VitrineSockets.give_up(socket, String(e).slice(0, 100));
        return;
      }
      socket.waiting = false;
      VitrineSockets.listen(socket);
    },
    // Before there was a connection to close.
    give_up: function (socket, why) {
      clearTimeout(socket.timer);
      socket.waiting = false;
      socket.attempt++;
      VitrineSockets.push(socket, VitrineSockets.kClose, 1006, why || '');
    },

    push: function (socket, kind, code, text) {
      var bytes = VitrineResults.encoder.encode(text);
      socket.queued += bytes.length;
      socket.events.push({ kind: kind, code: code, text: bytes });
      VitrineWake.wake();
    },
    // Exactly one close a connection, whatever the browser does.
    end: function (socket, code, reason) {
      var web = socket.web;
      if (!web) return;
      clearTimeout(socket.timer);
      if (code >= 4000) Module['vitrine']['token'] = '';  // perhaps it was the token
      socket.web = null;
      web.onopen = web.onmessage = web.onclose = web.onerror = null;
      if (web.readyState < 2) web.close();
      VitrineSockets.push(socket, VitrineSockets.kClose, code, reason);
    },
    // A peer that never answers the closing handshake is left after a while.
    leave: function (socket, code, reason) {
      try {
        socket.web.close(code, reason);
      } catch (e) {
        socket.web.close();
      }
      clearTimeout(socket.timer);
      socket.timer = setTimeout(function () {
        VitrineSockets.end(socket, 1006, 'no answer to the close');
      }, VitrineSockets.kCloseMs);
    },
    listen: function (socket) {
      var web = socket.web;
      web.onopen = function () {
        clearTimeout(socket.timer);
        VitrineSockets.push(socket, VitrineSockets.kOpen, 0, '');
      };
      web.onmessage = function (event) {
        if (typeof event.data != 'string') return VitrineSockets.leave(socket, 4003, 'text only');
        if (socket.queued + event.data.length > VitrineSockets.kQueueBytes) {
          return VitrineSockets.leave(socket, 4009, 'messages not taken in time');
        }
        VitrineSockets.push(socket, VitrineSockets.kMessage, 0, event.data);
      };
      web.onclose = function (event) {
        VitrineSockets.end(socket, event.code || 1006, event.reason);
      };
      socket.timer = setTimeout(function () {
        VitrineSockets.end(socket, 1006, 'no answer');
      }, VitrineSockets.kConnectMs);
    },
  },

  vitrine_js_socket_connect__deps: ['$VitrineSockets'],
  vitrine_js_socket_connect: function (id, protocol) {
    var socket = VitrineSockets.list[id] ||
        (VitrineSockets.list[id] = { events: [], queued: 0, web: null, timer: 0, attempt: 0,
                                     waiting: false, protocol: UTF8ToString(protocol) });
    VitrineSockets.open(socket);
  },

  // 0: not open, or more would wait than the seam allows.
  vitrine_js_socket_send__deps: ['$VitrineSockets'],
  vitrine_js_socket_send: function (id, text, size) {
    var socket = VitrineSockets.list[id], web = socket && socket.web;
    if (!web || web.readyState != 1) return 0;
    if (web.bufferedAmount + size > VitrineSockets.kQueueBytes) return 0;
    web.send(UTF8ToString(text, size));
    return 1;
  },

  vitrine_js_socket_close__deps: ['$VitrineSockets'],
  vitrine_js_socket_close: function (id, code, reason, size) {
    var socket = VitrineSockets.list[id];
    if (!socket) return;
    if (!socket.web) {
      // Still waiting for a token, or closed already; only the first owes an answer.
      if (socket.waiting) VitrineSockets.give_up(socket);
      return;
    }
    // Browsers let a page say only 1000 and its own codes.
    var allowed = code == 1000 || (code >= 3000 && code < 5000);
    VitrineSockets.leave(socket, allowed ? code : 1000, UTF8ToString(reason, size));
  },

  // Its WebTransport is gone. The next one of this id begins anew: what still happens to the old
  // connection is none of its business.
  vitrine_js_socket_drop__deps: ['$VitrineSockets'],
  vitrine_js_socket_drop: function (id) {
    var socket = VitrineSockets.list[id];
    if (!socket) return;
    delete VitrineSockets.list[id];
    if (socket.waiting) return VitrineSockets.give_up(socket);
    if (socket.web) VitrineSockets.leave(socket, 1000, '');
  },

  // Writes {kind, code, text length}; 0 when nothing has happened.
  vitrine_js_socket_peek__deps: ['$VitrineSockets'],
  vitrine_js_socket_peek: function (id, header) {
    var socket = VitrineSockets.list[id];
    if (!socket || !socket.events.length) return 0;
    var event = socket.events[0];
    HEAP32[header >> 2] = event.kind;
    HEAP32[(header >> 2) + 1] = event.code;
    HEAP32[(header >> 2) + 2] = event.text.length;
    return 1;
  },

  vitrine_js_socket_take__deps: ['$VitrineSockets'],
  vitrine_js_socket_take: function (id, text) {
    var socket = VitrineSockets.list[id], event = socket.events.shift();
    socket.queued -= event.text.length;
    HEAPU8.set(event.text, text);
  },
});
