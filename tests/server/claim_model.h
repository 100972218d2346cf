// SPDX-License-Identifier: MIT
// A second opinion on claims: the rules of docs/claims.md in the plainest form, counted anew at
// every question, for comparing with what a store answers. One pool, a handful of everything, so
// that a random sequence of steps soon has them meet.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/claims/claim_store.h"

namespace vitrine::test {

// Small numbers stand for names; those that the verb does not need are ignored.
struct ClaimStep {
  ClaimVerb verb{};
  int claim = 0;  // Pay: -1 names none
  int holder = 0;
  int member = 0;
  int key = 0;
  int reference = 0;
  int code = 0;
  int64_t stock = 0;
  bool open = true;
  bool priced = true;
  bool needs_follow = true;
  bool right_amount = true;
  bool stopped = false;  // Release: by staff
  int64_t time = 0;      // ms behind kNow, either way
};

ClaimCommand command_of(const ClaimStep& step);
std::string describe(const ClaimStep& step);

// What the answer must be.
struct Expected {
  ClaimAnswer answer = ClaimAnswer::Done;
  int claim = -1;  // -1: none in the answer
  bool refund_due = false;
  uint32_t changed = 0;
};

class ClaimModel {
 public:
  struct ModelClaim {
    int holder = 0;
    int member = -1;  // -1: none that is known
    bool needs_follow = true, followed = false, priced = false;
    rules::ClaimState state = rules::ClaimState::Held;
    rules::ReleaseReason reason = rules::ReleaseReason::None;
    int code = -1;
    int64_t hold_until = 0;
  };
  struct ModelPayment {
    int claim = -1;
    rules::PaymentState state = rules::PaymentState::Pending;
  };

  Expected take(const ClaimStep& step);

  const std::map<int, ModelClaim>& claims() const { return claims_; }
  const std::map<int, ModelPayment>& payments() const { return payments_; }
  int64_t taken() const;

 private:
  Expected set_pool(const ClaimStep& step);
  Expected hold(const ClaimStep& step);
  Expected follow(const ClaimStep& step);
  Expected issue(const ClaimStep& step);
  Expected begin_payment(const ClaimStep& step);
  Expected pay(const ClaimStep& step);
  Expected fail_payment(const ClaimStep& step);
  Expected refund(const ClaimStep& step);
  Expected release(const ClaimStep& step);
  Expected void_claim(const ClaimStep& step);
  Expected redeem(const ClaimStep& step);
  Expected expire(const ClaimStep& step);
  Expected erase(const ClaimStep& step);
  ClaimAnswer judge(const ClaimStep& step, int claim) const;
  bool is_active(int claim) const;
  int active_of_holder(int holder) const;  // -1: none
  int active_of_member(int member) const;
  int with_code(int code) const;

  bool exists_ = false;
  int64_t stock_ = 0;
  bool open_ = true, priced_ = false;
  std::map<int, ModelClaim> claims_;
  std::map<int, ModelPayment> payments_;
  std::map<std::pair<int, int>, int> holds_;  // of holder and key
  std::map<int, int> redemptions_;            // of key
  std::map<int, int> links_;                  // of member: how many
};

}  // namespace vitrine::test
