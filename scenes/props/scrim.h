// SPDX-License-Identifier: MIT
// What lies between the moving cloth and the words on it, so that they stay legible over every
// fold.
#pragma once

#include "engine/ui/painter.h"

namespace vitrine::scenes {

// Below the picture the cloth turns warmer; behind the words of the shades (`shades` 0..1),
// lighter; on the deep cloth (`deep` 0..1) it is darkened at both ends.
void draw_scrim(ui::Painter& painter, float shades, float deep);

// Light and shade go to the screen's edges where a scene keeps to the part within reach: `area`,
// scene units, with those of its sides that lie at the scene's edge moved to the screen's.
Rect to_screen_edges(const Rect& area, const ui::Metrics& metrics);

}  // namespace vitrine::scenes
