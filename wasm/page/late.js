// SPDX-License-Identifier: MIT
// The last script of the page: brings what makes an app of it (app.js), once all of the engine is here.
(function () {
  var timer = setInterval(function () {
    var page = window['vitrine'];
    if (page.whole != '1') return;
    clearInterval(timer);
    var script = document.createElement('script');
    script.src = page.root + 'assets/{{app}}';
    document.head.appendChild(script);
  }, 500);
})();
