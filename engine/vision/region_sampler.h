// SPDX-License-Identifier: MIT
// Draws a turned square of a picture as a network wants it: small, square, three channels,
// normalised. What is larger than the network's input is averaged first, so that detail does not
// turn into noise; what lies outside the picture repeats its border, as in training.
#pragma once

#include <cstddef>
#include <span>

#include "engine/vision/box_reduction.h"
#include "engine/vision/face_region.h"
#include "engine/vision/picture_view.h"

namespace vitrine {

// Of a square picture as a network wants it: three channels, row by row.
constexpr size_t rgb_values(int side) {
  return static_cast<size_t>(side) * static_cast<size_t>(side) * 3;
}

// Of all values before they were normalised, 0 to 1.
struct SampleLight {
  float mean = 0;
  float spread = 0;  // standard deviation; below kFlat there is nothing to see

  static constexpr float kFlat = 1 / 255.0f;
  bool is_flat() const { return !(spread >= kFlat); }
};

class RegionSampler {
 public:
  // Allocates for outputs up to `most_side` squared.
  explicit RegionSampler(int most_side);

  // Allocates nothing.
  // Expects: picture_fault(picture) is None; 1 <= side <= most_side; rgb_values(side) of `rgb`.
  // A region that is not finite gives some picture or other, never a read outside.
  SampleLight sample(const PictureView& picture, const FaceRegion& region, int side,
                     std::span<float> rgb);
  // Sets to zero what is left of the last picture.
  void forget() { reduction_.forget(); }

 private:
  BoxReduction reduction_;
  int most_side_;
};

}  // namespace vitrine
