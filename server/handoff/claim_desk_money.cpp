// SPDX-License-Identifier: MIT
// What came of it: completions of commands, a provider's events, what others did in the store.
#include <algorithm>
#include <utility>

#include "engine/rules/voucher_code.h"
#include "server/handoff/claim_desk.h"

namespace vitrine {

using protocol::ClaimEnd;
using protocol::ClaimNotice;
using rules::ClaimState;
using rules::PaymentState;

namespace {

constexpr int64_t kReconcileMs = 30'000;
constexpr int64_t kPaymentPatienceMs = 120'000;  // then the provider is asked
constexpr size_t kReconciledAtOnce = 100;
constexpr size_t kLedgerStep = 5000;
constexpr size_t kClaimsLookedAt = 8;  // of a phone

ClaimNotice notice_of(PaymentFailure failure) {
  switch (failure) {
    case PaymentFailure::Declined:
      return ClaimNotice::Declined;
    case PaymentFailure::Cancelled:
      return ClaimNotice::PaymentCancelled;
    case PaymentFailure::TimedOut:
      return ClaimNotice::ProviderTimedOut;
  }
  return ClaimNotice::ProviderTimedOut;
}

bool is_done(ClaimAnswer answer) {
  return answer == ClaimAnswer::Done || answer == ClaimAnswer::Repeated;
}

}  // namespace

std::string ClaimDesk::draw_code() {
  uint64_t bits = 0;
  parts_.random(&bits, sizeof bits);
  return rules::voucher_code(bits);
}

ClaimCommand ClaimDesk::command_of(ClaimVerb verb, std::string_view actor) const {
  ClaimCommand command;
  command.verb = verb;
  command.now = parts_.clock->wall_ms();
  command.actor = actor;
  return command;
}

bool ClaimDesk::submit(ClaimCommand&& command, Waiting waiting) {
  const uint64_t number = next_number_++;
  if (!parts_.submit(number, std::move(command))) {
    ++counts_.not_stored;
    return false;
  }
  waiting_.emplace(number, std::move(waiting));
  return true;
}

void ClaimDesk::on_completion(const ClaimCompletion& done) {
  const auto& [number, command, status, outcome] = done;
  const auto found = waiting_.find(number);
  if (found == waiting_.end()) return;
  Waiting waiting = std::move(found->second);
  waiting_.erase(found);
  if (command.verb == ClaimVerb::SetPool) unanswered_pools_.erase(command.pool);
  if (status.ok()) ++counts_.answers[{command.verb, outcome.answer}];
  if (!status.ok()) ++counts_.not_stored;
  if (waiting.done) waiting.done(status, outcome);
  if (!status.ok() || outcome.answer == ClaimAnswer::BadCommand) {
    return refuse_busy(waiting, command);
  }
  if (outcome.pool) pools_[outcome.pool->pool] = *outcome.pool;
  // Staff may have decided otherwise while that was written.
  if (command.verb == ClaimVerb::SetPool && is_done(outcome.answer)) follow_pool(command.pool);
  if (outcome.answer == ClaimAnswer::CodeInUse) {
    ClaimCommand again = command;
    again.code = draw_code();
    submit(std::move(again), std::move(waiting));
    return;
  }
  if (command.verb == ClaimVerb::Hold) return on_held(std::move(waiting), done);
  if (outcome.refund_due) {
    const std::string& told = command.payment_reference;
    parts_.provider->refund(told.empty() ? outcome.claim->payment_reference : told);
  }
  if (!outcome.claim) return;
  remember(*outcome.claim);
  Seat* seat = seat_of_phone(outcome.claim->holder);
  // Another payment is open, of a page that the provider forgot: what became of it?
  if (command.verb == ClaimVerb::BeginPayment && outcome.answer == ClaimAnswer::NotNow &&
      outcome.claim->payment == PaymentState::Pending) {
    parts_.provider->look_up(outcome.claim->payment_reference);
  }
  if (command.verb == ClaimVerb::BeginPayment && seat != nullptr) {
    if (is_done(outcome.answer)) seat->action = waiting.page;
    answer(*seat, waiting.asker,
           is_done(outcome.answer) ? ClaimNotice::None : ClaimNotice::ProviderTimedOut);
  }
  if (command.verb == ClaimVerb::Release && seat != nullptr) answer(*seat, waiting.asker);
  const bool is_lost =
      command.verb == ClaimVerb::FailPayment ||
      (command.verb == ClaimVerb::Refund && outcome.claim->payment == PaymentState::Refunded);
  if (is_lost && seat != nullptr && outcome.claim->state == ClaimState::Held) {
    answer(*seat, Asker(), waiting.notice);
  }
  go_on(*outcome.claim);
}

void ClaimDesk::on_held(Waiting&& waiting, const ClaimCompletion& done) {
  const std::string& holder = done.command.holder;
  const ClaimOutcome& outcome = done.outcome;
  const Handoff* handoff = book_.of_holder(holder);
  const bool same = handoff != nullptr && handoff->number == waiting.handoff;
  if (outcome.claim) {
    remember(*outcome.claim, same);
    if (same) book_.keep(handoff->number);
    // The shopper left, or went to another screen, while it was being held; who has not seen it
    // cannot want it, but for who asks for the same there.
    const bool has_left =
        same ? handoff->phase == HandoffPhase::Over : !is_asked_for(*outcome.claim);
    if (has_left && outcome.answer == ClaimAnswer::Done) {
      release(*outcome.claim, rules::ReleaseReason::Cancelled, {});
    }
    go_on(*outcome.claim);
  } else if (same && handoff->phase == HandoffPhase::Linked && !closed_ &&
             outcome.answer == ClaimAnswer::PoolClosed) {
    return hold_again(std::move(waiting), done.command);
  } else if (same) {
    end(*handoff, outcome.answer == ClaimAnswer::SoldOut ? ClaimEnd::SoldOut : ClaimEnd::Closed);
  }
  if (Seat* seat = seat_of_phone(holder)) answer(*seat, waiting.asker);
}

// Staff opened the pool, and the store was not told yet: a queue or a disk was full, or it is just
// being written. It is told now, and then asked once more; nobody is sent away for it.
void ClaimDesk::hold_again(Waiting&& waiting, const ClaimCommand& command) {
  follow_pool(command.pool);
  const Asker asker = waiting.asker;
  const bool is_first = !std::exchange(waiting.is_again, true);
  if (is_first && submit(ClaimCommand(command), std::move(waiting))) return;
  if (Seat* seat = seat_of_phone(command.holder)) answer(*seat, asker, ClaimNotice::Busy);
}

// Its phone has agreed to the same thing once more, and the store has not answered.
bool ClaimDesk::is_asked_for(const Claim& claim) const {
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& entry) {
    return entry.second.holder == claim.holder && entry.second.pool == claim.pool;
  });
}

