// SPDX-License-Identifier: MIT
// The change that was on its way to IndexedDB when its page hid, as text by the outbox it belongs to.
// Browsers drop a transaction that still waits for another when the page is torn down, and tell
// nobody; localStorage is written at once. Where it is blocked or full there is nothing.
mergeInto(LibraryManager.library, {
  $VitrineLeft: {
    // Another campaign's page has no business with it.
    key: function (id) {
      return 'vitrine/' + Module['vitrine']['campaign'] + '/' + id;
    },
    put: function (id, change) {
      try {
        window['localStorage'][VitrineLeft.key(id)] = change;
      } catch (e) { /* the transaction is all there is */ }
    },
    get: function (id) {
      try {
        return window['localStorage'][VitrineLeft.key(id)];
      } catch (e) {
        return '';
      }
    },
    forget: function (id) {
      try {
        delete window['localStorage'][VitrineLeft.key(id)];
      } catch (e) { /* it was never there */ }
    },
    ids: function () {
      var start = VitrineLeft.key('');
      try {
        return Object.keys(window['localStorage']).filter(function (key) {
          return key.startsWith(start);
        }).map(function (key) { return key.slice(start.length); });
      } catch (e) {
        return [];
      }
    },
  },
});
