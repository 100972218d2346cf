// SPDX-License-Identifier: MIT
// Clocks, random bytes, and what the page was told at its start (Module.vitrine, see page/boot.js).
mergeInto(LibraryManager.library, {
  vitrine_js_monotonic_ms: function () {
    return performance.now();
  },
  vitrine_js_wall_ms: function () {
    return Date.now();
  },

  vitrine_js_utc_offset_minutes: function () {
    return -new Date().getTimezoneOffset();
  },

  vitrine_js_random: function (out, size) {
    // A view would do, but some browsers refuse to fill one of the heap.
    var bytes = new Uint8Array(size);
    for (var at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    HEAPU8.set(bytes, out);
  },

  // The option's text, at most `capacity` bytes with its terminator; "" when there is none.
  vitrine_js_option: function (name, out, capacity) {
    var value = Module['vitrine'][UTF8ToString(name)];
    stringToUTF8(value === undefined || value === null ? '' : String(value), out, capacity);
  },

  vitrine_js_heap_bytes: function () {
    return HEAPU8.length;
  },
});
