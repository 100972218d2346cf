-- SPDX-License-Identifier: MIT
-- What staff decided, in a file of its own: versions of campaigns, whether everything is stopped, and
-- who did what. Times are milliseconds since 1970-01-01 UTC.

-- Every version of a campaign that was published here, and of the file it began from. The newest of a
-- campaign is the one that is served.
CREATE TABLE version (
  campaign TEXT NOT NULL,
  version INTEGER NOT NULL,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  how TEXT NOT NULL,        -- file, edit, roll_back, take_file
  of_version INTEGER NOT NULL,  -- roll_back: whose contents; else 0
  changes TEXT NOT NULL,    -- JSON: what differs from the version before
  file_etag TEXT NOT NULL,  -- of the operator's file when it was published
  json TEXT NOT NULL,
  PRIMARY KEY (campaign, version)
);

-- One row while everything is stopped.
CREATE TABLE stop (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  time INTEGER NOT NULL,
  actor TEXT NOT NULL
);

CREATE TABLE audit (
  position INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL
);

-- What was done stays done.
CREATE TRIGGER version_is_kept BEFORE UPDATE ON version
  BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER version_stays BEFORE DELETE ON version
  BEGIN SELECT RAISE(ABORT, 'a published version is never removed'); END;
CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'a line of the audit log never changes'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'a line of the audit log is never removed'); END;

PRAGMA application_id = 1447646287;
PRAGMA user_version = 1;
