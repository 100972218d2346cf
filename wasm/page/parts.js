// SPDX-License-Identifier: MIT
// Gets the engine's parts and makes them as they come, each with what those before it give
// (wasm/cut_engine.py). In their order: what starts, what the first frame calls, what is called late, and
// the rest, which waits behind gates. An engine that was not cut is its own rest. What is called before it is
// there is fetched while the browser stands still: rare, for the first frame and a touch find all that they
// call in the first two (wasm/call_times.txt).
//
// `page` is told what has come: begin() when frames can be drawn, late, whole, needed (boot.js). `engine`:
// part(number, by_file) gives the promise of a part, compiled; by_file() fetches it by its name.
function VitrineParts(page, engine) {
  'use strict';

  var kParts = '{{parts}}'.split(' '), kRest = kParts.length - 1;
  var kLate = Math.max(0, kRest - 1), kFrame = Math.max(0, kRest - 2);
  var kPauses = [500, 1000, 2000, 4000, 8000, 16000, 30000];
  // Who wants things otherwise than most calls more in the first frame; so does a page that nobody looks at yet.
  var calls_more = page.highContrast || page.largeText || page.switches || document.hidden;
  var first_frame = calls_more ? kLate : kFrame;
  var all = { parts: { need: need } }, made = [], asked = [], needed = function () {};

  function address(name) { return page.root + 'assets/' + name; }

  function lost(name) {
    var error = new Error(name);
    error.reason = 'network';
    return error;
  }

  // Until one of these happens, but no longer than `ms`.
  function pause(ms, events) {
    return new Promise(function (resolve) {
      setTimeout(resolve, ms);
      events.forEach(function (event) { window.addEventListener(event, resolve, { once: true }); });
    });
  }

  function fetched(name) {
    var get = function () { return fetch(address(name)); };
    var streamed = WebAssembly.compileStreaming ? WebAssembly.compileStreaming(get()) : Promise.reject();
    // Compiled while it arrives, where browser and server can.
    return streamed.catch(function () {
      return get().then(function (answer) {
        if (!answer.ok) throw lost(name);
        return answer.arrayBuffer();
      }).catch(function () { throw lost(name); }).then(function (bytes) { return WebAssembly.compile(bytes); });
    });
  }

  // What does not arrive is asked for once more after each of `pauses`, milliseconds. The rest without an end
  // after the last, for the first screen goes on without it: from then on it is lost for who waits for it, and
  // a touch asks at once. What arrives and is none is not asked for again.
  function by_file(name, pauses, is_rest) {
    return fetched(name).catch(function (what) {
      if (!what.reason || !pauses.length) throw what;
      var more = pauses.slice(1), is_lost = is_rest && !more.length;
      if (is_lost) page.whole = 'lost';
      return pause(pauses[0], is_lost ? ['online', 'pointerup', 'click'] : ['online']).then(function () {
        page.whole = '';
        return by_file(name, is_lost ? pauses : more, is_rest);
      });
    });
  }

  function bytes_now(name) {
    var request = new XMLHttpRequest();
    try {
      request.open('GET', address(name), false);
      request.overrideMimeType('text/plain; charset=x-user-defined');  // a byte a character, in its lower half
      request.send();
    } catch (e) {
      throw lost(name);
    }
    if (request.status != 200) throw lost(name);
    return Uint8Array.from(request.responseText, function (letter) { return letter.charCodeAt(0); });
  }

  // Some browsers make only the smallest modules while they stand still.
  function makes_at_once() {
    var bytes = new Uint8Array(8204);  // an empty module with a section of its own, of 8 KiB
    bytes.set([0, 97, 115, 109, 1, 0, 0, 0, 0, 0x81, 0x40]);
    try {
      return !!new WebAssembly.Module(bytes);
    } catch (e) {
      return false;
    }
  }

  function ask(number) {
    return asked[number] || (asked[number] = engine.part(number, function () {
      return by_file(kParts[number], number > kFrame ? kPauses : kPauses.slice(0, 2), number == kRest);
    }));
  }

  function take(number, instance) {
    if (made[number]) return;
    made[number] = instance;
    all[number] = instance.exports;
    if (number == kLate) {
      page.late = '1';
      page.rests = '';
    }
    if (number == kRest) page.whole = '1';
  }

  // The engine called what is not there yet (cut_engine.py).
  function need() {
    while (made.length <= kLate) {
      var number = made.length;
      page.needed++;
      take(number, new WebAssembly.Instance(new WebAssembly.Module(bytes_now(kParts[number])), all));
    }
    needed();
  }

  // All parts up to this one, one after the other. What was needed meanwhile is waited for no longer.
  function follow(last) {
    var number = made.length;
    if (number > last) return Promise.resolve();
    var comes = ask(number).then(function (compiled) {
      return made[number] || WebAssembly.instantiate(compiled, all);
    });
    var is_needed = new Promise(function (resolve) { needed = resolve; });
    return Promise.race([comes, is_needed]).then(function (instance) {
      take(number, instance);
      // Who hid meanwhile told the engine nothing (library_page.js).
      if (number == kLate && document.hidden) document.dispatchEvent(new Event('visibilitychange'));
      return follow(last);
    });
  }

  for (var number = 0; number <= kFrame; number++) ask(number).catch(function () {});  // said when it is waited for

  // Makes the first part with these imports, calls `done` with it, and goes on; the promise is of all.
  this.start = function (imports, done) {
    Object.assign(all, imports);
    return follow(makes_at_once() ? 0 : kLate).then(function () {
      done(made[0]);
      return follow(first_frame);
    }).then(function () {
      page.begin();
      return follow(kRest);
    });
  };
}
