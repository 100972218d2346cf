// SPDX-License-Identifier: MIT
#include "engine/vision/face_look.h"

#include <algorithm>
#include <cmath>

#include "engine/vision/detection.h"
#include "engine/vision/face_quality.h"
#include "engine/vision/landmark_filter.h"

namespace vitrine {
namespace {

// As in training, where it was held between these.
constexpr float kLeastLogSpread = -6, kMostLogSpread = 1;
// Half sides from the region's middle. No landmark of a face is so far off; what is would reach the
// filters as infinity, or drag them for seconds.
constexpr float kFarthest = 8;

bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(),
                     [](float value) { return std::isfinite(value); });
}

bool all_near(std::span<const float> places) {
  return std::all_of(places.begin(), places.end(),
                     [](float place) { return std::fabs(place) <= kFarthest; });
}

bool is_whole(const LandmarkOutput& output) {
  return output.landmarks.size() == 2 * kLandmarkCount &&
         output.log_spread.size() == kLandmarkGroupCount && all_near(output.landmarks) &&
         all_finite(output.log_spread) && std::isfinite(output.yaw) &&
         std::isfinite(output.pitch) && std::isfinite(output.roll) &&
         std::isfinite(output.presence);
}

float chance_of(float logit) {
  return 1 / (1 + std::exp(-logit));
}

void take_landmarks(const LandmarkOutput& output, FaceLook& look) {
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    look.landmarks[i] =
        to_picture(look.seen, {output.landmarks[2 * i], output.landmarks[2 * i + 1]});
  }
}

void take_errors(const LandmarkOutput& output, FaceLook& look) {
  for (size_t i = 0; i < kLandmarkGroupCount; ++i) {
    const float log_spread = std::clamp(output.log_spread[i], kLeastLogSpread, kMostLogSpread);
    look.expected_error[i] = std::exp(log_spread) * look.seen.side / 2;
  }
}

void take_skin(const LandmarkOutput& output, FaceLook& look) {
  const size_t cells =
      static_cast<size_t>(output.mask_side) * static_cast<size_t>(output.mask_side);
  look.skin.side = 0;
  if (output.mask_side < 1 || output.mask_side > SkinMask::kMaxSide) return;
  if (output.mask.size() != cells || !all_finite(output.mask)) return;
  look.skin.region = look.seen;
  look.skin.side = output.mask_side;
  for (size_t i = 0; i < cells; ++i)
    look.skin.cells[i] = static_cast<uint8_t>(255 * chance_of(output.mask[i]) + 0.5f);
}

}  // namespace

FaceReader::FaceReader(FaceModels& models, RegionSampler& sampler)
    : models_(models),
      sampler_(sampler),
      rgb_(static_cast<size_t>(models.landmark_side() * models.landmark_side()) * 3) {}

void FaceReader::look(const PictureView& picture, const FaceRegion& region, FaceLook& look) {
  look.usable = false;
  look.seen = region;
  if (sampler_.sample(picture, region, models_.landmark_side(), rgb_).is_flat()) return;
  const LandmarkOutput& output = models_.landmarks(rgb_);
  if (!is_whole(output)) return;
  look.presence = output.presence;
  // The square is turned clockwise by `turn`, so the head in it seems turned the other way by that.
  look.pose = {output.yaw, output.pitch, wrapped_angle(output.roll - region.turn)};
  take_landmarks(output, look);
  take_errors(output, look);
  take_skin(output, look);
  look.region = region_of(look.landmarks, look.pose.roll);
  look.sharpness = sharpness_of(rgb_, models_.landmark_side());
  look.usable = look.region.side >= kLeastRegion / 2 && look.region.side <= 3 * region.side;
}

}  // namespace vitrine
