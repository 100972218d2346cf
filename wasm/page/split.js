// SPDX-License-Identifier: MIT
// The engine comes as files named by their content, which browsers may keep for ever.
VitrineBoot({
  // Asked for at once, not when the script has come.
  part: function (number, by_file) { return by_file(); },
  run: function (module, failed) {
    var script = document.createElement('script');
    script.src = module['vitrine']['root'] + 'assets/{{js}}';
    script.onerror = failed;
    script.onload = function () { VitrineEngine(module).catch(failed); };
    document.head.appendChild(script);
  },
});
