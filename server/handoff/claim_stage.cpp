// SPDX-License-Identifier: MIT
#include "server/handoff/claim_stage.h"

namespace vitrine {

using protocol::ClaimEnd;
using protocol::ClaimStage;
using rules::ClaimState;
using rules::ReleaseReason;

namespace {

ClaimEnd end_of(ReleaseReason reason) {
  switch (reason) {
    case ReleaseReason::None:
    case ReleaseReason::Stopped:
      return ClaimEnd::Closed;
    case ReleaseReason::Cancelled:
      return ClaimEnd::Cancelled;
    case ReleaseReason::HoldOver:
      return ClaimEnd::HoldOver;
    case ReleaseReason::Refused:
      return ClaimEnd::FollowRefused;
    case ReleaseReason::AlreadyClaimed:
      return ClaimEnd::AlreadyClaimed;
  }
  return ClaimEnd::Closed;
}

}  // namespace

ShownStage shown_stage(const Claim& claim) {
  switch (claim.state) {
    case ClaimState::Held:
      return {claim.followed || !claim.needs_follow ? ClaimStage::Paying : ClaimStage::Following,
              ClaimEnd::None};
    case ClaimState::Issued:
      return {ClaimStage::Issued, ClaimEnd::None};
    case ClaimState::Redeemed:
      return {ClaimStage::Redeemed, ClaimEnd::None};
    case ClaimState::Released:
      return {ClaimStage::Ended, end_of(claim.reason)};
    case ClaimState::Voided:
      return {ClaimStage::Ended, ClaimEnd::Voided};
  }
  return {};
}

}  // namespace vitrine
