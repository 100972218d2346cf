// SPDX-License-Identifier: MIT
// How far to trust what is said of a face: FaceQuality in tracked_face.h tells the parts.
#pragma once

#include <span>

#include "engine/vision/tracked_face.h"

namespace vitrine {

// The share of 1 that a logit stands for.
float chance_of(float logit);

// Detail in the middle half of a normalised picture (side squared x 3): 0 none, 1 as much as in a
// sharp one that fills the network's input.
float sharpness_of(std::span<const float> rgb, int side);

struct QualityInputs {
  float presence = 0;      // logit
  float mean_error = 0;    // expected, over the groups, in eye distances
  float eye_distance = 0;  // pixels
  float sharpness = 0;     // 0 to 1
  HeadPose pose;
};
FaceQuality quality_of(const QualityInputs& inputs);

}  // namespace vitrine
