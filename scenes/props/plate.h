// SPDX-License-Identifier: MIT
// The round plate that products stand on; dots in its top tell how far it is turned.
#pragma once

#include "engine/ui/painter.h"

namespace vitrine::scenes {

// Of podium.svg, in its own units.
struct PlateShape {
  static constexpr Size kView{720, 200};
  static constexpr Vec2 kTop{360, 74};     // the middle of its upper side
  static constexpr Vec2 kRadius{320, 62};  // of its upper side
};

// The middle of its upper side at `top`; `turn`: radians.
void draw_plate(ui::Painter& painter, Vec2 top, float scale, float turn);

}  // namespace vitrine::scenes
