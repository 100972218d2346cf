// SPDX-License-Identifier: MIT
// The engine lies in this page as text, a character a byte, its code by kinds (sort_code.py), and in
// pieces: each is read, and compiled by browsers that can, while the next is on its way. Its parts stand
// behind one another, and each starts while the next is on its way.
var VitrineInlined = (function () {
  'use strict';

  function code(letter) { return letter.charCodeAt(0); }

  // Letters of sort_code.py: what follows each opcode, and the streams in their order.
  var kKinds = Uint8Array.from('{{kinds}}', code), kStreams = Array.from('{{streams}}', code);
  var kNatural = Uint8Array.from('{{natural}}'), kRare = new Uint8Array(128);
  var kNothing = code('o'), kEnd = code('e'), kBlock = code('t'), kBranch = code('b'), kTable = code('B'),
      kFloat = code('f'), kDouble = code('F'), kAddress = code('a'), kIndirect = code('i'),
      kZero = code('z'), kPrefixed = code('m'), kLocals = code('d'), kOpcodes = kNothing;
  [kTable, kFloat, kDouble, kPrefixed, kZero].forEach(function (kind) { kRare[kind] = 1; });
  // By the code of a character: 256 and more means the byte below, but for those that HTML minds.
  var kBytes = new Uint8Array(512);
  for (var i = 0; i < 512; i++) kBytes[i] = i;
  '{{stand_ins}}'.split(' ').forEach(function (pair) { kBytes[pair.split('=')[0]] = pair.split('=')[1]; });

  function read(text) {
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < bytes.length; i++) bytes[i] = kBytes[text.charCodeAt(i)];
    return bytes;
  }

  // Weaves a piece of code together: function bodies, each behind its length in three bytes.
  function woven(bytes) {
    var at = new Int32Array(128), start = 0, out = new Uint8Array(3 * bytes.length), end = 0;

    // The number that begins at `from`, below 2^21.
    function number(from) {
      var value = bytes[from] & 127;
      if (bytes[from] > 127) value |= (bytes[from + 1] & 127) << 7;
      if (bytes[from] > 127 && bytes[from + 1] > 127) value |= bytes[from + 2] << 14;
      return value;
    }
    function numbers(stream, count) {
      while (count--) {
        do out[end++] = bytes[at[stream]]; while (bytes[at[stream]++] > 127);
      }
    }
    function raw(stream, count) {
      while (count--) out[end++] = bytes[at[stream]++];
    }
    function rare(kind) {
      if (kind == kTable) return numbers(kBranch, number(at[kBranch]) + 2);
      if (kind == kFloat) return raw(kFloat, 4);
      if (kind == kDouble) return raw(kFloat, 8);
      if (kind == kPrefixed) raw(kPrefixed, 1);
      if (kind == kZero || out[end - 1] > 9) out[end++] = 0;  // a memory's number
      if (kind == kPrefixed && out[end - 2] == 10) out[end++] = 0;  // memory.copy names two
    }
    // Most bytes go through here, while the next are on their way: no calls but the rare ones.
    function body() {
      var first = end += 3, opcodes = at[kOpcodes], depth = 0;
      numbers(kLocals, 2 * number(at[kLocals]) + 1);
      while (depth >= 0) {
        var opcode = out[end++] = bytes[opcodes++], kind = kKinds[opcode];
        if (kind == kNothing) continue;
        if (kind == kEnd) {
          depth--;
        } else if (kRare[kind]) {
          rare(kind);
        } else {
          if (kind == kAddress) out[end++] = kNatural[opcode - 40];
          if (kind == kBlock) depth++;
          do out[end++] = bytes[at[kind]]; while (bytes[at[kind]++] > 127);
          if (kind == kIndirect) out[end++] = 0;
        }
      }
      at[kOpcodes] = opcodes;
      var size = end - first;
      out[first - 3] = size | 128;
      out[first - 2] = size >> 7 | 128;
      out[first - 1] = size >> 14;
    }

    var lengths = kStreams.map(function () {
      var length = number(start);
      while (bytes[start++] > 127);
      return length;
    });
    lengths.forEach(function (length, i) {
      at[kStreams[i]] = start;
      start += length;
    });
    for (var last = at[kOpcodes] + lengths[0]; at[kOpcodes] < last;) body();
    return out.subarray(0, end);
  }

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
      add: function (bytes) {
        pieces.push(bytes);
        if (feed) feed.enqueue(bytes);
      },
      end: function () {
        if (feed) feed.close();
        return compiled ? compiled.catch(at_once) : at_once();
      },
    };
  }

  function promised() {
    var one = {};
    one.promise = new Promise(function (resolve, reject) {
      one.settle = function (by) { by.then(resolve, reject); };
    });
    return one;
  }

  var kSilence = 10000;  // milliseconds
  var kParts = '{{parts}}'.split(' ').length;
  var now = arriving(), parts = [], came = 0, started = false, silence = 0;

  function part(number) { return parts[number] || (parts[number] = promised()); }

  function start() {
    if (started) return;
    started = true;
    VitrineBoot({
      part: function (number, by_file) {
        part(number).by_file = by_file;
        watch();
        return part(number).promise;
      },
      run: function (module) { VitrineEngine(module); },
    });
  }

  // A page that is cut off in the middle says nothing of it. When nothing has come for a while, or the
  // network is back, the files of the parts that are waited for are fetched; what is first here counts.
  function fetch_instead() {
    start();
    parts.forEach(function (one, number) {
      if (number < came || !one.by_file) return;
      one.settle(one.by_file());
      one.by_file = null;
    });
  }

  function watch() {
    clearTimeout(silence);
    if (came < kParts) silence = setTimeout(fetch_instead, kSilence);
  }

  watch();
  window.addEventListener('online', function () {
    if (came < kParts) fetch_instead();
  });
  return {
    // Reads the text that stands before the script that calls this; what begins with a 1 is code.
    piece: function () {
      var bytes = read(document.currentScript.previousElementSibling.textContent);
      now.add(bytes[0] ? woven(bytes.subarray(1)) : bytes.subarray(1));
      watch();
    },
    // All pieces of a part have come; the next one begins.
    end: function () {
      part(came++).settle(now.end());
      now = arriving();
      watch();
      start();
    },
  };
})();
