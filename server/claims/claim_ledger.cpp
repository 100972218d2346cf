// SPDX-License-Identifier: MIT
#include "server/claims/claim_ledger.h"

#include <utility>

#include "engine/base/assert.h"
#include "engine/rules/voucher_code.h"
#include "server/claims/claim_checks.h"
#include "server/claims/claim_ledger_internal.h"

namespace vitrine {
namespace {

constexpr std::string_view kVerbs[] = {"set_pool",      "hold",         "follow",       "issue",
                                       "begin_payment", "pay",          "fail_payment", "refund",
                                       "release",       "void",         "redeem",       "expire",
                                       "move_holds",    "erase_member", "retire_links"};
constexpr std::string_view kAnswers[] = {
    "done",         "repeated",     "already_has",   "already_claimed", "sold_out",
    "pool_closed",  "no_such_pool", "no_such_claim", "not_now",         "not_followed",
    "wrong_amount", "stock_taken",  "voucher_over",  "code_in_use",     "bad_command"};

}  // namespace

std::string_view claim_verb_name(ClaimVerb verb) {
  return kVerbs[static_cast<size_t>(verb)];
}
std::string_view claim_answer_name(ClaimAnswer answer) {
  return kAnswers[static_cast<size_t>(answer)];
}

Id128 time_ordered_id(int64_t now, const Id128& random) {
  Id128 id = random;
  for (size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<uint8_t>(now >> (40 - 8 * i));
  return id;
}

ClaimOutcome apply_claim_command(ClaimTable& table, const ClaimCommand& command) {
  return ClaimLedger(table, command).run();
}

ClaimOutcome ClaimLedger::run() {
  if (!is_well_formed(command_)) return answer(ClaimAnswer::BadCommand);
  switch (command_.verb) {
    case ClaimVerb::SetPool:
      return set_pool();
    case ClaimVerb::Hold:
      return hold();
    case ClaimVerb::Follow:
      return follow();
    case ClaimVerb::Issue:
      return issue();
    case ClaimVerb::BeginPayment:
      return begin_payment();
    case ClaimVerb::Pay:
      return pay();
    case ClaimVerb::FailPayment:
      return fail_payment();
    case ClaimVerb::Refund:
      return refund();
    case ClaimVerb::Release:
      return release();
    case ClaimVerb::Void:
      return void_claim();
    case ClaimVerb::Redeem:
      return redeem();
    case ClaimVerb::Expire:
      return expire();
    case ClaimVerb::MoveHolds:
      return move_holds();
    case ClaimVerb::EraseMember:
      return erase_member();
    case ClaimVerb::RetireLinks:
      return retire_links();
  }
  return answer(ClaimAnswer::BadCommand);
}

ClaimOutcome ClaimLedger::set_pool() {
  pool_ = table_.find_pool(command_.pool);
  Pool wanted{command_.pool, command_.stock, pool_ ? pool_->taken : 0, command_.open,
              command_.amount};
  if (pool_ == wanted) return answer(ClaimAnswer::Repeated);
  if (wanted.stock < wanted.taken) return answer(ClaimAnswer::StockTaken);
  pool_ = std::move(wanted);
  pool_changed_ = true;
  return keep(ClaimAnswer::Done, "");
}

ClaimOutcome ClaimLedger::hold() {
  HolderClaims known =
      table_.find_of_holder(command_.pool, command_.holder, command_.request_key);
  if (take(std::move(known.of_request))) {
    const bool same = claim_->pool == command_.pool;
    return same ? answer(ClaimAnswer::Repeated) : ClaimOutcome{ClaimAnswer::BadCommand};
  }
  if (take(std::move(known.active))) return answer(ClaimAnswer::AlreadyHas);
  pool_ = table_.find_pool(command_.pool);
  if (!pool_) return answer(ClaimAnswer::NoSuchPool);
  if (!pool_->open) return answer(ClaimAnswer::PoolClosed);
  if (pool_->remaining() <= 0) return answer(ClaimAnswer::SoldOut);
  claim_.emplace();
  claim_->claim = command_.claim;
  claim_->pool = command_.pool;
  claim_->holder = command_.holder;
  claim_->product = command_.product;
  claim_->session = command_.session;
  claim_->price = command_.price.value_or(pool_->price);
  claim_->needs_follow = command_.needs_follow;
  claim_->held_time = command_.now;
  claim_->hold_until = command_.until;
  claim_->valid_ms = command_.valid_ms;
  claim_->provider = command_.provider;
  if (!table_.add_claim(*claim_, command_.request_key)) {
    claim_.reset();
    return answer(ClaimAnswer::BadCommand);
  }
  ++pool_->taken;
  table_.put_pool(*pool_);
  table_.add_consents(command_.claim, command_.consents);
  table_.add_event(event(ClaimAnswer::Done, ""));
  return answer(ClaimAnswer::Done);
}

ClaimOutcome ClaimLedger::follow() {
  if (!take(table_.find_claim(command_.claim))) return answer(ClaimAnswer::NoSuchClaim);
  if (claim_->followed && claim_->member_hash == command_.member_hash) {
    return answer(ClaimAnswer::Repeated);
  }
  if (claim_->reason == rules::ReleaseReason::AlreadyClaimed) {
    return answer(ClaimAnswer::AlreadyClaimed);
  }
  // Followed already: by somebody else. A claim is one person's.
  if (claim_->state != rules::ClaimState::Held || claim_->followed) {
    return answer(ClaimAnswer::NotNow);
  }
  if (table_.find_active_of_member(claim_->pool, command_.member_hash)) {
    release_as(rules::ReleaseReason::AlreadyClaimed);
    return keep(ClaimAnswer::AlreadyClaimed, rules::release_reason_name(claim_->reason));
  }
  claim_->followed = true;
  claim_->member_hash = command_.member_hash;
  table_.add_link(
      {claim_->session, claim_->claim, command_.provider, command_.member, command_.now});
  return keep(ClaimAnswer::Done, command_.provider);
}

ClaimOutcome ClaimLedger::issue() {
  if (!take(table_.find_claim(command_.claim))) return answer(ClaimAnswer::NoSuchClaim);
  if (claim_->price.minor > 0) return answer(ClaimAnswer::NotNow);
  if (!claim_->code.empty() && rules::takes_stock(claim_->state)) {
    return answer(ClaimAnswer::Repeated);
  }
  if (claim_->state != rules::ClaimState::Held) return answer(ClaimAnswer::NotNow);
  if (!may_be_issued()) return answer(ClaimAnswer::NotFollowed);
  if (code_is_used()) return answer(ClaimAnswer::CodeInUse);
  issue_as(command_.code);
  return keep(ClaimAnswer::Done, rules::mask_voucher_code(claim_->code));
}

ClaimOutcome ClaimLedger::release() {
  if (!take(table_.find_claim(command_.claim))) return answer(ClaimAnswer::NoSuchClaim);
  if (claim_->state == rules::ClaimState::Released) return answer(ClaimAnswer::Repeated);
  if (claim_->state != rules::ClaimState::Held) return answer(ClaimAnswer::NotNow);
  // Who follows was not refused, whatever is told once more, or too late.
  const bool is_refusal = command_.reason == rules::ReleaseReason::Refused;
  if (is_refusal && claim_->followed) return answer(ClaimAnswer::NotNow);
  release_as(command_.reason);
  return keep(ClaimAnswer::Done, rules::release_reason_name(claim_->reason));
}

ClaimOutcome ClaimLedger::redeem() {
  const std::optional<Id128> before =
      table_.find_redeemed(command_.actor, command_.request_key);
  if (before && take(table_.find_claim(*before))) {
    const bool same = claim_->code == command_.code;
    return same ? answer(ClaimAnswer::Repeated) : ClaimOutcome{ClaimAnswer::BadCommand};
  }
  if (!take(table_.find_code(command_.code))) return answer(ClaimAnswer::NoSuchClaim);
  if (claim_->state != rules::ClaimState::Issued) return answer(ClaimAnswer::NotNow);
  if (claim_->valid_until != 0 && command_.now >= claim_->valid_until) {
    return answer(ClaimAnswer::VoucherOver);
  }
  move(rules::ClaimStep::Redeem);
  claim_->ended_time = command_.now;
  table_.add_redeemed(command_.actor, command_.request_key, claim_->claim);
  return keep(ClaimAnswer::Done, rules::mask_voucher_code(claim_->code));
}

// A payment that is still on its way changes nothing: pay() takes the claim up again.
ClaimOutcome ClaimLedger::expire() {
  ClaimOutcome outcome;
  const int64_t latest = command_.until == 0 ? INT64_MAX : command_.until;
  for (Claim& due : table_.find_due(command_.now, latest, command_.count)) {
    take(std::move(due));
    release_as(rules::ReleaseReason::HoldOver);
    keep(ClaimAnswer::Done, rules::release_reason_name(claim_->reason));
    ++outcome.changed;
  }
  return outcome;
}

ClaimOutcome ClaimLedger::move_holds() {
  ClaimOutcome outcome;
  outcome.changed = table_.move_holds(command_.until);
  if (outcome.changed > 0) {
    table_.add_event(event(ClaimAnswer::Done, std::to_string(command_.until) + " ms"));
  }
  return outcome;
}

ClaimOutcome ClaimLedger::erase_member() {
  ClaimOutcome outcome;
  outcome.changed = table_.erase_member(command_.provider, command_.member, command_.member_hash);
  if (outcome.changed > 0) table_.add_event(event(ClaimAnswer::Done, command_.provider));
  return outcome;
}

ClaimOutcome ClaimLedger::retire_links() {
  ClaimOutcome outcome;
  outcome.changed = table_.retire_links(command_.until, command_.count);
  if (outcome.changed > 0) table_.add_event(event(ClaimAnswer::Done, ""));
  return outcome;
}

bool ClaimLedger::take(std::optional<Claim> claim) {
  claim_ = std::move(claim);
  pool_ = claim_ ? table_.find_pool(claim_->pool) : std::nullopt;
  pool_changed_ = false;
  // A claim without its pool is one that a failed table half found.
  if (!pool_) claim_.reset();
  return claim_.has_value();
}

void ClaimLedger::move(rules::ClaimStep step) {
  const std::optional<rules::ClaimState> next = rules::next_state(claim_->state, step);
  VITRINE_ASSERT(next.has_value());
  const int change = int(rules::takes_stock(*next)) - int(rules::takes_stock(claim_->state));
  claim_->state = *next;
  pool_->taken += change;
  pool_changed_ = pool_changed_ || change != 0;
}

void ClaimLedger::release_as(rules::ReleaseReason reason) {
  move(rules::ClaimStep::Release);
  claim_->reason = reason;
  claim_->ended_time = command_.now;
}

void ClaimLedger::issue_as(std::string_view code) {
  move(rules::ClaimStep::Issue);
  claim_->code = code;
  claim_->valid_until = end_of_voucher();
  claim_->issued_time = command_.now;
}

// Whoever tells of money need not know what was agreed: the claim does.
int64_t ClaimLedger::end_of_voucher() const {
  if (claim_->valid_ms == kValidityNotKept) return command_.until;
  return claim_->valid_ms == 0 ? 0 : command_.now + claim_->valid_ms;
}

bool ClaimLedger::code_is_used() const {
  return table_.find_code(command_.code).has_value();
}

ClaimOutcome ClaimLedger::answer(ClaimAnswer answer) const {
  ClaimOutcome outcome;
  outcome.answer = answer;
  outcome.claim = claim_;
  outcome.pool = pool_;
  return outcome;
}

ClaimOutcome ClaimLedger::keep(ClaimAnswer how, std::string_view reference) {
  if (claim_) table_.update_claim(*claim_);
  if (pool_changed_) table_.put_pool(*pool_);
  table_.add_event(event(how, reference));
  return answer(how);
}

ClaimEvent ClaimLedger::event(ClaimAnswer how, std::string_view reference) const {
  ClaimEvent event;
  event.time = command_.now;
  event.verb = command_.verb;
  event.answer = how;
  if (claim_) {
    event.claim = claim_->claim;
    event.state = claim_->state;
    event.payment = claim_->payment;
    event.amount = claim_->price;
  }
  if (pool_) {
    event.pool = pool_->pool;
    event.stock = pool_->stock;
    event.taken = pool_->taken;
    if (!claim_) event.amount = pool_->price;
  }
  event.reference = reference;
  event.actor = command_.actor;
  return event;
}

}  // namespace vitrine
