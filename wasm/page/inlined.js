// SPDX-License-Identifier: MIT
// The engine lies in this page as text, a character a byte, its low eight bits, and in parts
// (build_page.py): each is read, and compiled by browsers that can, while the next is on its way.
var VitrineInlined = (function () {
  'use strict';

  var parts = [], feed = null, compiled = null;
  if (window.WebAssembly && WebAssembly.compileStreaming && window.ReadableStream) {
    var stream = new ReadableStream({ start: function (controller) { feed = controller; } });
    compiled = WebAssembly.compileStreaming(
        new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }));
    compiled.catch(function () {});  // said again when it is asked for
  }

  function whole() {
    var size = 0, at = 0;
    parts.forEach(function (part) { size += part.length; });
    var bytes = new Uint8Array(size);
    parts.forEach(function (part) {
      bytes.set(part, at);
      at += part.length;
    });
    return bytes;
  }

  function instantiate(imports) {
    var at_once = function () {
      return WebAssembly.instantiate(whole(), imports).then(function (made) { return made.instance; });
    };
    if (!compiled) return at_once();
    return compiled.then(function (engine) { return WebAssembly.instantiate(engine, imports); })
        .catch(at_once);
  }

  return {
    // Reads the text that stands before the script that calls this.
    part: function () {
      var text = document.currentScript.previousElementSibling.textContent;
      var bytes = new Uint8Array(text.length);
      for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
      parts.push(bytes);
      if (feed) feed.enqueue(bytes);
    },
    start: function () {
      if (feed) feed.close();
      VitrineBoot(function (module) {
        module['instantiateWasm'] = function (imports, done) {
          instantiate(imports).then(done, module['onAbort']);
          return {};
        };
        VitrineEngine(module);
      });
    },
  };
})();
