// SPDX-License-Identifier: MIT
#include "server/claims/sqlite_claim_rows.h"

#include <optional>

namespace vitrine {
namespace {

// Words as they stand in the tables. What no version of ours wrote reads as the first of them.
template <typename Enum>
Enum word_of(std::optional<Enum> found) {
  return found.value_or(Enum{});
}

template <typename Enum>
Enum word_of(std::string_view text, std::string_view (*name)(Enum), Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (name(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
  }
  return Enum{};
}

Money read_money(const SqliteStatement& columns, int first) {
  return {columns.integer(first), std::string(columns.text(first + 1))};
}

}  // namespace

std::string sqlite_claims_path(const std::string& directory) {
  return directory + "/claims.sqlite3";
}

Claim read_claim(const SqliteStatement& columns) {
  Claim claim;
  claim.claim = id_of(columns.blob(0));
  claim.pool = columns.text(1);
  claim.holder = columns.text(2);
  claim.product = columns.text(3);
  claim.session = id_of(columns.blob(4));
  claim.state = word_of(rules::find_claim_state(columns.text(5)));
  claim.reason = word_of(rules::find_release_reason(columns.text(6)));
  claim.price = read_money(columns, 7);
  claim.needs_follow = columns.integer(9) != 0;
  claim.followed = columns.integer(10) != 0;
  claim.member_hash = columns.text(11);
  claim.payment = word_of(rules::find_payment_state(columns.text(12)));
  claim.payment_reference = columns.text(13);
  claim.code = columns.text(14);
  claim.held_time = columns.integer(15);
  claim.hold_until = columns.integer(16);
  claim.issued_time = columns.integer(17);
  claim.valid_until = columns.integer(18);
  claim.ended_time = columns.integer(19);
  claim.valid_ms = columns.integer(20);
  claim.provider = columns.text(21);
  return claim;
}

Pool read_pool(const SqliteStatement& columns) {
  Pool pool;
  pool.pool = columns.text(0);
  pool.stock = columns.integer(1);
  pool.taken = columns.integer(2);
  pool.open = columns.integer(3) != 0;
  pool.price = read_money(columns, 4);
  return pool;
}

Payment read_payment(const SqliteStatement& columns) {
  Payment payment;
  payment.reference = columns.text(0);
  payment.claim = id_of(columns.blob(1));
  payment.amount = read_money(columns, 2);
  payment.state = word_of(rules::find_payment_state(columns.text(4)));
  payment.begun_time = columns.integer(5);
  payment.changed_time = columns.integer(6);
  return payment;
}

ClaimEvent read_claim_event(const SqliteStatement& columns, int first) {
  ClaimEvent event;
  event.time = columns.integer(first);
  event.verb = word_of(columns.text(first + 1), claim_verb_name, ClaimVerb::RetireLinks);
  event.answer = word_of(columns.text(first + 2), claim_answer_name, ClaimAnswer::BadCommand);
  event.claim = id_of(columns.blob(first + 3));
  event.pool = columns.text(first + 4);
  event.state = word_of(rules::find_claim_state(columns.text(first + 5)));
  event.payment = word_of(rules::find_payment_state(columns.text(first + 6)));
  event.amount = read_money(columns, first + 7);
  event.stock = columns.integer(first + 9);
  event.taken = columns.integer(first + 10);
  event.reference = columns.text(first + 11);
  event.actor = columns.text(first + 12);
  return event;
}

void bind_claim(SqliteStatement& statement, const Claim& claim) {
  bind_claim_change(statement, claim);
  statement.bind(21, claim.valid_ms).bind_text(22, claim.provider);
}

void bind_claim_change(SqliteStatement& statement, const Claim& claim) {
  statement.bind_blob(1, blob_of(claim.claim))
      .bind_text(2, claim.pool)
      .bind_text(3, claim.holder)
      .bind_text(4, claim.product)
      .bind_blob(5, blob_of(claim.session))
      .bind_text(6, rules::claim_state_name(claim.state))
      .bind_text(7, rules::release_reason_name(claim.reason))
      .bind(8, claim.price.minor)
      .bind_text(9, claim.price.currency)
      .bind(10, claim.needs_follow ? 1 : 0)
      .bind(11, claim.followed ? 1 : 0)
      .bind_text(12, claim.member_hash)
      .bind_text(13, rules::payment_state_name(claim.payment))
      .bind_text(14, claim.payment_reference)
      .bind_text(15, claim.code)
      .bind(16, claim.held_time)
      .bind(17, claim.hold_until)
      .bind(18, claim.issued_time)
      .bind(19, claim.valid_until)
      .bind(20, claim.ended_time);
}

void bind_payment(SqliteStatement& statement, const Payment& payment) {
  statement.bind_text(1, payment.reference)
      .bind_blob(2, blob_of(payment.claim))
      .bind(3, payment.amount.minor)
      .bind_text(4, payment.amount.currency)
      .bind_text(5, rules::payment_state_name(payment.state))
      .bind(6, payment.begun_time)
      .bind(7, payment.changed_time);
}

void bind_claim_event(SqliteStatement& statement, const ClaimEvent& event) {
  const bool is_of_claim = !event.claim.is_none();
  statement.bind(1, event.time)
      .bind_text(2, claim_verb_name(event.verb))
      .bind_text(3, claim_answer_name(event.answer))
      .bind_blob(4, blob_of(event.claim))
      .bind_text(5, event.pool)
      .bind_text(6, is_of_claim ? rules::claim_state_name(event.state) : "")
      .bind_text(7, rules::payment_state_name(event.payment))
      .bind(8, event.amount.minor)
      .bind_text(9, event.amount.currency)
      .bind(10, event.stock)
      .bind(11, event.taken)
      .bind_text(12, event.reference)
      .bind_text(13, event.actor);
}

}  // namespace vitrine
