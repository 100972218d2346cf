// SPDX-License-Identifier: MIT
// Rows of claims.sql as values. Private to the SQLite store of claims and its reader.
#pragma once

#include "server/claims/claim_store.h"
#include "server/store/sqlite_db.h"

namespace vitrine {

#define VITRINE_CLAIM_COLUMNS                                                           \
  "claim, pool, holder, product, session, state, reason, price_minor, price_currency, " \
  "needs_follow, followed, member_hash, payment, payment_reference, code, held_time, "  \
  "hold_until, issued_time, valid_until, ended_time, valid_ms, provider"
#define VITRINE_POOL_COLUMNS "pool, stock, taken, open, price_minor, price_currency"
#define VITRINE_PAYMENT_COLUMNS \
  "reference, claim, amount_minor, amount_currency, state, begun_time, changed_time"
#define VITRINE_EVENT_COLUMNS                                                               \
  "time, verb, answer, claim, pool, state, payment, amount_minor, amount_currency, stock, " \
  "taken, reference, actor"
// The very text of the partial indices: SQLite uses them for nothing else.
#define VITRINE_CLAIM_IS_ACTIVE "state IN ('held', 'issued', 'redeemed')"

inline constexpr int kClaimColumns = 22;

// PRAGMA user_version of claims.sql.
inline constexpr int64_t kClaimsSchemaVersion = 3;

// DIRECTORY/claims.sqlite3
std::string sqlite_claims_path(const std::string& directory);

// Of the row that the statement stands on, whose columns begin with those above, in that order.
Claim read_claim(const SqliteStatement& columns);
Pool read_pool(const SqliteStatement& columns);
Payment read_payment(const SqliteStatement& columns);
ClaimEvent read_claim_event(const SqliteStatement& columns, int first);

// As parameters 1 to 22, 1 to 7 and 1 to 13, in the order above; of a claim that changes, 1 to 20.
// Values must live until the statement is reset.
void bind_claim(SqliteStatement& statement, const Claim& claim);
void bind_claim_change(SqliteStatement& statement, const Claim& claim);
void bind_payment(SqliteStatement& statement, const Payment& payment);
void bind_claim_event(SqliteStatement& statement, const ClaimEvent& event);

}  // namespace vitrine
