// SPDX-License-Identifier: MIT
// How the browser's late answers reach C++: each seam has a queue here, and its poll() takes from it
// (js_results.h). Nothing calls into C++ from a promise but the first frame, so none is ever interrupted.
mergeInto(LibraryManager.library, {
  // The numbers of StatusCode (engine/base/status.h).
  $VitrineStatus: {
    Ok: 0, InvalidArgument: 1, NotFound: 2, AlreadyExists: 3, PermissionDenied: 4,
    ResourceExhausted: 5, Unavailable: 6, DataLoss: 7, Internal: 8,
  },

  // While no frames run (not yet, hidden page, lost context) an arrival asks for one poll.
  $VitrineWake: {
    frames: false,
    asked: false,
    wake: function () {
      if (VitrineWake.frames || VitrineWake.asked) return;
      VitrineWake.asked = true;
      setTimeout(function () {
        VitrineWake.asked = false;
        if (!ABORT) _vitrine_page_poll();
      }, 0);
    },
  },

  // Objects of the browser cannot stand in this literal: emcc reads it and writes it out again.
  $VitrineResults__postset: 'VitrineResults.encoder = new TextEncoder();',
  $VitrineResults__deps: ['$VitrineWake'],
  $VitrineResults: {
    queues: {},
    encoder: null,
    queue: function (channel) {
      return VitrineResults.queues[channel] || (VitrineResults.queues[channel] = []);
    },
    // `text` is the status' message, or what the seam says it is; `payload` is a Uint8Array or null.
    push: function (channel, ticket, status, text, payload, numbers) {
      VitrineResults.queue(channel).push({
        ticket: ticket, status: status, text: VitrineResults.encoder.encode(text || ''),
        payload: payload, numbers: numbers || [],
      });
      VitrineWake.wake();
    },
  },

  // Writes {ticket, status, text length, payload length, 10 floats}; 0 when the queue is empty.
  vitrine_js_result_peek__deps: ['$VitrineResults'],
  vitrine_js_result_peek: function (channel, header) {
    var queue = VitrineResults.queue(channel);
    if (!queue.length) return 0;
    var result = queue[0], at = header >> 2;
    HEAP32[at] = result.ticket;
    HEAP32[at + 1] = result.status;
    HEAP32[at + 2] = result.text.length;
    HEAP32[at + 3] = result.payload ? result.payload.length : 0;
    for (var i = 0; i < 10; i++) HEAPF32[at + 4 + i] = result.numbers[i] || 0;
    return 1;
  },

  // Copies both parts and removes the result.
  vitrine_js_result_take__deps: ['$VitrineResults'],
  vitrine_js_result_take: function (channel, text, payload) {
    var result = VitrineResults.queue(channel).shift();
    HEAPU8.set(result.text, text);
    if (result.payload && payload) HEAPU8.set(result.payload, payload);
  },
});
