// SPDX-License-Identifier: MIT
// What the pages of a claim and of a number in a line are drawn of alike.
#pragma once

#include <string_view>

#include "engine/ui/painter.h"
#include "scenes/props/claim_places.h"

namespace vitrine::scenes {

// The largest in the middle of `area`.
Rect square_in(const Rect& area);

// What darkens the deep cloth so that words on it stay legible.
void draw_deep_veil(ui::Painter& painter);

// `title` and `line` where the places have them: beside the picture, or on a calm page, from the
// left.
void draw_page_words(ui::Painter& painter, const ClaimPlaces& places, std::string_view title,
                     std::string_view line, bool deep);

// A light disc in the middle of `area` with a group of icons.svg, which lives as long as the
// campaign.
void draw_sign(ui::Painter& painter, const Rect& area, std::string_view icon);

}  // namespace vitrine::scenes
