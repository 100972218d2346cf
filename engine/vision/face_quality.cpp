// SPDX-License-Identifier: MIT
#include "engine/vision/face_quality.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

// Root mean square of a pixel less its four neighbours' mean, of luma, in a sharp picture.
// Of rendered faces as cameras show them half have more than 0.06, a tenth more than 0.13.
constexpr float kSharpDetail = 0.1f;

// 0 at `none`, 1 at `all`, straight between; either may be the larger.
float share_between(float value, float none, float all) {
  return clamp((value - none) / (all - none), 0, 1);
}

float luma(std::span<const float> rgb, size_t pixel) {
  return 0.25f * rgb[3 * pixel] + 0.5f * rgb[3 * pixel + 1] + 0.25f * rgb[3 * pixel + 2];
}

float frontal_share(const HeadPose& pose) {
  const float away = degrees(std::acos(clamp(std::cos(pose.yaw) * std::cos(pose.pitch), -1, 1)));
  return 1 - 0.7f * share_between(away, 20, 60);
}

}  // namespace

float sharpness_of(std::span<const float> rgb, int side) {
  const size_t row = static_cast<size_t>(side);
  const size_t first = std::max<size_t>(1, row / 4), last = row - first;
  float squares = 0, count = 0;
  for (size_t y = first; y < last; ++y) {
    for (size_t x = first; x < last; ++x) {
      const size_t at = y * row + x;
      const float round =
          luma(rgb, at - 1) + luma(rgb, at + 1) + luma(rgb, at - row) + luma(rgb, at + row);
      const float detail = luma(rgb, at) - round / 4;
      squares += detail * detail;
      ++count;
    }
  }
  return count > 0 ? clamp(std::sqrt(squares / count) / kSharpDetail, 0, 1) : 0;
}

float chance_of(float logit) {
  return 1 / (1 + std::exp(-logit));
}

FaceQuality quality_of(const QualityInputs& inputs) {
  FaceQuality quality;
  quality.presence = chance_of(inputs.presence);
  quality.certainty = share_between(inputs.mean_error, 0.12f, 0.02f);
  quality.size = share_between(inputs.eye_distance, 12, 40);
  quality.sharpness = inputs.sharpness;
  quality.frontal = frontal_share(inputs.pose);
  quality.score =
      quality.presence * quality.certainty * quality.size * quality.sharpness * quality.frontal;
  return quality;
}

}  // namespace vitrine
