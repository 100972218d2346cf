// SPDX-License-Identifier: MIT
// Outboxes in IndexedDB: one a tab. A tab that ended leaves its outbox; the next tab that starts
// takes it over whole, incarnations and all, so that every row keeps its number. Whose an outbox is, a Web Lock says; where pages have none (plain http), a lease that its
// owner renews. docs/page.md has the promises and what browsers may lose.
//
// Changes and contents cross as text: fields apart by U+001F, records by newlines. Neither can occur
// in a row, which is JSON.
mergeInto(LibraryManager.library, {
  $VitrineOutbox__deps: ['$VitrineResults', '$VitrineStatus'],
  $VitrineOutbox: {
    kLeaseMs: 180000,  // browsers let hidden tabs run timers once a minute
    kBeatMs: 5000,
    kOpenMs: 10000,    // some browsers now and then never answer
    database: null,    // a promise of the connection, or of null where there is no storage
    me: '',
    stores: {},

    // What the browser refuses (private mode, blocked cookies) shows up here.
    open: function () {
      if (VitrineOutbox.database) return VitrineOutbox.database;
      return VitrineOutbox.database = new Promise(function (resolve) {
        var request;
        try {
          request = indexedDB.open('vitrine', 1);
        } catch (e) {
          return resolve(null);
        }
        request.onupgradeneeded = function () {
          request.result.createObjectStore('outboxes', { 'keyPath': 'id' });
          request.result.createObjectStore('rows');
          request.result.createObjectStore('losses');
        };
        var patience = setTimeout(resolve, VitrineOutbox.kOpenMs, null);
        request.onblocked = request.onerror = function () { resolve(null); };
        request.onsuccess = function () {
          clearTimeout(patience);
          var database = request.result;
          database.onversionchange = function () { database.close(); VitrineOutbox.lose(); };
          database.onclose = VitrineOutbox.lose;
          resolve(database);
        };
      });
    },
    // Storage went away under us (cleared by a person, evicted): go on in memory.
    lose: function () {
      VitrineOutbox.database = Promise.resolve(null);
      Object.values(VitrineOutbox.stores).forEach(function (store) {
        store.database = null;
      });
    },
    result: function (request) {
      return new Promise(function (resolve, reject) {
        request.onsuccess = function () { resolve(request.result); };
        request.onerror = function () { reject(request.error); };
      });
    },
    range: function (id, last) {
      return IDBKeyRange.bound([id, 0], [id, last]);
    },

    // Resolves to a function that gives the outbox up, or to null while another tab has it.
    claim: function (database, id) {
      var locks = navigator['locks'];
      if (!locks) return VitrineOutbox.claim_lease(database, id);
      return new Promise(function (resolve) {
        locks['request']('vitrine-outbox-' + id, { 'ifAvailable': true }, function (lock) {
          if (!lock) return resolve(null);
          return new Promise(function (release) { resolve(release); });
        }).catch(function () { resolve(null); });
      });
    },
    claim_lease: async function (database, id) {
      var transaction = database.transaction('outboxes', 'readwrite');
      var outboxes = transaction.objectStore('outboxes');
      var record = await VitrineOutbox.result(outboxes.get(id)) || { 'id': id };
      var fresh = Math.abs(Date.now() - record['beat']) < VitrineOutbox.kLeaseMs;
      if (record['holder'] && record['holder'] != VitrineOutbox.me && fresh) return null;
      record['holder'] = VitrineOutbox.me;
      record['beat'] = Date.now();
      record['campaign'] = Module['vitrine']['campaign'];
      await VitrineOutbox.result(outboxes.put(record));
      return function () {};
    },
    read: async function (database, id) {
      var transaction = database.transaction(['outboxes', 'rows', 'losses'], 'readonly');
      var all = VitrineOutbox.range(id, Infinity);
      var rows = transaction.objectStore('rows'), losses = transaction.objectStore('losses');
      var parts = await Promise.all([
        transaction.objectStore('outboxes').get(id), rows.getAllKeys(all), rows.getAll(all),
        losses.getAll(all),
      ].map(VitrineOutbox.result));
      return { record: parts[0], keys: parts[1], rows: parts[2], losses: parts[3] };
    },
    forget: async function (database, id) {
      var transaction = database.transaction(['outboxes', 'rows', 'losses'], 'readwrite');
      var all = VitrineOutbox.range(id, Infinity);
      transaction.objectStore('rows').delete(all);
      transaction.objectStore('losses').delete(all);
      await VitrineOutbox.result(transaction.objectStore('outboxes').delete(id));
    },
    // The first outbox that nobody has and that still holds something. Empty ones are cleared away.
    adopt: async function (database) {
      var records = await VitrineOutbox.result(
          database.transaction('outboxes').objectStore('outboxes').getAll());
      // The page's token is for one campaign; what another one's page left waits for its next visit.
      var ids = records.filter(function (record) {
        return (record['campaign'] || '') == Module['vitrine']['campaign'];
      }).map(function (record) { return record['id']; });
      for (var i = 0; i < ids.length; i++) {
        if (VitrineOutbox.holds(ids[i])) continue;
        var release = await VitrineOutbox.claim(database, ids[i]);
        if (!release) continue;
        var found = await VitrineOutbox.read(database, ids[i]);
        if (found.rows.length || found.losses.length) {
          return { id: ids[i], release: release, found: found };
        }
        await VitrineOutbox.forget(database, ids[i]);
        release();
      }
      return null;
    },
    holds: function (id) {
      return Object.values(VitrineOutbox.stores).some(function (store) { return store.id == id; });
    },
    create: async function (database) {
      var id = VitrineOutbox.random();
      return { id: id, release: await VitrineOutbox.claim(database, id), found: null };
    },
    random: function () {
      var bytes = crypto.getRandomValues(new Uint8Array(16));
      return Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('');
    },

    write_contents: function (found) {
      var record = found.record || {};
      var lines = [['O', record['lives'] || record['incarnation'] || '', record['next'] || 1].join('\x1f')];
      found.losses.forEach(function (loss) {
        lines.push(['L', loss['first'], loss['last'], loss['reason'], loss['counts']].join('\x1f'));
      });
      found.rows.forEach(function (row, i) {
        lines.push(['R', found.keys[i][1], row].join('\x1f'));
      });
      return lines.join('\n');
    },

    load: async function (store, channel, ticket, orphans_only) {
      VitrineOutbox.me = VitrineOutbox.me || VitrineOutbox.random();
      var answer = function (status, text, found) {
        var contents = found && VitrineResults.encoder.encode(VitrineOutbox.write_contents(found));
        VitrineResults.push(channel, ticket, status, text, contents || null);
      };
      try {
        var database = await VitrineOutbox.open();
        if (!database) {
          if (orphans_only) return answer(VitrineStatus.NotFound, 'no storage');
          console.warn('Vitrine: this browser stores nothing; what is not sent is lost on reload');
          return answer(VitrineStatus.Ok, '', null);
        }
        var mine = await VitrineOutbox.adopt(database);
        if (!mine && orphans_only) return answer(VitrineStatus.NotFound, 'no outbox left behind');
        mine = mine || await VitrineOutbox.create(database);
        store.id = mine.id;
        store.release = mine.release;
        store.record = mine.found && mine.found.record || { 'id': mine.id };
        store.database = database;
        VitrineOutbox.keep_lease();
        answer(VitrineStatus.Ok, '', mine.found);
      } catch (e) {
        // Readable by nobody: leave it where it is, under its lock, and go on in memory.
        answer(orphans_only ? VitrineStatus.NotFound : VitrineStatus.DataLoss, String(e), null);
      }
    },

    parse_change: function (text) {
      var lines = text.split('\n').map(function (line) { return line.split('\x1f'); });
      var head = lines.shift();
      return { replace: head[0] == '1', lives: head[1], settled: +head[2], next: +head[3],
               records: lines };
    },
    // Every request is issued here, before returning: a page that is being torn down gets no other
    // chance.
    write: function (store, change) {
      var transaction = store.database.transaction(['outboxes', 'rows', 'losses'], 'readwrite',
                                                   { 'durability': 'strict' });
      var outboxes = transaction.objectStore('outboxes');
      var rows = transaction.objectStore('rows'), losses = transaction.objectStore('losses');
      var lease = !navigator['locks'];
      if (lease) {
        outboxes.get(store.id).onsuccess = function (event) {
          var record = event.target.result;
          if (record && record['holder'] && record['holder'] != VitrineOutbox.me) transaction.abort();
        };
        store.record['holder'] = VitrineOutbox.me;
        store.record['beat'] = Date.now();
      }
      if (change.lives) store.record['lives'] = change.lives;
      if (change.next) store.record['next'] = change.next;
      store.record['campaign'] = Module['vitrine']['campaign'];
      outboxes.put(store.record);
      var forgotten = change.replace ? Infinity : change.settled;
      if (forgotten) {
        rows.delete(VitrineOutbox.range(store.id, forgotten));
        // A loss is named by its last number, so that half a settled one stays.
        losses.delete(VitrineOutbox.range(store.id, forgotten));
      }
      change.records.forEach(function (field) {
        if (field[0] == 'R') return rows.put(field[2], [store.id, +field[1]]);
        if (field[0] != 'L') return;
        var covered = IDBKeyRange.bound([store.id, +field[1]], [store.id, +field[2]]);
        rows.delete(covered);
        losses.delete(covered);  // the same range before it grew
        losses.put({ 'first': +field[1], 'last': +field[2], 'reason': field[3], 'counts': field[4] },
                   [store.id, +field[2]]);
      });
      if (!lease && transaction.commit) transaction.commit();
      return new Promise(function (resolve, reject) {
        transaction.oncomplete = resolve;
        transaction.onabort = function () { reject(transaction.error || 'taken by another tab'); };
      });
    },
    commit: function (store, channel, ticket, text) {
      var written;
      try {
        written = store.database ? VitrineOutbox.write(store, VitrineOutbox.parse_change(text))
                                 : Promise.resolve();
      } catch (e) {
        written = Promise.reject(e);
      }
      var push = function (status, message) {
        VitrineResults.push(channel, ticket, status, message, null);
      };
      // Answers in the order of the calls, also when one goes to memory and one to disk.
      store.last = store.last.then(function () { return written; }).then(function () {
        push(VitrineStatus.Ok, '');
      }, function (e) {
        var full = e && e.name == 'QuotaExceededError';
        if (!full && e && e.name == 'InvalidStateError') VitrineOutbox.lose();
        push(full ? VitrineStatus.ResourceExhausted : VitrineStatus.Unavailable, String(e));
      });
      written.catch(function () {});
    },

    // Only where there are no locks: says every few seconds that this tab lives.
    beating: 0,
    keep_lease: function () {
      if (navigator['locks'] || VitrineOutbox.beating) return;
      VitrineOutbox.beating = setInterval(VitrineOutbox.check_lease, VitrineOutbox.kBeatMs);
    },
    // A tab that slept past its lease may find that another has its rows: it starts afresh.
    check_lease: function () {
      if (navigator['locks']) return;
      Object.values(VitrineOutbox.stores).forEach(async function (store) {
        if (!store.database || !store.id) return;
        var release = await VitrineOutbox.claim_lease(store.database, store.id);
        if (!release) location.reload();
      });
    },
    leave: function () {
      if (navigator['locks']) return;
      Object.values(VitrineOutbox.stores).forEach(function (store) {
        if (!store.database || !store.id) return;
        var transaction = store.database.transaction('outboxes', 'readwrite');
        store.record['holder'] = '';
        transaction.objectStore('outboxes').put(store.record);
        if (transaction.commit) transaction.commit();
      });
    },
  },

  vitrine_js_outbox_load__deps: ['$VitrineOutbox'],
  vitrine_js_outbox_load: function (handle, channel, ticket, orphans_only) {
    var store = VitrineOutbox.stores[handle] = { id: '', record: null, release: null, database: null,
                                                 last: Promise.resolve() };
    VitrineOutbox.load(store, channel, ticket, orphans_only);
  },

  vitrine_js_outbox_commit__deps: ['$VitrineOutbox'],
  vitrine_js_outbox_commit: function (handle, channel, ticket, text, size) {
    VitrineOutbox.commit(VitrineOutbox.stores[handle], channel, ticket, UTF8ToString(text, size));
  },

  vitrine_js_outbox_durable__deps: ['$VitrineOutbox'],
  vitrine_js_outbox_durable: function (handle) {
    var store = VitrineOutbox.stores[handle];
    return store && store.database ? 1 : 0;
  },

  // An adopted outbox that is empty now: forgotten and given up.
  vitrine_js_outbox_discard__deps: ['$VitrineOutbox'],
  vitrine_js_outbox_discard: function (handle) {
    var store = VitrineOutbox.stores[handle];
    delete VitrineOutbox.stores[handle];
    if (!store || !store.database) return;
    VitrineOutbox.forget(store.database, store.id).then(store.release, store.release);
  },
});
