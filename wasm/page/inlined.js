// SPDX-License-Identifier: MIT
// The engine lies in this page as text, a character a byte, its low eight bits, and in pieces
// (build_page.py): each is read, and compiled by browsers that can, while the next is on its way. Its
// second part stands behind the script that starts the first.
var VitrineInlined = (function () {
  'use strict';

  function arriving() {
    var pieces = [], feed = null, compiled = null;
    if (window.WebAssembly && WebAssembly.compileStreaming && window.ReadableStream) {
      var stream = new ReadableStream({ start: function (controller) { feed = controller; } });
      compiled = WebAssembly.compileStreaming(
          new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }));
      compiled.catch(function () {});  // said again when it is asked for
    }

    function whole() {
      var size = 0, at = 0;
      pieces.forEach(function (piece) { size += piece.length; });
      var bytes = new Uint8Array(size);
      pieces.forEach(function (piece) {
        bytes.set(piece, at);
        at += piece.length;
      });
      return bytes;
    }

    function at_once() { return WebAssembly.compile(whole()); }

    return {
      add: function (text) {
        var bytes = new Uint8Array(text.length);
        for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
        pieces.push(bytes);
        if (feed) feed.enqueue(bytes);
      },
      end: function () {
        if (feed) feed.close();
        return compiled ? compiled.catch(at_once) : at_once();
      },
    };
  }

  var kSilence = 10000;  // milliseconds
  var now = arriving(), ended = false, silence = 0, instead = null, settle = null;
  var rest = new Promise(function (resolve, reject) {
    settle = function (promise) { promise.then(resolve, reject); };
  });

  // A page that is cut off in the middle says nothing of it. When nothing has come of the rest for a
  // while, or the network is back, the file of the rest is fetched; what is first here counts.
  function fetch_instead() {
    if (ended || !instead) return;
    settle(instead());
    instead = null;
  }

  function watch() {
    clearTimeout(silence);
    silence = setTimeout(fetch_instead, kSilence);
  }

  return {
    // Reads the text that stands before the script that calls this.
    part: function () {
      now.add(document.currentScript.previousElementSibling.textContent);
      if (instead) watch();
    },
    start: function () {
      var first = now;
      now = arriving();
      VitrineBoot({
        first: function () { return first.end(); },
        rest: function (by_file) {
          instead = by_file;
          watch();
          window.addEventListener('online', fetch_instead);
          return rest;
        },
        run: function (module) { VitrineEngine(module); },
      });
    },
    rest: function () {
      ended = true;
      settle(now.end());
    },
  };
})();
