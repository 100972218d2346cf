// SPDX-License-Identifier: MIT
#include "engine/rules/claim.h"

#include <cstddef>

#include "engine/base/enum_names.h"

namespace vitrine::rules {
namespace {

constexpr std::string_view kStates[] = {"held", "issued", "redeemed", "released", "voided"};
constexpr std::string_view kReasons[] = {"",        "cancelled",       "hold_over",
                                         "refused", "already_claimed", "stopped"};
constexpr std::string_view kPayments[] = {"none",   "pending",    "paid",
                                          "failed", "refund_due", "refunded"};

}  // namespace

std::optional<ClaimState> next_state(ClaimState state, ClaimStep step) {
  switch (step) {
    case ClaimStep::Issue:
      if (state == ClaimState::Held) return ClaimState::Issued;
      break;
    case ClaimStep::Redeem:
      if (state == ClaimState::Issued) return ClaimState::Redeemed;
      break;
    case ClaimStep::Release:
      if (state == ClaimState::Held) return ClaimState::Released;
      break;
    case ClaimStep::Void:
      if (state == ClaimState::Issued) return ClaimState::Voided;
      break;
    case ClaimStep::TakeUpAgain:
      if (state == ClaimState::Released) return ClaimState::Held;
      break;
  }
  return std::nullopt;
}

bool takes_stock(ClaimState state) {
  return state == ClaimState::Held || state == ClaimState::Issued || state == ClaimState::Redeemed;
}

std::string_view claim_state_name(ClaimState state) {
  return kStates[static_cast<size_t>(state)];
}
std::optional<ClaimState> find_claim_state(std::string_view name) {
  return find_enum<ClaimState>(kStates, name);
}
std::string_view release_reason_name(ReleaseReason reason) {
  return kReasons[static_cast<size_t>(reason)];
}
std::optional<ReleaseReason> find_release_reason(std::string_view name) {
  return find_enum<ReleaseReason>(kReasons, name);
}
std::string_view payment_state_name(PaymentState state) {
  return kPayments[static_cast<size_t>(state)];
}
std::optional<PaymentState> find_payment_state(std::string_view name) {
  return find_enum<PaymentState>(kPayments, name);
}

}  // namespace vitrine::rules
