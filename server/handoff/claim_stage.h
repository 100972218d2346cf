// SPDX-License-Identifier: MIT
// Where a claim is, as a shopper sees it.
#pragma once

#include "engine/protocol/claim_codes.h"
#include "server/claims/claim_store.h"

namespace vitrine {

struct ShownStage {
  protocol::ClaimStage stage = protocol::ClaimStage::None;
  protocol::ClaimEnd reason = protocol::ClaimEnd::None;
};

ShownStage shown_stage(const Claim& claim);

}  // namespace vitrine
