// SPDX-License-Identifier: MIT
// The product as several scenes show it: one drawing in parts, of which the coloured one slides out
// of its case.
#pragma once

#include <string_view>

#include "engine/campaign/campaign.h"
#include "engine/ui/painter.h"

namespace vitrine::scenes {

// Of lipstick.svg and lipstick-turn.svg, in their own units.
struct LipstickShape {
  static constexpr Size kView{320, 920};
  static constexpr Vec2 kFoot{160, 880};
  static constexpr Vec2 kTip{190, 168};
  static constexpr float kTravel = 176;  // of the bullet
};

struct LipstickPose {
  Vec2 stand;        // where its foot stands
  float height = 0;  // of the whole drawing, scene units
  float twist = 0;   // how far the bullet is turned down, 0..1
  float turn = 0;    // radians it is turned about its axis; only draw_turned_lipstick shows it
  float squash = 1;  // height over width while it lands, 1 at rest
  float angle = 0;   // radians it is turned about its foot, clockwise
  float glint = 0;   // how far a light has run across its gold, 0..1; upright only
  Color shade;
  bool shadow = true;
};

// A light crosses the gold every 2.2 s of `time`: LipstickPose::glint.
float glint_at(float time);

// `path`: the product's drawing. `drawn_height`: the size it is rasterised at; keep it the same
// while the height moves.
void draw_lipstick(ui::Painter& painter, std::string_view path, const LipstickPose& pose,
                   float drawn_height);

// From parts, so that it can turn about its axis while the light on it stays. Expects: the product
// has the drawings `drawing` and `turning`.
void draw_turned_lipstick(ui::Painter& painter, const campaign::Product& product,
                          const LipstickPose& pose, float drawn_height);
// Ask for everything the one or the other would draw; true once all of it is there.
bool is_lipstick_ready(ui::Painter& painter, const campaign::Product& product, float drawn_height);
bool is_turned_lipstick_ready(ui::Painter& painter, const campaign::Product& product,
                              float drawn_height);

// Where it must stand so that its tip touches `point`.
Vec2 stand_for_tip(Vec2 point, float height, float angle);

// What both ways of drawing it share: about its foot at (0, 0), `scale` scene units a unit.
void push_lipstick(ui::Painter& painter, const LipstickPose& pose, float drawn_height);
gfx::DrawingKey lipstick_part(std::string_view path, std::string_view group, float scale,
                              const Color& color);
void draw_lipstick_glint(ui::Painter& painter, float scale, float phase);

}  // namespace vitrine::scenes
