// SPDX-License-Identifier: MIT
// What a claim needs of the browser: the code that the page was opened by, a few values that stay, and the
// way to the provider's page.
mergeInto(LibraryManager.library, {
  // Of this page's campaign. Where the browser keeps nothing, asking for its storage throws.
  $VitrineKept: {
    place: function (name, size) {
      return 'vitrine.' + Module['vitrine']['campaign'] + '.' + UTF8ToString(name, size);
    },
  },

  // The value's length in bytes, 0 when there is none; it is written when it fits with its terminator.
  vitrine_js_keepsake_get__deps: ['$VitrineKept'],
  vitrine_js_keepsake_get: function (name, size, out, capacity) {
    try {
      var value = window.localStorage.getItem(VitrineKept.place(name, size)) || '';
      return lengthBytesUTF8(value) < capacity ? stringToUTF8(value, out, capacity) : 0;
    } catch (e) {
      return 0;
    }
  },
  vitrine_js_keepsake_set__deps: ['$VitrineKept'],
  vitrine_js_keepsake_set: function (name, size, value, value_size) {
    try {
      var place = VitrineKept.place(name, size);
      if (value_size) window.localStorage.setItem(place, UTF8ToString(value, value_size));
      else window.localStorage.removeItem(place);
      return 1;
    } catch (e) {
      return 0;
    }
  },

  // In place of this page; back leads here again.
  vitrine_js_link_open: function (address, size) {
    location.assign(UTF8ToString(address, size));
  },

  // page/app.js, which comes late, puts it there.
  vitrine_js_home_add: function () { Module['vitrine']['addToHome'](); },

  // What stands behind #claim= of the address, or queue=… whole, once: it goes from the address bar and the
  // history, so that nobody shares or finds it there. Its length, 0 when there is nothing.
  vitrine_js_invitation_take: function (out, capacity) {
    var hash = location.hash;
    if (!/^#(claim|queue)=/.test(hash)) return 0;
    history.replaceState(history.state, '', location.pathname + location.search);
    Module['vitrine']['invited'] = true;  // page/app.js: nobody begins this page anew
    return stringToUTF8(hash.replace(/^#(claim=)?/, ''), out, capacity);
  },
});
