// SPDX-License-Identifier: MIT
// Where on a panel a person in a wheelchair, a child or somebody short reaches. EN 301 549, 8.3:
// what has to be touched lies between 380 and 1220 mm above the floor. Pure.
#pragma once

#include "engine/base/geometry.h"

namespace vitrine::ui {

inline constexpr float kReachLimitMm = 1220;
inline constexpr float kReachTargetMm = 1200;  // what is aimed at: mountings are never exact
inline constexpr float kLowestReachMm = 380;

// A panel and how it is mounted.
struct Panel {
  // The lit area as its data sheet has it, before it is turned; 0: not known.
  float width_mm = 0, height_mm = 0;
  float bottom_edge_mm = 0;  // from the floor to the lit area's lowest edge, as it hangs
  int rotation = 0;          // 0, 90, 180, 270; 90 and 270 exchange width and height

  bool known() const { return width_mm > 0 && height_mm > 0; }
};

// The part of a screen of `points` in which everything to be touched is within reach, in the shape
// for which scenes are designed and as large as it can be. The whole screen where all of it is
// within reach, or where the panel is not known.
Rect reach_area(Size points, const Panel& panel);

}  // namespace vitrine::ui
