-- SPDX-License-Identifier: MIT
-- Who is told what happened to claims, how far each one is, and what could not be delivered yet
-- (docs/webhooks.md). In a file of its own: `vitrine webhook` writes here while the server runs.
-- Times are milliseconds since 1970-01-01 UTC, 0: never.

CREATE TABLE endpoint (
  name TEXT PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT NOT NULL,
  old_until INTEGER NOT NULL,
  disabled TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  added_time INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  delivered_time INTEGER NOT NULL,
  error TEXT NOT NULL
) WITHOUT ROWID;

-- Lines of the ledger before the cursor that are not delivered: waiting for another attempt, or
-- dead.
CREATE TABLE delivery (
  endpoint BLOB NOT NULL,
  position INTEGER NOT NULL,
  dead INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  next_time INTEGER NOT NULL,
  type TEXT NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (endpoint, position)
) WITHOUT ROWID;

CREATE INDEX delivery_due ON delivery (endpoint, dead, next_time);

PRAGMA application_id = 1447646295;
PRAGMA user_version = 1;
