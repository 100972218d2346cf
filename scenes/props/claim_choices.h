// SPDX-License-Identifier: MIT
// What can be done on a page of a claim, and what its buttons say. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "engine/claim/claim_service.h"

namespace vitrine::scenes {

enum class ClaimAction : uint8_t {
  Join,
  Agree,
  Follow,
  Pay,
  NewCode,
  Done,
  NotMe,
  Cancel,
  Other,
  ToHome,
};
inline constexpr size_t kClaimActions = 10;

// By its place on the page.
struct ClaimChoices {
  std::optional<ClaimAction> primary, secondary, link;
};

// `served`: there is somebody to ask.
ClaimChoices claim_choices(const claim::View& view, bool served);
// The key of its words.
std::string_view claim_label(ClaimAction action, const claim::View& view);

}  // namespace vitrine::scenes