// What needs nobody's tap.
void ClaimDesk::go_on(const Claim& claim) {
  if (claim.state != ClaimState::Held || claim.price.minor != 0) return;
  if (claim.needs_follow && !claim.followed) return;
  ClaimCommand issue = command_of(ClaimVerb::Issue, "phone");
  issue.claim = claim.claim;
  issue.code = draw_code();
  issue.until = valid_until(claim);
  submit(std::move(issue));
}

int64_t ClaimDesk::valid_until(const Claim& claim) const {
  const ClaimOffer* offer = parts_.offer(campaign_of_pool(claim.pool), claim.product);
  const int64_t valid_ms = offer == nullptr ? 0 : offer->valid_ms;
  return valid_ms > 0 ? parts_.clock->wall_ms() + valid_ms : 0;
}

// Nothing was stored. Who asked may ask again; what a provider told is asked for by reconcile().
// What staff wanted of a claim is nothing that its phone asked for.
void ClaimDesk::refuse_busy(const Waiting& waiting, const ClaimCommand& command) {
  if (waiting.done) return;
  const std::optional<Claim> claim = find_claim(command.claim);
  Seat* seat = seat_of_phone(claim ? claim->holder : command.holder);
  if (seat != nullptr) answer(*seat, waiting.asker, ClaimNotice::Busy);
}

