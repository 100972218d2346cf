// SPDX-License-Identifier: MIT
// The engine comes as two files named by their content, which browsers may keep for ever.
VitrineBoot(function (module, failed) {
  var assets = module['vitrine']['root'] + 'assets/';
  module['locateFile'] = function () { return assets + '{{wasm}}'; };
  // Asked for at once, not when the script has come.
  var hint = document.createElement('link');
  hint.rel = 'preload';
  hint.as = 'fetch';
  hint.crossOrigin = 'anonymous';
  hint.href = assets + '{{wasm}}';
  document.head.appendChild(hint);
  var script = document.createElement('script');
  script.src = assets + '{{js}}';
  script.onerror = failed;
  script.onload = function () { VitrineEngine(module).catch(failed); };
  document.head.appendChild(script);
});
