// SPDX-License-Identifier: MIT
// What stands above the scenes while these keep to the part of a screen that is within reach: what
// the campaign promises and what it is about, large, to be seen from afar and not touched.
#pragma once

#include <string_view>

#include "engine/campaign/campaign.h"
#include "engine/ui/painter.h"

namespace vitrine::scene {

// Over the scenes, whose light and shade go up here, under what travels between them. Draws nothing
// where there is no room, as on a screen all of which is within reach. `behind`: what the words
// stand on, more or less; they are light on what is deep. Takes no memory.
void draw_out_of_reach(ui::Painter& painter, const campaign::Campaign& campaign,
                       std::string_view language, Color behind);

}  // namespace vitrine::scene
