// SPDX-License-Identifier: MIT
// One command at work: claim_ledger.cpp has what is about things and people, claim_money.cpp what
// is about money. Private to these two.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/claims/claim_store.h"
#include "server/claims/claim_table.h"

namespace vitrine {

class ClaimLedger {
 public:
  ClaimLedger(ClaimTable& table, const ClaimCommand& command) : table_(table), command_(command) {}

  ClaimOutcome run();

 private:
  ClaimOutcome set_pool();
  ClaimOutcome hold();
  ClaimOutcome follow();
  ClaimOutcome issue();
  ClaimOutcome release();
  ClaimOutcome redeem();
  ClaimOutcome expire();
  ClaimOutcome move_holds();
  ClaimOutcome erase_member();
  ClaimOutcome retire_links();

  ClaimOutcome begin_payment();
  ClaimOutcome pay();
  ClaimOutcome fail_payment();
  ClaimOutcome refund();
  ClaimOutcome void_claim();
  ClaimAnswer judge_payment(const Claim& claim) const;
  ClaimAnswer judge_late_payment(const Claim& claim) const;
  ClaimOutcome keep_payment(Payment payment, bool is_new, rules::PaymentState state,
                            ClaimAnswer answer);
  ClaimOutcome repeat_payment(const Payment& payment);

  // The claim that the command is about becomes claim_, its pool pool_. False: there is none.
  bool take(std::optional<Claim> claim);
  // The only place where a state and the stock change.
  void move(rules::ClaimStep step);
  void release_as(rules::ReleaseReason reason);
  void issue_as(std::string_view code);
  int64_t end_of_voucher() const;
  bool code_is_used() const;
  bool may_be_issued() const { return claim_->followed || !claim_->needs_follow; }

  // Answers with claim_ and pool_ as they are; nothing is stored.
  ClaimOutcome answer(ClaimAnswer answer) const;
  // Stores claim_ and pool_ with their line of the ledger, and answers.
  ClaimOutcome keep(ClaimAnswer answer, std::string_view reference);
  ClaimEvent event(ClaimAnswer answer, std::string_view reference) const;

  ClaimTable& table_;
  const ClaimCommand& command_;
  std::optional<Claim> claim_;
  std::optional<Pool> pool_;
  bool pool_changed_ = false;
};

}  // namespace vitrine
