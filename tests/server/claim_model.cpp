// SPDX-License-Identifier: MIT
#include "tests/server/claim_model.h"

#include <sstream>

#include "tests/server/claim_commands.h"

namespace vitrine::test {

using rules::ClaimState;
using rules::PaymentState;
using rules::ReleaseReason;

namespace {

std::string name(const char* what, int number) {
  return std::string(what) + "-" + std::to_string(number);
}

}  // namespace

ClaimCommand command_of(const ClaimStep& step) {
  ClaimCommand made = command(step.verb, kNow + step.time);
  const bool about_holder = step.verb == ClaimVerb::Hold;
  made.request_key = name("key", step.key);
  if (step.claim >= 0) made.claim = claim_id(static_cast<uint64_t>(step.claim));
  made.pool = kPool;
  made.holder = name("phone", step.holder);
  made.product = "true-red";
  made.stock = step.stock;
  made.open = step.open;
  made.needs_follow = step.needs_follow;
  made.amount = step.verb == ClaimVerb::SetPool && !step.priced ? Money() : kPrice;
  if (!step.right_amount) made.amount.minor += 1;
  made.until = about_holder ? made.now + kHoldMs : 0;
  made.code = code_of(static_cast<uint64_t>(step.code));
  made.provider = "sandbox";
  made.member = name("member", step.member);
  made.member_hash = "hash-of-" + made.member;
  made.payment_reference = name("pay", step.reference);
  made.reason = step.stopped ? ReleaseReason::Stopped : ReleaseReason::Cancelled;
  made.actor = "till-1";
  made.count = 100;
  return made;
}

std::string describe(const ClaimStep& step) {
  std::ostringstream text;
  text << claim_verb_name(step.verb) << " claim " << step.claim << " holder " << step.holder
       << " member " << step.member << " key " << step.key << " payment " << step.reference
       << " code " << step.code << " stock " << step.stock << (step.open ? "" : " closed")
       << (step.priced ? " priced" : "") << (step.needs_follow ? "" : " needs no follow")
       << (step.right_amount ? "" : " wrong amount") << (step.stopped ? " stopped" : "") << " time "
       << step.time;
  return text.str();
}

bool ClaimModel::is_active(int claim) const {
  const ClaimState state = claims_.at(claim).state;
  return state != ClaimState::Released && state != ClaimState::Voided;
}

int64_t ClaimModel::taken() const {
  int64_t count = 0;
  for (const auto& [number, claim] : claims_) count += is_active(number) ? 1 : 0;
  return count;
}

int ClaimModel::active_of_holder(int holder) const {
  for (const auto& [number, claim] : claims_) {
    if (claim.holder == holder && is_active(number)) return number;
  }
  return -1;
}

int ClaimModel::active_of_member(int member) const {
  for (const auto& [number, claim] : claims_) {
    if (member >= 0 && claim.member == member && is_active(number)) return number;
  }
  return -1;
}

int ClaimModel::with_code(int code) const {
  for (const auto& [number, claim] : claims_) {
    if (claim.code == code) return number;
  }
  return -1;
}

Expected ClaimModel::take(const ClaimStep& step) {
  switch (step.verb) {
    case ClaimVerb::SetPool:
      return set_pool(step);
    case ClaimVerb::Hold:
      return hold(step);
    case ClaimVerb::Pay:
      return pay(step);
    case ClaimVerb::FailPayment:
      return fail_payment(step);
    case ClaimVerb::Refund:
      return refund(step);
    case ClaimVerb::Redeem:
      return redeem(step);
    case ClaimVerb::Expire:
      return expire(step);
    case ClaimVerb::EraseMember:
      return erase(step);
    default:
      break;
  }
  if (claims_.count(step.claim) == 0) return {ClaimAnswer::NoSuchClaim};
  switch (step.verb) {
    case ClaimVerb::Follow:
      return follow(step);
    case ClaimVerb::Issue:
      return issue(step);
    case ClaimVerb::BeginPayment:
      return begin_payment(step);
    case ClaimVerb::Release:
      return release(step);
    default:
      return void_claim(step);
  }
}

Expected ClaimModel::set_pool(const ClaimStep& step) {
  const bool same = exists_ && stock_ == step.stock && open_ == step.open && priced_ == step.priced;
  if (same) return {ClaimAnswer::Repeated};
  if (step.stock < taken()) return {ClaimAnswer::StockTaken};
  exists_ = true;
  stock_ = step.stock;
  open_ = step.open;
  priced_ = step.priced;
  return {};
}

Expected ClaimModel::hold(const ClaimStep& step) {
  const auto before = holds_.find({step.holder, step.key});
  if (before != holds_.end()) return {ClaimAnswer::Repeated, before->second};
  const int other = active_of_holder(step.holder);
  if (other >= 0) return {ClaimAnswer::AlreadyHas, other};
  if (!exists_) return {ClaimAnswer::NoSuchPool};
  if (!open_) return {ClaimAnswer::PoolClosed};
  if (taken() == stock_) return {ClaimAnswer::SoldOut};
  if (claims_.count(step.claim) > 0) return {ClaimAnswer::BadCommand};
  ModelClaim claim;
  claim.holder = step.holder;
  claim.needs_follow = step.needs_follow;
  claim.priced = priced_;
  claim.hold_until = step.time + kHoldMs;
  claims_[step.claim] = claim;
  holds_[{step.holder, step.key}] = step.claim;
  return {ClaimAnswer::Done, step.claim};
}

Expected ClaimModel::follow(const ClaimStep& step) {
  ModelClaim& claim = claims_[step.claim];
  if (claim.followed && claim.member == step.member) return {ClaimAnswer::Repeated, step.claim};
  if (claim.reason == ReleaseReason::AlreadyClaimed) {
    return {ClaimAnswer::AlreadyClaimed, step.claim};
  }
  if (claim.followed || claim.state != ClaimState::Held) return {ClaimAnswer::NotNow, step.claim};
  if (active_of_member(step.member) >= 0) {
    claim.state = ClaimState::Released;
    claim.reason = ReleaseReason::AlreadyClaimed;
    return {ClaimAnswer::AlreadyClaimed, step.claim};
  }
  claim.followed = true;
  claim.member = step.member;
  ++links_[step.member];
  return {ClaimAnswer::Done, step.claim};
}

Expected ClaimModel::issue(const ClaimStep& step) {
  ModelClaim& claim = claims_[step.claim];
  if (claim.priced) return {ClaimAnswer::NotNow, step.claim};
  if (claim.state == ClaimState::Issued || claim.state == ClaimState::Redeemed) {
    return {ClaimAnswer::Repeated, step.claim};
  }
  if (claim.state != ClaimState::Held) return {ClaimAnswer::NotNow, step.claim};
  if (claim.needs_follow && !claim.followed) return {ClaimAnswer::NotFollowed, step.claim};
  if (with_code(step.code) >= 0) return {ClaimAnswer::CodeInUse, step.claim};
  claim.state = ClaimState::Issued;
  claim.code = step.code;
  return {ClaimAnswer::Done, step.claim};
}

Expected ClaimModel::begin_payment(const ClaimStep& step) {
  const ModelClaim& claim = claims_[step.claim];
  const auto begun = payments_.find(step.reference);
  if (begun != payments_.end()) {
    const bool own = begun->second.claim == step.claim;
    return {own ? ClaimAnswer::Repeated : ClaimAnswer::BadCommand, step.claim};
  }
  bool pending = false;
  for (const auto& [reference, payment] : payments_) {
    pending |= payment.claim == step.claim && payment.state == PaymentState::Pending;
  }
  if (claim.state != ClaimState::Held || pending) return {ClaimAnswer::NotNow, step.claim};
  if (claim.needs_follow && !claim.followed) return {ClaimAnswer::NotFollowed, step.claim};
  if (!claim.priced || !step.right_amount) return {ClaimAnswer::WrongAmount, step.claim};
  payments_[step.reference] = {step.claim, PaymentState::Pending};
  return {ClaimAnswer::Done, step.claim};
}

ClaimAnswer ClaimModel::judge(const ClaimStep& step, int number) const {
  if (claims_.count(number) == 0) return ClaimAnswer::NoSuchClaim;
  const ModelClaim& claim = claims_.at(number);
  const bool late = claim.state == ClaimState::Released;
  if (claim.state != ClaimState::Held && !late) return ClaimAnswer::NotNow;
  if (!claim.priced || !step.right_amount) return ClaimAnswer::WrongAmount;
  if (claim.needs_follow && !claim.followed) return ClaimAnswer::NotFollowed;
  if (!late) return ClaimAnswer::Done;
  if (claim.reason == ReleaseReason::Stopped || claim.reason == ReleaseReason::AlreadyClaimed) {
    return ClaimAnswer::NotNow;
  }
  if (active_of_holder(claim.holder) >= 0) return ClaimAnswer::AlreadyHas;
  if (active_of_member(claim.member) >= 0) return ClaimAnswer::AlreadyClaimed;
  return taken() < stock_ ? ClaimAnswer::Done : ClaimAnswer::SoldOut;
}

Expected ClaimModel::pay(const ClaimStep& step) {
  const auto known = payments_.find(step.reference);
  int claim = step.claim;
  if (known != payments_.end()) {
    claim = known->second.claim;
    const PaymentState state = known->second.state;
    if (state != PaymentState::Pending && state != PaymentState::Failed) {
      return {ClaimAnswer::Repeated, claim, state == PaymentState::RefundDue};
    }
  }
  if (claims_.count(claim) == 0) claim = -1;
  const ClaimAnswer verdict = judge(step, claim);
  if (verdict != ClaimAnswer::Done) {
    payments_[step.reference] = {claim, PaymentState::RefundDue};
    return {verdict, claim, true};
  }
  if (with_code(step.code) >= 0) return {ClaimAnswer::CodeInUse, claim};
  payments_[step.reference] = {claim, PaymentState::Paid};
  claims_[claim].state = ClaimState::Issued;
  claims_[claim].reason = ReleaseReason::None;
  claims_[claim].code = step.code;
  return {ClaimAnswer::Done, claim};
}

Expected ClaimModel::fail_payment(const ClaimStep& step) {
  const auto known = payments_.find(step.reference);
  if (known == payments_.end()) return {ClaimAnswer::NoSuchClaim};
  ModelPayment& payment = known->second;
  if (payment.state == PaymentState::Failed) return {ClaimAnswer::Repeated, payment.claim};
  if (payment.state != PaymentState::Pending) return {ClaimAnswer::NotNow, payment.claim};
  payment.state = PaymentState::Failed;
  return {ClaimAnswer::Done, payment.claim};
}

// Of what is known and what is not; only what a voucher stands on stays.
Expected ClaimModel::refund(const ClaimStep& step) {
  ModelPayment& payment = payments_[step.reference];
  if (payment.state == PaymentState::Refunded) return {ClaimAnswer::Repeated, payment.claim};
  if (payment.state == PaymentState::Paid) return {ClaimAnswer::NotNow, payment.claim};
  payment.state = PaymentState::Refunded;
  return {ClaimAnswer::Done, payment.claim};
}

Expected ClaimModel::release(const ClaimStep& step) {
  ModelClaim& claim = claims_[step.claim];
  if (claim.state == ClaimState::Released) return {ClaimAnswer::Repeated, step.claim};
  if (claim.state != ClaimState::Held) return {ClaimAnswer::NotNow, step.claim};
  claim.state = ClaimState::Released;
  claim.reason = step.stopped ? ReleaseReason::Stopped : ReleaseReason::Cancelled;
  return {ClaimAnswer::Done, step.claim};
}

Expected ClaimModel::void_claim(const ClaimStep& step) {
  ModelClaim& claim = claims_[step.claim];
  if (claim.state == ClaimState::Voided) return {ClaimAnswer::Repeated, step.claim};
  if (claim.state != ClaimState::Issued) return {ClaimAnswer::NotNow, step.claim};
  claim.state = ClaimState::Voided;
  for (auto& [reference, payment] : payments_) {
    const bool own = payment.claim == step.claim && payment.state == PaymentState::Paid;
    if (own) payment.state = PaymentState::RefundDue;
  }
  return {ClaimAnswer::Done, step.claim, claim.priced};
}

Expected ClaimModel::redeem(const ClaimStep& step) {
  const auto before = redemptions_.find(step.key);
  if (before != redemptions_.end()) {
    const bool same = claims_[before->second].code == step.code;
    if (same) return {ClaimAnswer::Repeated, before->second};
    return {ClaimAnswer::BadCommand};
  }
  const int claim = with_code(step.code);
  if (claim < 0) return {ClaimAnswer::NoSuchClaim};
  if (claims_[claim].state != ClaimState::Issued) return {ClaimAnswer::NotNow, claim};
  claims_[claim].state = ClaimState::Redeemed;
  redemptions_[step.key] = claim;
  return {ClaimAnswer::Done, claim};
}

Expected ClaimModel::expire(const ClaimStep& step) {
  Expected expected;
  for (auto& [number, claim] : claims_) {
    if (claim.state != ClaimState::Held || claim.hold_until > step.time) continue;
    claim.state = ClaimState::Released;
    claim.reason = ReleaseReason::HoldOver;
    ++expected.changed;
  }
  return expected;
}

Expected ClaimModel::erase(const ClaimStep& step) {
  Expected expected;
  expected.changed = static_cast<uint32_t>(links_[step.member]);
  links_[step.member] = 0;
  for (auto& [number, claim] : claims_) {
    if (claim.member != step.member) continue;
    claim.member = -1;
    ++expected.changed;
  }
  return expected;
}

}  // namespace vitrine::test
