// SPDX-License-Identifier: MIT
#include "scenes/props/claim_recorded.h"

namespace vitrine::scenes {

using Reached = interactions::ClaimStageReached;

std::optional<Reached::Stage> recorded_stage(claim::Stage stage) {
  using From = claim::Stage;
  using To = Reached::Stage;
  switch (stage) {
    case From::None:
      break;
    case From::Asking:
      return To::Asking;
    case From::Waiting:
      return To::Waiting;
    case From::Invited:
      return To::Invited;
    case From::Joining:
      return To::Joining;
    case From::Agreeing:
      return To::Agreeing;
    case From::Following:
      return To::Following;
    case From::Paying:
      return To::Paying;
    case From::Issued:
      return To::Issued;
    case From::Redeemed:
      return To::Redeemed;
    case From::Ended:
      return To::Ended;
  }
  return std::nullopt;
}

std::optional<Reached::Reason> recorded_reason(claim::EndReason reason) {
  using From = claim::EndReason;
  using To = Reached::Reason;
  switch (reason) {
    case From::None:
      break;
    case From::CodeOver:
      return To::CodeOver;
    case From::NotMe:
      return To::NotMe;
    case From::SessionOver:
      return To::SessionOver;
    case From::Cancelled:
      return To::Cancelled;
    case From::HoldOver:
      return To::HoldOver;
    case From::FollowRefused:
      return To::FollowRefused;
    case From::AlreadyClaimed:
      return To::AlreadyClaimed;
    case From::SoldOut:
      return To::SoldOut;
    case From::Closed:
      return To::Closed;
    case From::Voided:
      return To::Voided;
  }
  return std::nullopt;
}

}  // namespace vitrine::scenes
