// SPDX-License-Identifier: MIT
#include "engine/vision/face_look.h"

#include <algorithm>
#include <cmath>

#include "engine/vision/detection.h"
#include "engine/vision/face_parts.h"
#include "engine/vision/face_quality.h"
#include "engine/vision/landmark_filter.h"
#include "engine/vision/number_checks_internal.h"

namespace vitrine {
namespace {

static_assert(LandmarkNetwork::kLandmarks == kLandmarkCount &&
              LandmarkNetwork::kGroups == kLandmarkGroupCount);

// Half sides from the region's middle. No landmark of a face is so far off; what is would reach the
// filters as infinity, or drag them for seconds.
constexpr float kFarthest = 8;
// What the correction moves, in half sides and radians: many times what networks are wrong by.
constexpr float kMostShift = 0.5f, kMostPoseShift = 1;
// Radians: a whole turn. No head's angle is beyond; what is would overflow in filters.
constexpr float kMostTurn = 6.2832f;

bool is_whole(const LandmarkOutput& output) {
  return output.landmarks.size() == 2 * kLandmarkCount &&
         output.log_spread.size() == kLandmarkGroupCount &&
         all_within(output.landmarks, kFarthest) && all_finite(output.log_spread) &&
         all_within(std::array{output.yaw, output.pitch, output.roll}, kMostTurn) &&
         std::isfinite(output.presence);
}

bool is_whole(const FaceCorrection& by) {
  return (by.landmarks.empty() || by.landmarks.size() == 2 * kLandmarkCount) &&
         all_within(by.landmarks, kMostShift) &&
         all_within(std::array{by.yaw, by.pitch, by.roll}, kMostPoseShift);
}

void take_landmarks(const LandmarkOutput& output, FaceLook& look) {
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    look.landmarks[i] =
        to_picture(look.seen, {output.landmarks[2 * i], output.landmarks[2 * i + 1]});
  }
}

void take_errors(const LandmarkOutput& output, FaceLook& look) {
  for (size_t i = 0; i < kLandmarkGroupCount; ++i) {
    look.expected_error[i] = expected_error_of(output.log_spread[i], look.seen.side);
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
    : models_(models), sampler_(sampler), rgb_(rgb_values(models.most_side())) {}

std::span<float> FaceReader::picture_of(int side) {
  return std::span(rgb_).first(rgb_values(side));
}

void FaceReader::look(const PictureView& picture, const FaceRegion& region, FaceLook& look) {
  look.usable = false;
  look.seen = region;
  const int side = models_.landmark_side();
  const std::span<float> rgb = picture_of(side);
  if (sampler_.sample(picture, region, side, rgb).is_flat()) return;
  const LandmarkOutput& output = models_.landmarks(rgb);
  if (!is_whole(output)) return;
  look.presence = output.presence;
  // The square is turned clockwise by `turn`, so the head in it seems turned the other way by that.
  look.pose = {output.yaw, output.pitch, wrapped_angle(output.roll - region.turn)};
  take_landmarks(output, look);
  take_errors(output, look);
  take_skin(output, look);
  look.sharpness = sharpness_of(rgb, side);
  look.region = region_of(look.landmarks, look.pose.roll);
  look.usable = look.region.side >= kLeastRegion / 2 && look.region.side <= 3 * region.side;
}

void FaceReader::look_closer(const PictureView& picture, FaceLook& look) {
  const Landmarks first = look.landmarks;
  const auto first_errors = look.expected_error;
  FaceRegion square;
  bool is_visible = false, taken = false;  // of the square and its first look
  for (const CloserLook& closer : kCloserLooks) {
    const int side = models_.part_side(closer.part);
    if (side == 0) continue;
    const std::span<float> rgb = picture_of(side);
    if (!closer.is_second) {
      square = square_of(closer, first, look.region);
      is_visible = !sampler_.sample(picture, square, side, rgb).is_flat();
      taken = false;
    }
    if (!is_visible) continue;
    if (closer.is_mirrored) mirror(rgb, side);
    taken = take_look(closer, models_.part(closer.part, rgb), square, taken ? 0.5f : 1,
                      look.landmarks, look.expected_error);
  }
  look.region = region_of(look.landmarks, look.pose.roll);
  correct(first_errors, look);
}

void FaceReader::correct(std::span<const float> first_errors, FaceLook& look) {
  float* put = correction_inputs_.data();
  for (const Vec2 landmark : look.landmarks) {
    const Vec2 place = to_region(look.region, landmark);
    *put++ = place.x;
    *put++ = place.y;
  }
  *put++ = look.pose.yaw;
  *put++ = look.pose.pitch;
  for (const float error : first_errors) *put++ = log_spread_of(error, look.seen.side);
  const FaceCorrection& by = models_.correct(correction_inputs_);
  if (!is_whole(by)) return;
  for (size_t i = 0; i < by.landmarks.size() / 2; ++i) {
    const Vec2 place{correction_inputs_[2 * i], correction_inputs_[2 * i + 1]};
    look.landmarks[i] =
        to_picture(look.region, place + Vec2{by.landmarks[2 * i], by.landmarks[2 * i + 1]});
  }
  look.pose = {look.pose.yaw + by.yaw, look.pose.pitch + by.pitch,
               wrapped_angle(look.pose.roll + by.roll)};
  look.region = region_of(look.landmarks, look.pose.roll);
}

void FaceReader::forget() {
  std::fill(rgb_.begin(), rgb_.end(), 0.0f);
  correction_inputs_.fill(0);
}

}  // namespace vitrine
