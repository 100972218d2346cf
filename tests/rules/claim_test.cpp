// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "engine/rules/claim.h"

namespace vitrine::rules {
namespace {

constexpr ClaimState kStates[] = {ClaimState::Held, ClaimState::Issued, ClaimState::Redeemed,
                                  ClaimState::Released, ClaimState::Voided};
constexpr ClaimStep kSteps[] = {ClaimStep::Issue, ClaimStep::Redeem, ClaimStep::Release,
                                ClaimStep::Void, ClaimStep::TakeUpAgain};

TEST_CASE("a claim goes from held to a voucher that is redeemed once") {
  CHECK(next_state(ClaimState::Held, ClaimStep::Issue) == ClaimState::Issued);
  CHECK(next_state(ClaimState::Issued, ClaimStep::Redeem) == ClaimState::Redeemed);
  CHECK(next_state(ClaimState::Redeemed, ClaimStep::Redeem) == std::nullopt);
  CHECK(next_state(ClaimState::Issued, ClaimStep::Issue) == std::nullopt);
}

TEST_CASE("what is redeemed or voided never changes again") {
  for (const ClaimStep step : kSteps) {
    CHECK(next_state(ClaimState::Redeemed, step) == std::nullopt);
    CHECK(next_state(ClaimState::Voided, step) == std::nullopt);
  }
}

TEST_CASE("only a voucher can be taken back and only a hold released") {
  for (const ClaimState state : kStates) {
    CHECK(next_state(state, ClaimStep::Void).has_value() == (state == ClaimState::Issued));
    CHECK(next_state(state, ClaimStep::Release).has_value() == (state == ClaimState::Held));
    CHECK(next_state(state, ClaimStep::TakeUpAgain).has_value() == (state == ClaimState::Released));
  }
}

TEST_CASE("stock goes back exactly when a claim is released or voided") {
  for (const ClaimState state : kStates) {
    for (const ClaimStep step : kSteps) {
      const auto next = next_state(state, step);
      if (!next) continue;
      const int moved = int{takes_stock(*next)} - int{takes_stock(state)};
      CHECK(moved == (step == ClaimStep::TakeUpAgain                          ? 1
                      : step == ClaimStep::Release || step == ClaimStep::Void ? -1
                                                                              : 0));
    }
  }
}

TEST_CASE("every state has a name of its own and is found by it") {
  for (const ClaimState state : kStates) CHECK(find_claim_state(claim_state_name(state)) == state);
  for (int i = 0; i <= static_cast<int>(ReleaseReason::Stopped); ++i) {
    const auto reason = static_cast<ReleaseReason>(i);
    CHECK(find_release_reason(release_reason_name(reason)) == reason);
  }
  for (int i = 0; i <= static_cast<int>(PaymentState::Refunded); ++i) {
    const auto payment = static_cast<PaymentState>(i);
    CHECK(find_payment_state(payment_state_name(payment)) == payment);
  }
  CHECK(find_claim_state("paid") == std::nullopt);
}

}  // namespace
}  // namespace vitrine::rules
