// SPDX-License-Identifier: MIT
#include "engine/vision/face_parts.h"

#include <algorithm>

#include "engine/vision/number_checks_internal.h"

namespace vitrine {
namespace {

// A landmark further from the middle, in half sides, shows that this is no such part.
constexpr float kFarthest = 2;

bool is_usable(FacePart part, const PartOutput& output) {
  const PartShape shape = shape_of(part);
  return output.landmarks.size() == 2 * static_cast<size_t>(shape.landmarks) &&
         output.log_spread.size() == static_cast<size_t>(shape.groups) &&
         all_within(output.landmarks, kFarthest) && all_finite(output.log_spread);
}

// Of the face what the network takes for landmark `i`.
size_t landmark_seen_as(size_t i, const CloserLook& look) {
  return look.is_mirrored ? mirrored_landmarks()[i] : i;
}

size_t group_with(size_t landmark) {
  size_t group = 0;
  while (landmark >= size_t{kLandmarkGroups[group].first} + kLandmarkGroups[group].count) ++group;
  return group;
}

}  // namespace

FaceRegion square_of(const CloserLook& look, std::span<const Vec2, kLandmarkCount> landmarks,
                     const FaceRegion& face) {
  Vec2 sum;
  size_t count = 0;
  for (size_t g = 0; g < 2; ++g) {
    const LandmarkRange& range = range_of(look.groups[g]);
    for (size_t i = 0; i < range.count; ++i, ++count)
      sum = sum + landmarks[landmark_seen_as(range.first + i, look)];
  }
  return {sum * (1 / static_cast<float>(count)), face.side * look.share, face.turn};
}

bool take_look(const CloserLook& look, const PartOutput& output, const FaceRegion& square,
               float weight, Landmarks& landmarks,
               std::array<float, kLandmarkGroupCount>& expected_error) {
  if (!is_usable(look.part, output)) return false;
  const float flip = look.is_mirrored ? -1.0f : 1.0f;
  const auto mixed = [weight](auto old, auto said) { return old * (1 - weight) + said * weight; };
  size_t next = 0;
  for (size_t g = 0; g < look.group_count; ++g) {
    const LandmarkRange& range = range_of(look.groups[g]);
    for (size_t i = 0; i < range.count; ++i, next += 2) {
      Vec2& place = landmarks[landmark_seen_as(range.first + i, look)];
      place = mixed(
          place, to_picture(square, {flip * output.landmarks[next], output.landmarks[next + 1]}));
    }
    float& error = expected_error[group_with(landmark_seen_as(range.first, look))];
    error = mixed(error, expected_error_of(output.log_spread[g], square.side / look.share));
  }
  return true;
}

void mirror(std::span<float> rgb, int side) {
  for (int row = 0; row < side; ++row) {
    float* const first = rgb.data() + static_cast<ptrdiff_t>(row) * side * 3;
    for (int left = 0, right = side - 1; left < right; ++left, --right)
      std::swap_ranges(first + left * 3, first + left * 3 + 3, first + right * 3);
  }
}

}  // namespace vitrine
