// SPDX-License-Identifier: MIT
#include "engine/claim/claim_service.h"

#include <cstddef>

namespace vitrine::claim {
namespace {

constexpr std::string_view kStages[] = {"none",    "asking",   "waiting",   "invited",
                                        "joining", "agreeing", "following", "paying",
                                        "issued",  "redeemed", "ended"};
constexpr std::string_view kReasons[] = {
    "",          "code_over", "not_me",         "session_over",
    "cancelled", "hold_over", "follow_refused", "already_claimed",
    "sold_out",  "closed",    "voided"};

}  // namespace

std::string_view stage_name(Stage stage) {
  return kStages[static_cast<size_t>(stage)];
}
std::string_view end_reason_name(EndReason reason) {
  return kReasons[static_cast<size_t>(reason)];
}

}  // namespace vitrine::claim
