// SPDX-License-Identifier: MIT
// A claim's stages and ends as interactions name them. What the dictionary lacks does not compile.
#pragma once

#include <optional>

#include "engine/claim/claim_service.h"
#include "engine/protocol/generated/interactions.h"

namespace vitrine::scenes {

// nullopt for None, of which nothing is recorded.
std::optional<interactions::ClaimStageReached::Stage> recorded_stage(claim::Stage stage);
std::optional<interactions::ClaimStageReached::Reason> recorded_reason(claim::EndReason reason);

}  // namespace vitrine::scenes
