// SPDX-License-Identifier: MIT
// From a campaign's tokens to the roles that widgets ask for. A token the campaign does not have
// keeps the engine's own default.
#pragma once

#include "engine/campaign/campaign.h"
#include "engine/ui/theme.h"

namespace vitrine::scene {

ui::Theme build_theme(const campaign::Campaign& campaign);

}  // namespace vitrine::scene
