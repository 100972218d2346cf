// SPDX-License-Identifier: MIT
// The engine lies in this page as text: a character a byte, its low eight bits (build_page.py).
VitrineBoot(function (module) {
  var text = document.getElementById('engine').textContent;
  var bytes = new Uint8Array(text.length);
  for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  module['wasmBinary'] = bytes;
  VitrineEngine(module);
});
