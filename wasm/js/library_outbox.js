// SPDX-License-Identifier: MIT
// Outboxes in IndexedDB: one a tab. A tab that ended leaves its outbox; the next tab that starts
// takes it over whole, incarnations and all, so that every row keeps its number. Whose an outbox is,
// a Web Lock says; where pages have none (plain http), a lease that its owner renews. Each time an
// outbox changes hands it gets another claim, and beside it lies a note that the claim before is
// void: whoever slept past its lease runs into that note with whatever it writes next. docs/page.md
// has the promises and what browsers may lose.
//
// A page that hides leaves what is on its way elsewhere too (library_left.js); whoever takes its
// outbox over makes that change first.
//
// Changes and contents cross as text: fields apart by U+001F, records by newlines. Neither can occur
// in a row, which is JSON.
mergeInto(LibraryManager.library, {
  $VitrineOutbox__deps: ['$VitrineResults', '$VitrineStatus', '$VitrineLeft'],
  $VitrineOutbox: {
    kLeaseMs: 180000,  // browsers let hidden tabs run timers once a minute
    kBeatMs: 5000,
    kOpenMs: 10000,    // some browsers now and then never answer
    database: null,    // a promise of the connection, or of null where there is no storage
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
    // The page hides: nobody may hear of what is on its way.
    leave_changes: function () {
      Object.values(VitrineOutbox.stores).forEach(function (store) {
        if (!store.database || !store.change || store.taken) return;
        VitrineLeft.put(store.left = store.id, store.change);
      });
    },
    // It is stored, or what follows brings it again.
    forget_left: function (store) {
      if (store.left) VitrineLeft.forget(store.left);
      store.left = '';
    },
    // Makes the change that the outbox's last page left, if it did. Anew does no harm.
    make_left: async function (database, store) {
      var text = VitrineLeft.get(store.id);
      if (!text) return;
      var change = VitrineOutbox.parse_change(text);
      store.database = database;
      store.left = store.id;
      var outboxes = database.transaction('outboxes').objectStore('outboxes');
      store.record = await VitrineOutbox.result(outboxes.get(store.id)) || { 'id': store.id };
      try {
        if (change.next >= (store.record['next'] || 0)) await VitrineOutbox.write(store, change);
        VitrineOutbox.forget_left(store);
      } catch (e) { /* no room: it stays there */ }
    },
    range: function (id, last) {
      return IDBKeyRange.bound([id, 0], [id, last]);
    },

    // Resolves to {release, claim}, or to null while another tab has it.
    claim: function (database, id) {
      var locks = navigator['locks'];
      if (!locks) return VitrineOutbox.claim_lease(database, id);
      return new Promise(function (resolve) {
        locks['request']('vitrine-outbox-' + id, { 'ifAvailable': true }, function (lock) {
          if (!lock) return resolve(null);
          return new Promise(function (release) { resolve({ release: release, claim: '' }); });
        }).catch(function () { resolve(null); });
      });
    },
    claim_lease: async function (database, id) {
      var transaction = database.transaction('outboxes', 'readwrite');
      var outboxes = transaction.objectStore('outboxes');
      var record = await VitrineOutbox.result(outboxes.get(id)) || { 'id': id };
      var fresh = Math.abs(Date.now() - record['beat']) < VitrineOutbox.kLeaseMs;
      if (record['claim'] && !record['left'] && fresh) return null;
      if (record['claim']) outboxes.put({ 'id': 'void-' + record['claim'], 'beat': Date.now() });
      record['claim'] = VitrineOutbox.random();
      record['left'] = false;
      record['beat'] = Date.now();
      record['campaign'] = Module['vitrine']['campaign'];
      await VitrineOutbox.result(outboxes.put(record));
      return { release: function () {}, claim: record['claim'] };
    },
    // Fails the transaction of an owner that is none any more, without asking first: a page that is
    // being torn down hears no answers.
    guard: function (outboxes, store) {
      if (!store.claim) return;
      outboxes.add({ 'id': 'void-' + store.claim });
      outboxes.delete('void-' + store.claim);
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
      VitrineOutbox.forget_notes(database, records);
      // The page's token is for one campaign; what another one's page left waits for its next visit.
      var ids = records.filter(function (record) {
        return (record['campaign'] || '') == Module['vitrine']['campaign'];
      }).map(function (record) { return record['id']; });
      // One that ended before its first change was stored is nowhere else.
      ids = Array.from(new Set(ids.concat(VitrineLeft.ids())));
      for (var i = 0; i < ids.length; i++) {
        if (VitrineOutbox.holds(ids[i])) continue;
        var mine = await VitrineOutbox.claim(database, ids[i]);
        if (!mine) continue;
        mine.id = ids[i];
        await VitrineOutbox.make_left(database, mine);
        mine.found = await VitrineOutbox.read(database, ids[i]);
        if (mine.found.rows.length || mine.found.losses.length) return mine;
        await VitrineOutbox.forget(database, ids[i]);
        mine.release();
      }
      return null;
    },
    // No tab sleeps for a month and wakes up.
    forget_notes: function (database, records) {
      records.forEach(function (record) {
        if (record['id'].slice(0, 5) != 'void-' || Date.now() - record['beat'] < 2592e6) return;
        database.transaction('outboxes', 'readwrite').objectStore('outboxes').delete(record['id']);
      });
    },
    holds: function (id) {
      return Object.values(VitrineOutbox.stores).some(function (store) { return store.id == id; });
    },
    create: async function (database) {
      var id = VitrineOutbox.random(), mine = await VitrineOutbox.claim(database, id);
      mine.id = id;
      return mine;
    },
    random: function () {
      var bytes = crypto.getRandomValues(new Uint8Array(16));
      return Array.from(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('');
    },

    write_contents: function (found) {
      var record = found.record || {};
      // Before there were lives there was one incarnation.
      var lives = record['lives'] || record['incarnation'] || '';
      var lines = [['O', lives, record['next'] || 1].join('\x1f')];
      found.losses.forEach(function (loss) {
        lines.push(['L', loss['first'], loss['last'], loss['reason'], loss['counts']].join('\x1f'));
      });
      found.rows.forEach(function (row, i) {
        lines.push(['R', found.keys[i][1], row].join('\x1f'));
      });
      return lines.join('\n');
    },

    load: async function (store, channel, ticket, orphans_only) {
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
        store.claim = mine.claim;
        store.born = true;
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
      var record = store.record = Object.assign({}, store.record);
      if (store.claim) {
        VitrineOutbox.guard(outboxes, store);
        record['claim'] = store.claim;
        record['left'] = false;
        record['beat'] = Date.now();
      }
      if (change.lives) record['lives'] = change.lives;
      if (change.next) record['next'] = change.next;
      record['campaign'] = Module['vitrine']['campaign'];
      outboxes.put(record);
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
      if (transaction.commit) transaction.commit();
      return new Promise(function (resolve, reject) {
        transaction.oncomplete = function () { resolve(store.born = true); };
        transaction.onabort = function () { reject(transaction.error); };
      });
    },
    // Another tab has what was stored and sends it. The caller is told that its storage was lost and
    // stores all it holds again, in an outbox of its own; what both send the server takes once.
    begin_anew: function (store) {
      VitrineOutbox.forget_left(store);
      store.taken = store.born = false;
      store.id = VitrineOutbox.random();
      store.claim = VitrineOutbox.random();
      store.record = { 'id': store.id };
    },
    commit: function (store, channel, ticket, text) {
      var written;
      VitrineOutbox.forget_left(store);
      store.change = text;
      try {
        if (store.taken) throw { name: 'ConstraintError' };
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
        store.full = false;
        if (store.change == text) {
          store.change = '';
          VitrineOutbox.forget_left(store);
        }
        push(VitrineStatus.Ok, '');
      }, function (e) {
        var name = e && e.name, full = name == 'QuotaExceededError';
        if (full && !store.full) {
          console.warn('Vitrine: the storage is full; what is not sent is lost on reload until there is room');
        }
        store.full = full;
        var taken = name == 'ConstraintError';
        if (taken) VitrineOutbox.begin_anew(store);
        if (name == 'InvalidStateError') VitrineOutbox.lose();
        push(full ? VitrineStatus.ResourceExhausted
                  : taken ? VitrineStatus.DataLoss : VitrineStatus.Unavailable, taken ? 'taken' : String(e));
      });
      written.catch(function () {});
    },

    // Only where there are no locks: says every few seconds that this tab lives.
    beating: 0,
    keep_lease: function () {
      if (navigator['locks'] || VitrineOutbox.beating) return;
      VitrineOutbox.beating = setInterval(VitrineOutbox.check_lease, VitrineOutbox.kBeatMs);
    },
    // Also when the page is shown again: another may have what it left or slept over.
    check_lease: function () {
      Object.values(VitrineOutbox.stores).forEach(function (store) {
        if (!store.database || !store.claim || store.taken) return;
        var outboxes = store.database.transaction('outboxes', 'readwrite').objectStore('outboxes');
        var claim = store.claim;
        outboxes.get(store.id).onsuccess = function (event) {
          var record = event.target.result;
          if (claim != store.claim || (!record && !store.born)) return;
          store.taken = !record || record['claim'] != claim;
          if (store.taken) return;
          record['left'] = false;
          record['beat'] = Date.now();
          outboxes.put(record);
        };
      });
    },
    leave: function () {
      Object.values(VitrineOutbox.stores).forEach(function (store) {
        if (!store.database || !store.claim || store.taken) return;
        var transaction = store.database.transaction('outboxes', 'readwrite');
        var outboxes = transaction.objectStore('outboxes');
        VitrineOutbox.guard(outboxes, store);
        outboxes.put(Object.assign({}, store.record, { 'claim': store.claim, 'left': true }));
        if (transaction.commit) transaction.commit();
      });
    },
  },

  vitrine_js_outbox_load__deps: ['$VitrineOutbox'],
  vitrine_js_outbox_load: function (handle, channel, ticket, orphans_only) {
    var store = VitrineOutbox.stores[handle] = {
      id: '', claim: '', record: null, release: null, database: null, last: Promise.resolve(),
      born: false,   // it is there in the storage
      taken: false,  // another tab has it now
      full: false,   // the last change did not fit
      change: '',    // the newest one, until it is stored
      left: '',      // the id it was left under
    };
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
