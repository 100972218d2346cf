// SPDX-License-Identifier: MIT
// The product as several scenes show it: one drawing in parts, of which the coloured one slides out
// of its case.
#pragma once

#include <string_view>

#include "engine/ui/painter.h"

namespace vitrine::scenes {

struct LipstickPose {
  Vec2 stand;              // where its foot stands
  float height = 0;        // of the whole drawing, scene units
  float twist = 0;         // how far the bullet is turned down, 0..1
  float squash = 1;        // height over width while it lands, 1 at rest
  float angle = 0;         // radians it is turned about its foot, clockwise
  float glint = 0;         // how far a light has run across its gold, 0..1; upright only
  Color shade;
  bool shadow = true;
};

// A light crosses the gold every 2.2 s of `time`: LipstickPose::glint.
float glint_at(float time);

// `path`: the product's drawing. `drawn_height`: the size it is rasterised at; keep it the same while
// the height moves.
void draw_lipstick(ui::Painter& painter, std::string_view path, const LipstickPose& pose,
                   float drawn_height);

// Where it must stand so that its tip touches `point`.
Vec2 stand_for_tip(Vec2 point, float height, float angle);

}  // namespace vitrine::scenes
