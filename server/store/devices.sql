-- SPDX-License-Identifier: MIT
-- Devices that may record, in a file of their own: `vitrine device` writes here while the server
-- writes interactions, and neither waits for the other.

CREATE TABLE device (
  name TEXT PRIMARY KEY,
  public_key BLOB,
  code_hash BLOB,
  code_expires INTEGER NOT NULL,
  added_time INTEGER NOT NULL,
  enrolled_time INTEGER NOT NULL,
  revoked_time INTEGER NOT NULL
) WITHOUT ROWID;

PRAGMA application_id = 1447642180;
PRAGMA user_version = 1;
