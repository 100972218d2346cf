-- SPDX-License-Identifier: MIT
-- The server's store. Columns have the names of docs/protocol.md. Times are milliseconds since
-- 1970-01-01 UTC. Texts that repeat are numbers into `name`; read the view `interaction`.

CREATE TABLE name (
  name_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE stream (
  stream INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  incarnation BLOB NOT NULL,
  UNIQUE (device, incarnation)
);

-- Apart from `stream`, so that the pages every append touches stay few and dense.
-- last_position is that of the stream's newest row, 0 when it has none.
CREATE TABLE mark (
  stream INTEGER PRIMARY KEY,
  mark INTEGER NOT NULL,
  last_position INTEGER NOT NULL
);

-- Append-only until retention. No index but the position: an index would cost more than all the
-- rest of an append, and the marks already say what is there. A stream's rows are chained instead:
-- `back` is how many positions before this one its previous row lies, 0 for its first.
CREATE TABLE interaction_row (
  position INTEGER PRIMARY KEY,
  back INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  time INTEGER NOT NULL,
  sent_time INTEGER NOT NULL,
  received_time INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  session BLOB NOT NULL,
  type INTEGER NOT NULL,
  campaign INTEGER NOT NULL,
  brand INTEGER NOT NULL,
  scene INTEGER NOT NULL,
  data TEXT NOT NULL
);

CREATE TABLE quarantine (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  stream INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  received_time INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  "row" BLOB NOT NULL
);

CREATE TABLE loss (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  stream INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  received_time INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  count_by_type TEXT NOT NULL
);

-- Totals over the store's life: kind is rows (by type), quarantined or lost (by reason), retired.
CREATE TABLE counter (
  kind TEXT NOT NULL,
  name INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (kind, name)
) WITHOUT ROWID;

-- How far retention has looked for campaigns kept `days` days, and under which policy.
CREATE TABLE retention (
  days INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  policy TEXT NOT NULL
);

-- One row a CloudEvent. `time` is what the device said; corrected_time is when it happened by the
-- server's clock: received - (sent - time), never later than received.
CREATE VIEW interaction AS
SELECT
  r.position,
  lower(hex(s.incarnation)) || ':' || r.sequence AS id,
  s.device AS source,
  t.name AS type,
  strftime('%Y-%m-%dT%H:%M:', r.time / 1000, 'unixepoch')
    || printf('%02d.%03dZ', r.time / 1000 % 60, r.time % 1000) AS time,
  r.time AS device_time,
  r.sent_time,
  r.received_time,
  r.received_time - max(0, r.sent_time - r.time) AS corrected_time,
  lower(hex(r.session)) AS session,
  c.name AS campaign,
  b.name AS brand,
  n.name AS scene,
  CASE r.mode WHEN 0 THEN 'live' WHEN 1 THEN 'rehearsal' ELSE 'test' END AS mode,
  r.data
FROM interaction_row r
JOIN stream s ON s.stream = r.stream
JOIN name t ON t.name_id = r.type
JOIN name c ON c.name_id = r.campaign
JOIN name b ON b.name_id = r.brand
JOIN name n ON n.name_id = r.scene;

PRAGMA application_id = 1447642194;
PRAGMA user_version = 1;
