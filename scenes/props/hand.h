// SPDX-License-Identifier: MIT
// The hand that shows where to touch.
#pragma once

#include "engine/ui/painter.h"

namespace vitrine::scenes {

// Its fingertip at `tip`; `scale` 1 is 240 x 300 scene units. Taps every 2.4 s of `time`.
void draw_hand(ui::Painter& painter, Vec2 tip, float scale, float time);

}  // namespace vitrine::scenes
