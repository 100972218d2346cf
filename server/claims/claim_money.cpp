// SPDX-License-Identifier: MIT
// The part of the ledger that is about money. Once the provider has some it is never refused: it
// pays for the claim, or it is kept and due for refund.
#include <utility>

#include "engine/rules/voucher_code.h"
#include "server/claims/claim_ledger_internal.h"

namespace vitrine {

using rules::ClaimState;
using rules::PaymentState;
using rules::ReleaseReason;

namespace {

// The provider has, or had, the money of a payment in this state.
bool has_come(PaymentState state) {
  return state == PaymentState::Paid || state == PaymentState::RefundDue ||
         state == PaymentState::Refunded;
}

}  // namespace

ClaimOutcome ClaimLedger::begin_payment() {
  if (!take(table_.find_claim(command_.claim))) return answer(ClaimAnswer::NoSuchClaim);
  if (const auto begun = table_.find_payment(command_.payment_reference)) {
    const bool same = begun->claim == claim_->claim;
    return answer(same ? ClaimAnswer::Repeated : ClaimAnswer::BadCommand);
  }
  if (claim_->state != ClaimState::Held || claim_->payment == PaymentState::Pending) {
    return answer(ClaimAnswer::NotNow);
  }
  if (!may_be_issued()) return answer(ClaimAnswer::NotFollowed);
  if (command_.amount != claim_->price) return answer(ClaimAnswer::WrongAmount);
  const Payment payment{command_.payment_reference, claim_->claim, command_.amount,
                        PaymentState::Pending,      command_.now,  command_.now};
  return keep_payment(payment, true, PaymentState::Pending, ClaimAnswer::Done);
}

ClaimOutcome ClaimLedger::pay() {
  std::optional<Payment> payment = table_.find_payment(command_.payment_reference);
  const bool is_new = !payment.has_value();
  if (payment && has_come(payment->state)) return repeat_payment(*payment);
  take(table_.find_claim(payment ? payment->claim : command_.claim));
  const ClaimAnswer verdict = claim_ ? judge_payment(*claim_) : ClaimAnswer::NoSuchClaim;
  if (verdict == ClaimAnswer::Done && code_is_used()) return answer(ClaimAnswer::CodeInUse);
  if (is_new) {
    payment.emplace();
    payment->reference = command_.payment_reference;
    if (claim_) payment->claim = claim_->claim;
    payment->begun_time = command_.now;
  }
  payment->amount = command_.amount;
  if (verdict != ClaimAnswer::Done) {
    return keep_payment(*payment, is_new, PaymentState::RefundDue, verdict);
  }
  if (claim_->state == ClaimState::Released) {
    move(rules::ClaimStep::TakeUpAgain);
    claim_->reason = ReleaseReason::None;
    claim_->ended_time = 0;
  }
  issue_as(command_.code);
  return keep_payment(*payment, is_new, PaymentState::Paid, ClaimAnswer::Done);
}

// Done: it pays for the claim. Else why its money has to go back.
ClaimAnswer ClaimLedger::judge_payment(const Claim& claim) const {
  const bool is_open = claim.state == ClaimState::Held || claim.state == ClaimState::Released;
  if (!is_open) return ClaimAnswer::NotNow;  // paid by another, or voided
  if (command_.amount != claim.price) return ClaimAnswer::WrongAmount;
  if (!may_be_issued()) return ClaimAnswer::NotFollowed;
  return claim.state == ClaimState::Held ? ClaimAnswer::Done : judge_late_payment(claim);
}

// A shopper whose hold ran out, or who went back while the bank was asked, and whose money came all
// the same, gets what they paid for where that is possible. Whom we turned away does not.
ClaimAnswer ClaimLedger::judge_late_payment(const Claim& claim) const {
  if (claim.reason != ReleaseReason::HoldOver && claim.reason != ReleaseReason::Cancelled) {
    return ClaimAnswer::NotNow;
  }
  if (table_.find_active_of_holder(claim.pool, claim.holder)) return ClaimAnswer::AlreadyHas;
  if (!claim.member_hash.empty() && table_.find_active_of_member(claim.pool, claim.member_hash)) {
    return ClaimAnswer::AlreadyClaimed;
  }
  return pool_->remaining() > 0 ? ClaimAnswer::Done : ClaimAnswer::SoldOut;
}

ClaimOutcome ClaimLedger::fail_payment() {
  const std::optional<Payment> payment = table_.find_payment(command_.payment_reference);
  if (!payment) return answer(ClaimAnswer::NoSuchClaim);
  take(table_.find_claim(payment->claim));
  if (payment->state == PaymentState::Failed) return answer(ClaimAnswer::Repeated);
  if (payment->state != PaymentState::Pending) return answer(ClaimAnswer::NotNow);
  return keep_payment(*payment, false, PaymentState::Failed, ClaimAnswer::Done);
}

// What a voucher stands on is not refunded: it is voided first. Money that went back before anybody
// told that it had come is kept as that: who tells afterwards that it came gets nothing for it.
ClaimOutcome ClaimLedger::refund() {
  std::optional<Payment> payment = table_.find_payment(command_.payment_reference);
  const bool is_new = !payment.has_value();
  if (is_new) {
    payment.emplace();
    payment->reference = command_.payment_reference;
    payment->begun_time = command_.now;
  }
  take(table_.find_claim(payment->claim));
  if (payment->state == PaymentState::Refunded) return answer(ClaimAnswer::Repeated);
  if (payment->state == PaymentState::Paid) return answer(ClaimAnswer::NotNow);
  return keep_payment(*payment, is_new, PaymentState::Refunded, ClaimAnswer::Done);
}

ClaimOutcome ClaimLedger::void_claim() {
  if (!take(table_.find_claim(command_.claim))) return answer(ClaimAnswer::NoSuchClaim);
  if (claim_->state == ClaimState::Voided) return answer(ClaimAnswer::Repeated);
  if (claim_->state != ClaimState::Issued) return answer(ClaimAnswer::NotNow);
  move(rules::ClaimStep::Void);
  claim_->ended_time = command_.now;
  if (claim_->payment != PaymentState::Paid) {
    return keep(ClaimAnswer::Done, rules::mask_voucher_code(claim_->code));
  }
  const std::optional<Payment> payment = table_.find_payment(claim_->payment_reference);
  if (!payment) return answer(ClaimAnswer::NoSuchClaim);  // a failed table
  return keep_payment(*payment, false, PaymentState::RefundDue, ClaimAnswer::Done);
}

// Stores the payment in its new state together with claim_, where it has one.
ClaimOutcome ClaimLedger::keep_payment(Payment payment, bool is_new, PaymentState state,
                                       ClaimAnswer how) {
  payment.state = state;
  payment.changed_time = command_.now;
  if (is_new) {
    table_.add_payment(payment);
  } else {
    table_.update_payment(payment);
  }
  if (claim_) {
    const bool is_shown = claim_->payment_reference == payment.reference;
    const bool stands =
        claim_->payment == PaymentState::Paid || claim_->payment == PaymentState::Pending;
    if (is_shown || state == PaymentState::Paid || (is_new && !stands)) {
      claim_->payment = state;
      claim_->payment_reference = payment.reference;
    }
    table_.update_claim(*claim_);
  }
  if (pool_changed_) table_.put_pool(*pool_);
  ClaimEvent line = event(how, payment.reference);
  line.payment = state;
  line.amount = payment.amount;
  table_.add_event(line);
  ClaimOutcome outcome = answer(how);
  outcome.refund_due = state == PaymentState::RefundDue;
  return outcome;
}

ClaimOutcome ClaimLedger::repeat_payment(const Payment& payment) {
  take(table_.find_claim(payment.claim));
  ClaimOutcome outcome = answer(ClaimAnswer::Repeated);
  outcome.refund_due = payment.state == PaymentState::RefundDue;
  return outcome;
}

}  // namespace vitrine