void ClaimDesk::remember(const Claim& claim, bool asked) {
  const auto known = claims_.find(claim.holder);
  // Something about an older claim of the same phone is nothing that it looks at now.
  const bool is_new = known == claims_.end() || known->second.claim != claim.claim;
  if (known != claims_.end() && is_new && !is_newest(claim)) return look_beside(claim);
  // Nor is what it gave up, or began elsewhere, before it came to where it is now: nothing of that
  // is for this screen.
  const Handoff* handoff = book_.of_holder(claim.holder);
  const bool linked = handoff != nullptr && handoff->phase == HandoffPhase::Linked;
  const bool of_this = linked && claim.session == handoff->session;
  if (linked && !asked && is_new && !(of_this && rules::takes_stock(claim.state))) {
    return look_beside(claim);
  }
  if (known != claims_.end()) holder_of_.erase(known->second.claim);
  holder_of_[claim.claim] = claim.holder;
  claims_[claim.holder] = claim;
  tell_both(claim.holder);
}

// By the order in which they were stored: clocks that are set have no say in it.
bool ClaimDesk::is_newest(const Claim& claim) {
  std::vector<Claim> newest;
  const Status read = parts_.reader->read_holder(claim.holder, 1, newest);
  return read.ok() && !newest.empty() && newest[0].claim == claim.claim;
}

void ClaimDesk::on_followed(const Id128& claim, std::string_view member) {
  count_provider("followed");
  ClaimCommand command = command_of(ClaimVerb::Follow, parts_.provider->name());
  command.claim = claim;
  command.provider = parts_.provider->name();
  command.member = member;
  command.member_hash = parts_.member_hash(member);
  submit(std::move(command));
}

void ClaimDesk::on_follow_failed(const Id128& claim, FollowFailure failure) {
  count_provider("follow_failed", failure == FollowFailure::Refused ? "refused" : "cancelled");
  const Result<std::optional<Claim>> read = read_claim(claim);
  if (!read.ok()) return parts_.tell_again();
  const std::optional<Claim>& known = read.value();
  if (!known) return;
  if (failure == FollowFailure::Refused && !known->followed) {
    release(*known, rules::ReleaseReason::Refused, {});
    return;
  }
  Seat* seat = seat_of_phone(known->holder);
  if (seat != nullptr) answer(*seat, Asker(), ClaimNotice::FollowCancelled);
}

void ClaimDesk::on_paid(std::string_view reference, const Money& amount, const Id128& claim) {
  count_provider("paid");
  const Result<std::optional<Claim>> known = read_claim(claim);
  if (!known.ok()) return parts_.tell_again();
  ClaimCommand command = command_of(ClaimVerb::Pay, parts_.provider->name());
  command.claim = claim;
  command.payment_reference = reference;
  command.amount = amount;
  command.code = draw_code();
  if (known.value()) command.until = valid_until(*known.value());
  submit(std::move(command));
}

void ClaimDesk::on_payment_failed(std::string_view reference, PaymentFailure failure) {
  count_provider("payment_failed", protocol::claim_notice_name(notice_of(failure)));
  ClaimCommand command = command_of(ClaimVerb::FailPayment, parts_.provider->name());
  command.payment_reference = reference;
  Waiting waiting;
  waiting.notice = notice_of(failure);
  submit(std::move(command), std::move(waiting));
}

void ClaimDesk::on_refunded(std::string_view reference) {
  count_provider("refunded");
  ClaimCommand command = command_of(ClaimVerb::Refund, parts_.provider->name());
  command.payment_reference = reference;
  Waiting waiting;
  waiting.notice = ClaimNotice::PaymentCancelled;
  submit(std::move(command), std::move(waiting));
}

