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
  float weight = 1;                       // of the answer; the rest stays what was there
};

constexpr std::array<CloserLook, 4> kCloserLooks = [] {
  using enum LandmarkGroup;
  const CloserLook lips{FacePart::Lips, false, 0.5f, {LipsOuter, LipsInner}, 2, 1};
  const CloserLook eye{FacePart::Eye, false, 0.36f, {LidLeft, BrowLeft, IrisLeft}, 3, 1};
  CloserLook lips_again = lips, right_eye = eye;
  lips_again.is_mirrored = right_eye.is_mirrored = true;
  lips_again.weight = 0.5f;
  return std::array{lips, lips_again, eye, right_eye};
}();

// The square to look at, turned as `face` is: the region that belongs to `landmarks`.
FaceRegion square_of(const CloserLook& look, std::span<const Vec2, kLandmarkCount> landmarks,
                     const FaceRegion& face);

// Puts the answer of a look at `square` into `landmarks` and into `expected_error` (pixels, a group
// each). False, and nothing is changed: the answer is not finite or lies far outside the square.
bool take_look(const CloserLook& look, const PartOutput& output, const FaceRegion& square,
               Landmarks& landmarks, std::array<float, kLandmarkGroupCount>& expected_error);

// Flips a picture of side squared RGB pixels left to right.
void mirror(std::span<float> rgb, int side);

}  // namespace vitrine
