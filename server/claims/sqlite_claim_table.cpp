// SPDX-License-Identifier: MIT
#include "server/claims/sqlite_claim_table.h"

#include "server/claims/sqlite_claim_rows.h"

namespace vitrine {

Status SqliteClaimTable::prepare(SqliteDb& db) {
  db_ = &db;
  Status status = prepare_claims();
  if (status.ok()) status = prepare_money();
  if (status.ok()) status = prepare_people();
  return status;
}

Status SqliteClaimTable::prepare_claims() {
  return db_->prepare_all({
      {find_pool_, "SELECT " VITRINE_POOL_COLUMNS " FROM pool WHERE pool = ?1"},
      {put_pool_,
       "INSERT INTO pool (" VITRINE_POOL_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
       "ON CONFLICT (pool) DO UPDATE SET stock = ?2, taken = ?3, open = ?4, price_minor = ?5, "
       "price_currency = ?6"},
      {find_claim_, "SELECT " VITRINE_CLAIM_COLUMNS " FROM claim WHERE claim = ?1"},
      {find_code_, "SELECT " VITRINE_CLAIM_COLUMNS " FROM claim WHERE code = ?1 AND code <> ''"},
      {find_of_holder_, "SELECT " VITRINE_CLAIM_COLUMNS
                        ", request_key = ?3, pool = ?2 AND " VITRINE_CLAIM_IS_ACTIVE
                        " FROM claim WHERE holder = ?1"},
      {find_holder_, "SELECT " VITRINE_CLAIM_COLUMNS
                     " FROM claim WHERE holder = ?1 AND pool = ?2 AND " VITRINE_CLAIM_IS_ACTIVE},
      {find_member_, "SELECT " VITRINE_CLAIM_COLUMNS
                     " FROM claim WHERE member_hash = ?1 AND member_hash <> '' AND pool = ?2 "
                     "AND " VITRINE_CLAIM_IS_ACTIVE},
      {find_due_,
       "SELECT " VITRINE_CLAIM_COLUMNS " FROM claim WHERE state = 'held' AND (hold_until <= ?1 "
       "OR hold_until > ?3) ORDER BY hold_until, position LIMIT ?2"},
      {move_holds_,
       "UPDATE claim SET held_time = held_time + ?1, hold_until = hold_until + ?1 "
       "WHERE state = 'held'"},
      {add_claim_, "INSERT INTO claim (" VITRINE_CLAIM_COLUMNS
                   ", request_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
                   "?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23) ON CONFLICT (claim) DO NOTHING"},
      // Numbered as add_claim_; what never changes is not written again.
      {update_claim_,
       "UPDATE claim SET state = ?6, reason = ?7, needs_follow = ?10, followed = ?11, "
       "member_hash = ?12, payment = ?13, payment_reference = ?14, code = ?15, held_time = ?16, "
       "hold_until = ?17, issued_time = ?18, valid_until = ?19, ended_time = ?20 "
       "WHERE claim = ?1"},
      {find_redeemed_, "SELECT claim FROM redeem_request WHERE till = ?1 AND request_key = ?2"},
      {add_redeemed_, "INSERT INTO redeem_request (till, request_key, claim) VALUES (?1, ?2, ?3)"},
      {add_event_, "INSERT INTO event (" VITRINE_EVENT_COLUMNS
                   ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"},
  });
}

Status SqliteClaimTable::prepare_money() {
  return db_->prepare_all({
      {find_payment_, "SELECT " VITRINE_PAYMENT_COLUMNS " FROM payment WHERE reference = ?1"},
      {add_payment_,
       "INSERT INTO payment (" VITRINE_PAYMENT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"},
      {update_payment_,
       "UPDATE payment SET claim = ?2, amount_minor = ?3, amount_currency = ?4, state = ?5, "
       "begun_time = ?6, changed_time = ?7 WHERE reference = ?1"},
  });
}

Status SqliteClaimTable::prepare_people() {
  return db_->prepare_all({
      {add_consent_,
       "INSERT INTO consent (claim, purpose, text_version, language, agreed, time) "
       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
      {add_link_,
       "INSERT INTO member_link (provider, member, claim, session, time) "
       "VALUES (?1, ?2, ?3, ?4, ?5)"},
      {forget_hash_,
       "UPDATE claim SET member_hash = '' WHERE member_hash <> '' AND (member_hash = ?3 OR claim "
       "IN (SELECT claim FROM member_link WHERE provider = ?1 AND member = ?2))"},
      {erase_links_, "DELETE FROM member_link WHERE provider = ?1 AND member = ?2"},
      {retire_links_,
       "DELETE FROM member_link WHERE rowid IN (SELECT rowid FROM member_link WHERE time < ?1 "
       "ORDER BY time LIMIT ?2)"},
  });
}

bool SqliteClaimTable::has_row(SqliteStatement& statement) {
  if (failed_) return false;
  const SqliteStep step = statement.step();
  failed_ = step == SqliteStep::Error;
  return step == SqliteStep::Row;
}

void SqliteClaimTable::run(SqliteStatement& statement) {
  if (!failed_ && !statement.run()) failed_ = true;
}

std::optional<Claim> SqliteClaimTable::one_claim(SqliteStatement& statement) {
  const SqliteReset reset(statement);
  if (!has_row(statement)) return std::nullopt;
  return read_claim(statement);
}

void SqliteClaimTable::begin() {
  failed_ = false;
  pools_.clear();
}

void SqliteClaimTable::write_pools() {
  for (auto& [name, known] : pools_) {
    if (!known.changed) continue;
    known.changed = false;
    const Pool& pool = known.pool;
    put_pool_.bind_text(1, pool.pool)
        .bind(2, pool.stock)
        .bind(3, pool.taken)
        .bind(4, pool.open ? 1 : 0)
        .bind(5, pool.price.minor)
        .bind_text(6, pool.price.currency);
    run(put_pool_);
  }
}

std::optional<Pool> SqliteClaimTable::find_pool(std::string_view pool) {
  const auto known = pools_.find(pool);
  if (known != pools_.end()) return failed_ ? std::nullopt : std::optional(known->second.pool);
  const SqliteReset reset(find_pool_);
  if (!has_row(find_pool_.bind_text(1, pool))) return std::nullopt;
  Pool found = read_pool(find_pool_);
  pools_[found.pool] = {found, false};
  return found;
}

void SqliteClaimTable::put_pool(const Pool& pool) {
  pools_[pool.pool] = {pool, true};
}

std::optional<Claim> SqliteClaimTable::find_claim(const Id128& claim) {
  return one_claim(find_claim_.bind_blob(1, blob_of(claim)));
}

std::optional<Claim> SqliteClaimTable::find_code(std::string_view code) {
  return one_claim(find_code_.bind_text(1, code));
}

HolderClaims SqliteClaimTable::find_of_holder(std::string_view pool, std::string_view holder,
                                              std::string_view request_key) {
  const SqliteReset reset(find_of_holder_);
  find_of_holder_.bind_text(1, holder).bind_text(2, pool).bind_text(3, request_key);
  HolderClaims found;
  while (has_row(find_of_holder_)) {
    const bool is_of_request = find_of_holder_.integer(kClaimColumns) != 0;
    const bool is_active = find_of_holder_.integer(kClaimColumns + 1) != 0;
    if (is_of_request) found.of_request = read_claim(find_of_holder_);
    if (is_active) found.active = read_claim(find_of_holder_);
  }
  return found;
}

std::optional<Claim> SqliteClaimTable::find_active_of_holder(std::string_view pool,
                                                             std::string_view holder) {
  return one_claim(find_holder_.bind_text(1, holder).bind_text(2, pool));
}

std::optional<Claim> SqliteClaimTable::find_active_of_member(std::string_view pool,
                                                             std::string_view member_hash) {
  return one_claim(find_member_.bind_text(1, member_hash).bind_text(2, pool));
}

std::vector<Claim> SqliteClaimTable::find_due(int64_t now, int64_t latest, uint32_t count) {
  const SqliteReset reset(find_due_);
  find_due_.bind(1, now).bind(2, count).bind(3, latest);
  std::vector<Claim> due;
  while (has_row(find_due_)) due.push_back(read_claim(find_due_));
  return due;
}

bool SqliteClaimTable::add_claim(const Claim& claim, std::string_view request_key) {
  bind_claim(add_claim_, claim);
  run(add_claim_.bind_text(kClaimColumns + 1, request_key));
  return failed_ || db_->changes() == 1;
}

void SqliteClaimTable::update_claim(const Claim& claim) {
  bind_claim_change(update_claim_, claim);
  run(update_claim_);
}

void SqliteClaimTable::add_consents(const Id128& claim, std::span<const Consent> consents) {
  for (const Consent& consent : consents) {
    add_consent_.bind_blob(1, blob_of(claim))
        .bind_text(2, consent.purpose)
        .bind_text(3, consent.text_version)
        .bind_text(4, consent.language)
        .bind(5, consent.agreed ? 1 : 0)
        .bind(6, consent.time);
    run(add_consent_);
  }
}

std::optional<Id128> SqliteClaimTable::find_redeemed(std::string_view till,
                                                     std::string_view request_key) {
  const SqliteReset reset(find_redeemed_);
  if (!has_row(find_redeemed_.bind_text(1, till).bind_text(2, request_key))) return std::nullopt;
  return id_of(find_redeemed_.blob(0));
}

void SqliteClaimTable::add_redeemed(std::string_view till, std::string_view request_key,
                                    const Id128& claim) {
  add_redeemed_.bind_text(1, till).bind_text(2, request_key).bind_blob(3, blob_of(claim));
  run(add_redeemed_);
}

std::optional<Payment> SqliteClaimTable::find_payment(std::string_view reference) {
  const SqliteReset reset(find_payment_);
  if (!has_row(find_payment_.bind_text(1, reference))) return std::nullopt;
  return read_payment(find_payment_);
}

void SqliteClaimTable::add_payment(const Payment& payment) {
  bind_payment(add_payment_, payment);
  run(add_payment_);
}

void SqliteClaimTable::update_payment(const Payment& payment) {
  bind_payment(update_payment_, payment);
  run(update_payment_);
}

void SqliteClaimTable::add_link(const MemberLink& link) {
  add_link_.bind_text(1, link.provider)
      .bind_text(2, link.member)
      .bind_blob(3, blob_of(link.claim))
      .bind_blob(4, blob_of(link.session))
      .bind(5, link.time);
  run(add_link_);
}

uint32_t SqliteClaimTable::erase_member(std::string_view provider, std::string_view member,
                                        std::string_view member_hash) {
  forget_hash_.bind_text(1, provider).bind_text(2, member).bind_text(3, member_hash);
  run(forget_hash_);
  int64_t changed = db_->changes();
  erase_links_.bind_text(1, provider).bind_text(2, member);
  run(erase_links_);
  changed += db_->changes();
  return static_cast<uint32_t>(changed);
}

uint32_t SqliteClaimTable::move_holds(int64_t by) {
  run(move_holds_.bind(1, by));
  return static_cast<uint32_t>(db_->changes());
}

uint32_t SqliteClaimTable::retire_links(int64_t until, uint32_t count) {
  retire_links_.bind(1, until).bind(2, count);
  run(retire_links_);
  return static_cast<uint32_t>(db_->changes());
}

void SqliteClaimTable::add_event(const ClaimEvent& event) {
  bind_claim_event(add_event_, event);
  run(add_event_);
}

}  // namespace vitrine
