// SPDX-License-Identifier: MIT
// A lit alcove with one product in it.
#pragma once

#include "engine/campaign/campaign.h"
#include "engine/ui/painter.h"

namespace vitrine::scenes {

// Of niche.svg, in its own units; the origin of all is the middle of the upper edge.
struct NicheShape {
  static constexpr Size kView{560, 900};
  static constexpr Vec2 kStand{0, 812};       // where the product stands
  static constexpr float kShrinkAbout = 597;  // height about which neighbours are smaller
  static constexpr float kProductHeight = 769;
};

struct NicheMoment {
  float away = 0;       // from the middle of the row, 0..1: dimmer, the product turned down
  float glint = 0;      // LipstickPose::glint
  bool product = true;  // false: it is travelling
};

// The alcove hangs from (0, 0) of the current transform; `scale`: scene units a unit of the
// drawing.
void draw_niche(ui::Painter& painter, const campaign::Product& product, float scale,
                const NicheMoment& moment);

}  // namespace vitrine::scenes