// Holds that ran out, vouchers that a till took or staff took back: whoever did it, in whatever
// program, it is in the ledger.
void ClaimDesk::follow_ledger() {
  if (!ledger_) {
    const Result<uint64_t> newest = parts_.reader->newest_event();
    if (newest.ok()) ledger_ = newest.value();
    return;
  }
  const Result<uint64_t> read = parts_.reader->read_events(*ledger_, kLedgerStep, events_);
  if (!read.ok()) return;
  ledger_ = read.value();
  if (!events_.empty()) read_pools();
  for (const ClaimEvent& event : events_) {
    ++counts_.lines[{event.verb, event.answer, event.state}];
    if (event.verb == ClaimVerb::MoveHolds) look_at_holds_again();
    const auto holder = holder_of_.find(event.claim);
    const bool ends_voucher = event.verb == ClaimVerb::Redeem || event.verb == ClaimVerb::Void;
    if (holder == holder_of_.end()) {
      const std::optional<Claim> other = ends_voucher ? find_claim(event.claim) : std::nullopt;
      if (other) look_beside(*other);
      continue;
    }
    const Claim& known = claims_.find(holder->second)->second;
    if (known.state != event.state || known.payment != event.payment) look_again(event.claim);
  }
}

// What has become of a claim that its phone is not at: a voucher is the phone's all the same.
void ClaimDesk::look_beside(const Claim& claim) {
  Seat* seat = seat_of_phone(claim.holder);
  if (seat == nullptr) return;
  const size_t before = seat->vouchers.size();
  look_for_vouchers(*seat);
  if (seat->vouchers.size() != before) tell(*seat);
}

std::optional<std::vector<Claim>> ClaimDesk::look_for_vouchers(Seat& seat) {
  std::vector<Claim> claims;
  if (!parts_.reader->read_holder(seat.name, kClaimsLookedAt, claims).ok()) return std::nullopt;
  seat.vouchers.clear();
  for (const Claim& claim : claims) {
    const bool is_here = campaign_of_pool(claim.pool) == seat.campaign;
    if (claim.state == ClaimState::Issued && is_here) seat.vouchers.push_back(claim);
  }
  return claims;
}

void ClaimDesk::look_again(const Id128& claim) {
  const Result<std::optional<Claim>> now = parts_.reader->find_claim(claim);
  if (now.ok() && now.value()) remember(Claim(*now.value()));
}

// The clock was set, and their times with it.
void ClaimDesk::look_at_holds_again() {
  std::vector<Id128> held;
  for (const auto& [holder, claim] : claims_) {
    if (claim.state == ClaimState::Held) held.push_back(claim.claim);
  }
  for (const Id128& claim : held) look_again(claim);
}

// Asks for money that nobody answered for, and gives back what is owed, until it is done: after a
// crash, a lost webhook, a provider that was down. Begun in the future is what was begun before the
// clock was set back, and it waits for nobody.
void ClaimDesk::reconcile() {
  if (reconciled_ms_ != 0 && now_ms() - reconciled_ms_ < kReconcileMs) return;
  reconciled_ms_ = now_ms();
  const int64_t now = parts_.clock->wall_ms();
  for (const Payment& payment :
       next_payments(PaymentState::Pending, 0, now - kPaymentPatienceMs, looked_up_to_)) {
    parts_.provider->look_up(payment.reference);
  }
  for (const Payment& payment :
       next_payments(PaymentState::Pending, now + 1, INT64_MAX, looked_ahead_to_)) {
    parts_.provider->look_up(payment.reference);
  }
  for (const Payment& payment :
       next_payments(PaymentState::RefundDue, 0, INT64_MAX, refunded_to_)) {
    parts_.provider->refund(payment.reference);
  }
}

// The oldest, which a provider may never answer for, must not hide the others.
const std::vector<Payment>& ClaimDesk::next_payments(PaymentState state, int64_t since,
                                                     int64_t before, PaymentPlace& cursor) {
  const Status status = parts_.reader->read_payments(state, std::max(PaymentPlace{since}, cursor),
                                                     before, kReconciledAtOnce, payments_);
  if (!status.ok()) payments_.clear();
  cursor = {};
  if (payments_.size() == kReconciledAtOnce) {
    cursor = {payments_.back().begun_time, payments_.back().reference};
  }
  return payments_;
}

void ClaimDesk::read_pools() {
  std::vector<Pool> pools;
  if (!parts_.reader->read_pools(pools).ok()) return;
  for (Pool& pool : pools) pools_[pool.pool] = std::move(pool);
}

}  // namespace vitrine
