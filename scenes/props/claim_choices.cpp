// SPDX-License-Identifier: MIT
#include "scenes/props/claim_choices.h"

#include "scenes/props/claim_places.h"
#include "scenes/props/claim_words.h"

namespace vitrine::scenes {
namespace {

using claim::EndReason;
using claim::Role;
using claim::Stage;
using enum ClaimAction;

constexpr std::optional<ClaimAction> kNone = std::nullopt;

ClaimChoices choices_at_end(const claim::View& view, bool served) {
  if (view.role == Role::Phone) return {Done, kNone, kNone};
  if (!served) return {Other, Done, kNone};
  if (can_begin_anew(view.reason)) return {NewCode, Other, kNone};
  if (view.reason == EndReason::SoldOut) return {Other, Done, kNone};
  return {Done, Other, kNone};
}

}  // namespace

ClaimChoices claim_choices(const claim::View& view, bool served) {
  switch (claim_page(view)) {
    case ClaimPage::Code:
      return {kNone, Other, kNone};
    case ClaimPage::Together:
      return {kNone, NotMe, kNone};
    case ClaimPage::Invited:
      return {Join, kNone, kNone};
    case ClaimPage::Agreeing:
      return {Agree, Cancel, NotMe};
    case ClaimPage::Provider:
      return {view.stage == Stage::Paying ? Pay : Follow, Cancel, kNone};
    case ClaimPage::Prize:
      return {Done, view.home == HomeScreen::Offer::Button ? std::optional(ToHome) : kNone, kNone};
    case ClaimPage::Ended:
    case ClaimPage::Number:
      break;
  }
  return choices_at_end(view, served);
}

std::string_view claim_label(ClaimAction action, const claim::View& view) {
  constexpr std::string_view kKeys[kClaimActions] = {
      "claim.join", "claim.agree",  "claim.follow", "claim.pay",   "claim.new_code",
      "claim.done", "claim.not_me", "claim.cancel", "claim.other", "claim.to_home"};
  if (action == NotMe && view.role == Role::Phone) return "claim.not_here";
  if (action == Cancel && view.stage == Stage::Agreeing) return "claim.not_now";
  return kKeys[static_cast<size_t>(action)];
}

}  // namespace vitrine::scenes
