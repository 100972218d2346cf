// SPDX-License-Identifier: MIT
// Closer looks at parts of a face: the squares round them and what the network's answer means
// there. The rules are part of the networks: tools/vision/train/parts.py.
#pragma once

#include <array>
#include <span>

#include "engine/vision/face_region.h"
#include "engine/vision/landmarks.h"
#include "engine/vision/part_network.h"

namespace vitrine {

struct CloserLook {
  FacePart part = FacePart::Lips;
  // Looked at mirrored: the right eye, which the one network takes for a left one, and the lips
  // once more.
  bool is_mirrored = false;
  float share = 0;                        // the square's side in sides of the face region
  std::array<LandmarkGroup, 3> groups{};  // as the network names and orders them
  size_t group_count = 0;                 // the square's middle is the mean of the first two
  bool is_second = false;  // of the same landmarks as the look before it: the mean counts
};

constexpr std::array<CloserLook, 4> kCloserLooks = [] {
  using enum LandmarkGroup;
  const CloserLook lips{FacePart::Lips, false, 0.5f, {LipsOuter, LipsInner}, 2};
  const CloserLook eye{FacePart::Eye, false, 0.36f, {LidLeft, BrowLeft, IrisLeft}, 3};
  CloserLook lips_again = lips, right_eye = eye;
  lips_again.is_mirrored = right_eye.is_mirrored = true;
  lips_again.is_second = true;
  return std::array{lips, lips_again, eye, right_eye};
}();

constexpr PartShape shape_of(const CloserLook& look) {
  PartShape shape{0, static_cast<int>(look.group_count)};
  for (size_t i = 0; i < look.group_count; ++i) shape.landmarks += range_of(look.groups[i]).count;
  return shape;
}
static_assert(shape_of(kCloserLooks[0]) == kLipsShape && shape_of(kCloserLooks[2]) == kEyeShape);

// The square to look at, turned as `face` is: the region that belongs to `landmarks`.
FaceRegion square_of(const CloserLook& look, std::span<const Vec2, kLandmarkCount> landmarks,
                     const FaceRegion& face);

// Puts the answer of a look at `square` into `landmarks` and into `expected_error` (pixels, a group
// each); with a `weight` below 1 the rest stays what was there. False, and nothing is changed: the
// answer is not finite or lies far outside the square.
bool take_look(const CloserLook& look, const PartOutput& output, const FaceRegion& square,
               float weight, Landmarks& landmarks,
               std::array<float, kLandmarkGroupCount>& expected_error);

// Flips a picture of side squared RGB pixels left to right.
void mirror(std::span<float> rgb, int side);

}  // namespace vitrine
