-- SPDX-License-Identifier: MIT
-- Claims, their money and their stock, in a file of their own. Columns have the names of
-- server/claims/claim_store.h; states, verbs and answers are its words. Times are milliseconds
-- since 1970-01-01 UTC, 0: not yet. Money is in minor units with its currency (`_minor`,
-- `_currency`). docs/claims.md has the questions worth asking.

-- remaining = stock - taken; taken counts the claims that are held, issued or redeemed.
CREATE TABLE pool (
  pool TEXT PRIMARY KEY,
  stock INTEGER NOT NULL,
  taken INTEGER NOT NULL CHECK (taken BETWEEN 0 AND stock),
  open INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  price_currency TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE claim (
  position INTEGER PRIMARY KEY,
  claim BLOB NOT NULL UNIQUE,
  pool TEXT NOT NULL,
  holder TEXT NOT NULL,
  product TEXT NOT NULL,
  session BLOB NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  price_currency TEXT NOT NULL,
  needs_follow INTEGER NOT NULL,
  followed INTEGER NOT NULL,
  member_hash TEXT NOT NULL,
  payment TEXT NOT NULL,
  payment_reference TEXT NOT NULL,
  code TEXT NOT NULL,
  held_time INTEGER NOT NULL,
  hold_until INTEGER NOT NULL,
  issued_time INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  ended_time INTEGER NOT NULL,
  -- As the campaign had them when it was held; -1 and '': held by a version that did not keep them.
  valid_ms INTEGER NOT NULL DEFAULT -1,
  provider TEXT NOT NULL DEFAULT '',
  -- Of the holder: which of its requests became this claim.
  request_key TEXT NOT NULL DEFAULT ''
);

-- Unique beside the ledger's own rules: a second active claim, or a second voucher of one code,
-- cannot be written even by a mistake there. One index for all that is asked of a holder: what every
-- claim writes once more, every claim pays for once more.
CREATE UNIQUE INDEX claim_holder ON claim (
  holder, pool, CASE WHEN state IN ('held', 'issued', 'redeemed') THEN x'' ELSE claim END
);
CREATE UNIQUE INDEX claim_code ON claim (code) WHERE code <> '';
CREATE INDEX claim_member ON claim (member_hash, pool) WHERE member_hash <> '';
CREATE INDEX claim_due ON claim (hold_until) WHERE state = 'held';

-- What a till's request redeemed.
CREATE TABLE redeem_request (
  till TEXT NOT NULL,
  request_key TEXT NOT NULL,
  claim BLOB NOT NULL,
  PRIMARY KEY (till, request_key)
) WITHOUT ROWID;

CREATE TABLE payment (
  reference TEXT PRIMARY KEY,
  claim BLOB NOT NULL,
  amount_minor INTEGER NOT NULL,
  amount_currency TEXT NOT NULL,
  state TEXT NOT NULL,
  begun_time INTEGER NOT NULL,
  changed_time INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX payment_state ON payment (state, begun_time);

CREATE TABLE consent (
  claim BLOB NOT NULL,
  purpose TEXT NOT NULL,
  text_version TEXT NOT NULL,
  language TEXT NOT NULL,
  agreed INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (claim, purpose)
) WITHOUT ROWID;

-- The only table that says who somebody is.
CREATE TABLE member_link (
  provider TEXT NOT NULL,
  member TEXT NOT NULL,
  claim BLOB NOT NULL,
  session BLOB NOT NULL,
  time INTEGER NOT NULL
);

CREATE INDEX member_link_member ON member_link (provider, member);
CREATE INDEX member_link_time ON member_link (time);

-- The ledger: append-only.
CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  verb TEXT NOT NULL,
  answer TEXT NOT NULL,
  claim BLOB NOT NULL,
  pool TEXT NOT NULL,
  state TEXT NOT NULL,
  payment TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  amount_currency TEXT NOT NULL,
  stock INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  reference TEXT NOT NULL,
  actor TEXT NOT NULL
);

PRAGMA application_id = 1447646275;
PRAGMA user_version = 3;
