// SPDX-License-Identifier: MIT
// The square round a face that the landmark network sees. Its rule is part of the network:
// docs/vision/landmarks.md.
#pragma once

#include <span>

#include "engine/base/geometry.h"
#include "engine/vision/landmarks.h"

namespace vitrine {

// A turned square of the upright picture.
struct FaceRegion {
  Vec2 middle;     // pixels
  float side = 0;  // pixels, > 0
  float turn = 0;  // radians, clockwise on the screen: the square's own x axis points there

  friend bool operator==(const FaceRegion&, const FaceRegion&) = default;
};

// The region that belongs to these landmarks of a head of this roll (radians, > 0 anticlockwise).
FaceRegion region_of(std::span<const Vec2, kLandmarkCount> landmarks, float roll);

// From half sides of the region (x to its right, y down, 0 its middle) to pixels of the upright
// picture, and back.
Vec2 to_picture(const FaceRegion& region, Vec2 half_sides);
Vec2 to_region(const FaceRegion& region, Vec2 picture);

// What a network's log_spread means in pixels, of a region of this side, and back.
float expected_error_of(float log_spread, float region_side);
float log_spread_of(float expected_error, float region_side);

}  // namespace vitrine
