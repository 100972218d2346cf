// SPDX-License-Identifier: MIT
// Runs before the engine has arrived: reads where it is, gives the page its words and colours, says
// what is missing. Also the last to speak when the engine cannot go on. Each form of the page then
// calls VitrineBoot with its own way of getting the engine's parts (parts.js, build_page.py).
(function () {
  'use strict';

  var kWords = {
    webgl2: {
      zh: ['这台设备的浏览器画不出这个页面（没有 WebGL\u00a02）。',
           '换一个新一点的浏览器打开，或者直接到店里来，优惠一样。'],
      en: ['This browser cannot draw this page (it has no WebGL\u00a02).',
           'Open it in a newer browser, or just come to the store: the offer is the same.'],
    },
    wasm: {
      zh: ['这台设备的浏览器打不开这个页面（没有 WebAssembly）。',
           '换一个新一点的浏览器打开，或者直接到店里来，优惠一样。'],
      en: ['This browser cannot run this page (it has no WebAssembly).',
           'Open it in a newer browser, or just come to the store: the offer is the same.'],
    },
    memory: {
      zh: ['手机内存不够，这个页面停下来了。',
           '关掉几个别的页面再打开这里，已经记下的不会丢。'],
      en: ['The phone ran short of memory and this page stopped.',
           'Close a few other pages and open this one again; what was stored is not lost.'],
    },
    network: {
      zh: ['页面没能下载完。', '看看网络，再打开一次。'],
      en: ['The page could not be downloaded.', 'Check the network and open it again.'],
    },
    campaign: {
      zh: ['这里现在没有活动。', '请店员帮忙看看，或者过一会儿再来。'],
      en: ['There is nothing on show here right now.', 'Ask our staff, or come back a little later.'],
    },
    engine: {
      zh: ['这个页面停下来了。', '再打开一次就好，已经记下的不会丢。'],
      en: ['This page stopped.', 'Open it again; what was stored is not lost.'],
    },
  };

  function meta(name) {
    var element = document.querySelector('meta[name="' + name + '"]');
    var value = element ? element.content : '';
    return value.slice(0, 2) == '{{' ? '' : value;
  }

  function parameter(name) {
    return new URLSearchParams(location.search).get(name) || '';
  }

  function language() {
    var asked = parameter('lang');
    var wanted = (asked ? [asked] : navigator.languages || [navigator.language || '']).concat('');
    for (var i = 0; i < wanted.length; i++) {
      var tag = wanted[i].toLowerCase().split('-')[0];
      if (tag == 'zh' || tag == 'en') return tag;
    }
    return '';
  }

  // /c/ID/ is the page of campaign ID, anything else the page of the campaign that was built in.
  function place() {
    var match = /^(.*\/)c\/([a-z0-9][a-z0-9._-]*)\/?[^\/]*$/.exec(location.pathname);
    var root = match ? match[1] : location.pathname.replace(/[^/]*$/, '');
    var campaign = match ? match[2] : meta('vitrine-campaign');
    return { root: root, campaign: campaign, base: root + 'c/' + campaign + '/' };
  }

  // A file whose failure nobody hears of until it is asked for.
  function soon(address) {
    var answer = window.fetch && fetch(address);
    if (answer) answer.catch(function () {});
    return answer;
  }

  // The campaign that stands in the page, where it is the one that is asked for.
  function campaign_here() {
    var element = document.getElementById('campaign');
    return element && here.campaign == meta('vitrine-campaign') ? new Response(element.content.textContent) : null;
  }

  // Letters a quarter larger than usual, by the browser's settings or the phone's.
  function wants_large_text() {
    var probe = document.createElement('p');
    probe.style.font = '-apple-system-body';  // where it is known it follows the phone
    document.documentElement.appendChild(probe);
    var size = parseFloat(getComputedStyle(probe).fontSize);
    probe.remove();
    return size >= 20;
  }

  // How the system wants everything to be, until the shopper chooses otherwise.
  function prefer() {
    var matches = function (query) { return window.matchMedia(query).matches ? '1' : ''; };
    page.reducedMotion = matches('(prefers-reduced-motion: reduce)');
    page.highContrast = matches('(prefers-contrast: more)');
    page.largeText = wants_large_text() ? '1' : '';
  }

  function socket(root) {
    return (location.protocol == 'https:' ? 'wss://' : 'ws://') + location.host + root + 'ws';
  }

  var here = place(), tongue = language(), failed = false, begin = null;
  var built_in = campaign_here();
  var sans = '-apple-system, "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", ' +
      '"Noto Sans SC", system-ui, "Microsoft YaHei", sans-serif';
  var page = {
    campaign: here.campaign,
    base: here.base,
    root: here.root,
    socket: socket(here.root),
    language: tongue,
    mode: parameter('mode'),
    switches: parameter('switch'),
    build: meta('vitrine-build'),
    refuses: navigator.globalPrivacyControl ? '1' : '',
    prefer: prefer,
    token: '',
    // '1' when all of the engine is here, 'lost' when what is missing was asked for in vain: the shell looks
    // before every frame (page_shell.cpp).
    whole: '',
    // '1' when all is here that does not wait behind gates.
    late: '',
    // '1' while the picture waits for that.
    rests: '',
    // Parts for which the engine stood still, as it called them before they were there.
    needed: 0,
    frames: new Promise(function (resolve) { begin = resolve; }),
    begin: function () { begin(); },
    sounds: '{{sounds}}',
    // Built in, or asked for while the engine is still on its way; library_assets.js takes it from here, once.
    early: { 'campaign.json': built_in || soon(here.base + 'campaign.json') },
    // A host may have another one by now: the shell looks when all is there.
    builtIn: built_in ? '1' : '',
    fonts: {
      text: { family: sans, regular: '400', bold: '600' },
      display: { family: sans, regular: '600', bold: '800' },
    },
    statistics: '{}',
    ready: function () {
      if (!failed) document.documentElement.classList.add('running');
      rest();
    },
    fail: fail,
  };
  prefer();
  // Tests and curious people read vitrine.statistics.
  window['vitrine'] = page;

  function paragraph(text, tag) {
    var element = document.createElement(tag || 'p');
    element.textContent = text;
    return element;
  }

  function again() {
    var zh = document.documentElement.lang != 'en';
    var button = paragraph(zh ? '再打开一次' : 'Open it again', 'button');
    button.addEventListener('click', function () { location.reload(); });
    return button;
  }

  function fail(reason, detail) {
    if (failed) return;
    failed = true;
    var words = kWords[reason] || kWords.engine;
    var box = document.querySelector('.reason');
    (words[document.documentElement.lang] || words.zh).forEach(function (text) {
      box.appendChild(paragraph(text));
    });
    if (reason != 'webgl2' && reason != 'wasm') box.appendChild(again());
    box.appendChild(paragraph('Vitrine: ' + reason + (detail ? ' (' + detail + ')' : ''), 'small'));
    document.documentElement.classList.remove('running');
    document.documentElement.classList.add('failed');
    page.failed = reason;
  }

  // The picture, which has just been drawn, rests until what moves later is here. A finger or a mouse's button moves
  // it, by what is here already; lifting it calls more, so who does that waits: SDL has heard it and tells it to the
  // next frame. A key, a click without a finger and a context that is back are told at once, whatever they call.
  function rest() {
    var lifted = '';
    function hear(names, act) {
      names.forEach(function (name) {
        document.addEventListener(name, function (event) { if (!page.late) act(event); }, true);
      });
    }
    if (!page.late) page.rests = '1';
    hear(['pointerdown'], function () { page.rests = lifted; });
    hear(['pointerup', 'visibilitychange'], function () { page.rests = lifted = '1'; });
    hear(['keydown', 'click', 'webglcontextrestored'], function (event) { if (!event.detail) page.rests = ''; });
  }

  // A browser that knows WebGL 2 and cannot draw it all the same fails when the engine opens its
  // window.
  function has_webgl2() {
    return !parameter('nowebgl2') && 'WebGL2RenderingContext' in window;
  }

  // The context that the engine will ask for, with the same wishes (cmake/sdl_for_wasm): a slow phone
  // makes it while the engine is still on its way.
  function begin_drawing() {
    document.getElementById('canvas').getContext(
        'webgl2', { alpha: false, depth: false, stencil: false, antialias: false });
  }

  // Words and colours stand in the page already where the server or the build knew the campaign.
  function colour() {
    var style = document.documentElement.style;
    if (meta('theme-color')) style.setProperty('--background', meta('theme-color'));
    ['ink', 'accent', 'glow'].forEach(function (name) {
      if (meta('vitrine-' + name)) style.setProperty('--' + name, meta('vitrine-' + name));
    });
  }

  // A static host serves one page for all campaigns; what another one promises is not said here.
  function forget_words() {
    document.querySelectorAll('.brand, h1, .offer').forEach(function (element) { element.remove(); });
    document.title = 'Vitrine';
  }

  function words_of_language() {
    var name = 'data-' + (tongue || document.documentElement.lang);
    document.querySelectorAll('[' + name + ']').forEach(function (element) {
      element.textContent = element.getAttribute(name);
    });
    var title = document.querySelector('h1').textContent;
    if (title) document.title = title;
  }

  // The engine broke off in the middle, or a part of it is none, or never comes: from then on it stands still.
  // An access out of bounds is no want of memory.
  function stop(what) {
    if (page.stop) page.stop();
    var reason = what && what.reason || (/OOM|memory(?! access)/i.test(what) ? 'memory' : 'engine');
    fail(reason, String(what).slice(0, 120));
  }

  if (tongue) document.documentElement.lang = tongue;
  if (here.campaign == meta('vitrine-campaign')) {
    colour();
    words_of_language();
  } else {
    forget_words();
  }

  if (has_webgl2()) begin_drawing();

  // What the engine itself has no word for. The first frame is called by a promise; `reason`, CompileError,
  // LinkError: what was called had not come, and could not be fetched or is none.
  ['error', 'unhandledrejection'].forEach(function (name) {
    window.addEventListener(name, function (event) {
      var error = event.error || event.reason || {};
      if (error.reason || /^(Runtime|Compile|Link)Error$/.test(error.name)) stop(error);
    });
  });

  // `engine`: {part(number, by_file): the promise of a part, compiled; run(module, failed)}.
  window['VitrineBoot'] = function (engine) {
    if (typeof WebAssembly != 'object') return fail('wasm');
    if (!has_webgl2()) return fail('webgl2');
    var parts = new VitrineParts(page, engine);
    engine.run({
      canvas: document.getElementById('canvas'),
      vitrine: page,
      noExitRuntime: true,
      onAbort: stop,
      print: function (text) { console.log(text); },
      printErr: function (text) { console.warn(text); },
      instantiateWasm: function (imports, done) {
        parts.start(imports, done).catch(stop);
        return {};
      },
    }, function () { fail('network'); });
  };
})();
