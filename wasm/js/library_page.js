// SPDX-License-Identifier: MIT
// What happens to the page itself: hidden and shown, left, context lost, insets, keys. Numbers of
// events are PageEvent's (page_shell.h), of keys app::Key's.
mergeInto(LibraryManager.library, {
  $VitrinePage__deps: ['$VitrineWake', '$VitrineOutbox', '$JSEvents'],
  // An engine that broke off in the middle is called by nothing any more, SDL's listeners included.
  $VitrinePage__postset: "Module['vitrine']['stop'] = function () {" +
      ' ABORT = true; JSEvents.removeAllEventListeners(); };',
  $VitrinePage: {
    kHidden: 0, kVisible: 1, kContextLost: 2, kContextRestored: 3, kPointersCancelled: 4,
    kActivate: 5, kKey: 6, kFocus: 7, kFocusUnseen: 8, kKeyUp: 9, kPreferences: 10,
    lost: false,
    poll_timer: 0,

    tell: function (event, value) {
      if (!ABORT) _vitrine_page_event(event, value || 0);
    },
    // Frames stop while hidden or without a context; the outbox and the network go on by timer.
    pace: function () {
      VitrineWake.frames = !document.hidden && !VitrinePage.lost;
      clearInterval(VitrinePage.poll_timer);
      if (VitrineWake.frames) return;
      VitrinePage.poll_timer = setInterval(function () {
        if (!ABORT) _vitrine_page_poll();
      }, 1000);
    },
    // Not before the late part is here (page/parts.js): it calls what a page that goes cannot fetch any more.
    turn: function (event) {
      if (!Module['vitrine']['late']) return;
      VitrinePage.pace();
      VitrinePage.tell(event);
    },
    // What is on its way is left even if the engine stops here.
    hide: function () {
      try {
        VitrinePage.turn(VitrinePage.kHidden);
      } finally {
        VitrineOutbox.leave_changes();
      }
    },
    show: function () {
      VitrineOutbox.check_lease();
      VitrinePage.turn(VitrinePage.kVisible);
    },
    watch_visibility: function () {
      document.addEventListener('visibilitychange', function () {
        if (document.hidden) VitrinePage.hide(); else VitrinePage.show();
      });
      window.addEventListener('pagehide', function () {
        try {
          VitrinePage.hide();
        } finally {
          VitrineOutbox.leave();
        }
      });
      window.addEventListener('pageshow', function (event) {
        if (event.persisted && !document.hidden) VitrinePage.show();
      });
      document.addEventListener('freeze', VitrinePage.hide);
    },
    // Heard from the start, told when frames can be drawn: just before the first.
    watch_context: function (canvas) {
      var tell = function (lost, event) {
        VitrinePage.lost = lost;
        Module['vitrine']['frames'].then(function () {
          VitrinePage.pace();
          VitrinePage.tell(event);
        });
      };
      canvas.addEventListener('webglcontextlost', function (event) {
        event.preventDefault();  // else the browser never gives it back
        tell(true, VitrinePage.kContextLost);
      });
      canvas.addEventListener('webglcontextrestored', function () {
        tell(false, VitrinePage.kContextRestored);
      });
    },
    // The system took the touch (a gesture of its own, a call, a notification): nothing is pressed.
    // SDL calls this a release, so it is told before SDL hears of it.
    watch_pointers: function (canvas) {
      var cancel = function () { VitrinePage.tell(VitrinePage.kPointersCancelled); };
      canvas.addEventListener('touchcancel', cancel, true);
      canvas.addEventListener('lostpointercapture', function (event) {
        if (event.pointerType == 'mouse' && event.buttons) cancel();
      });
      ['contextmenu', 'selectstart', 'dragstart', 'gesturestart', 'gesturechange'].forEach(
          function (name) {
            document.addEventListener(name, function (event) { event.preventDefault(); });
          });
      // Browsers that ignore touch-action still ask here before they zoom.
      document.addEventListener('touchmove', function (event) {
        if (event.touches.length > 1 && event.cancelable) event.preventDefault();
      }, { passive: false });
      window.addEventListener('wheel', function (event) {
        if (event.ctrlKey) event.preventDefault();
      }, { passive: false });
    },
    // How the system wants everything to be; the shopper's own choice on the screen stays.
    watch_preferences: function () {
      ['(prefers-reduced-motion: reduce)', '(prefers-contrast: more)'].forEach(function (query) {
        window.matchMedia(query).addEventListener('change', function () {
          Module['vitrine']['prefer']();
          VitrinePage.tell(VitrinePage.kPreferences);
        });
      });
    },
    // SDL listens to the window's size alone; bars that slide away and screens of other density
    // change the canvas without it.
    watch_size: function (canvas) {
      var again = function () { window.dispatchEvent(new Event('resize')); };
      if (window.ResizeObserver) new ResizeObserver(again).observe(canvas);
      if (window.visualViewport) window.visualViewport.addEventListener('resize', again);
      window.addEventListener('orientationchange', again);
    },
  },

  // The language the shopper reads the screen in, for screen readers and translators; the tab's title.
  vitrine_js_page_words: function (language, size, title, title_size) {
    document.documentElement.lang = UTF8ToString(language, size);
    document.title = UTF8ToString(title, title_size);
  },

  vitrine_js_page_watch__deps: ['$VitrinePage'],
  vitrine_js_page_watch: function () {
    var canvas = Module['canvas'];
    VitrinePage.watch_context(canvas);
    // Before the first frame there is nobody to tell, and what it calls may be on its way.
    Module['vitrine']['frames'].then(function () {
      VitrinePage.watch_visibility();
      VitrinePage.watch_pointers(canvas);
      VitrinePage.watch_size(canvas);
      VitrinePage.watch_preferences();
      if (document.hidden) VitrinePage.hide();
    });
  },

  // Frames, once what the first calls is here, for as long as nothing fails. Emscripten's own main loop
  // would bring full screen, pointer lock and picture decoding along. What moves calls more as time goes
  // on: until the part that has it is here (page/parts.js) the first picture rests (page/boot.js), unless
  // the phone is turned, which empties the canvas.
  vitrine_js_page_run__deps: ['$VitrinePage'],
  vitrine_js_page_run: function () {
    var page = Module['vitrine'], canvas = Module['canvas'], width = 0, height = 0;
    var frame = function () {
      if (ABORT) return;
      if (!page['rests'] || canvas.width != width || canvas.height != height) {
        _vitrine_page_frame();
        width = canvas.width;
        height = canvas.height;
      }
      requestAnimationFrame(frame);
    };
    page['frames'].then(VitrinePage.pace).then(frame);
  },

  // Writes what notches and bars cover: {top, right, bottom, left} in points.
  vitrine_js_page_insets: function (out) {
    var style = getComputedStyle(document.getElementById('insets'));
    HEAPF32[out >> 2] = parseFloat(style.paddingTop) || 0;
    HEAPF32[(out >> 2) + 1] = parseFloat(style.paddingRight) || 0;
    HEAPF32[(out >> 2) + 2] = parseFloat(style.paddingBottom) || 0;
    HEAPF32[(out >> 2) + 3] = parseFloat(style.paddingLeft) || 0;
  },

  // The first frame is on screen: the words that were there before it go.
  vitrine_js_page_ready: function () { Module['vitrine']['ready'](); },

  // Shows the plain page instead of the canvas, for good. `reason` is a key of page/boot.js.
  vitrine_js_page_give_up: function (reason, detail) {
    Module['vitrine']['fail'](UTF8ToString(reason), UTF8ToString(detail));
  },

  vitrine_js_page_statistics: function (text, size) {
    Module['vitrine']['statistics'] = UTF8ToString(text, size);
  },
});
