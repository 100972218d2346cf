// SPDX-License-Identifier: MIT
// The square that holds a face. The rule is the engine's (docs/vision/landmarks.md), a test
// compares the two.
#pragma once

#include <array>

#include "tools/vision/render/landmark_table.h"

namespace vitrine::faces {

struct Region {  // pixels
  Vec2 centre;
  float side;
};

// Of an upright head.
Region region_of(const std::array<Vec2, kLandmarkCount>& points);

}  // namespace vitrine::faces
