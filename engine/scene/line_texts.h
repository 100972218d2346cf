// SPDX-License-Identifier: MIT
// Words about a screen's line, over every campaign. A campaign may bring its own under the same
// keys. Apart from engine_texts.h, so that a page does not carry them.
#pragma once

#include <string_view>

#include "engine/campaign/campaign.h"

namespace vitrine::scene {

std::string_view line_text(const campaign::Campaign& campaign, std::string_view key,
                           std::string_view language);

}  // namespace vitrine::scene
