// SPDX-License-Identifier: MIT
#include "engine/vision/face_region.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr float kSidePerSpread = 3.4f;
constexpr float kMiddleBelow = 0.06f;  // sides

constexpr LandmarkGroup kCounted[] = {LandmarkGroup::LipsOuter, LandmarkGroup::LidLeft,
                                      LandmarkGroup::LidRight,  LandmarkGroup::BrowLeft,
                                      LandmarkGroup::BrowRight, LandmarkGroup::Nose};

template <typename Function>
float sum_over_counted(std::span<const Vec2, kLandmarkCount> landmarks, Function term) {
  float sum = 0;
  for (LandmarkGroup group : kCounted) {
    for (Vec2 place : group_of(landmarks, group)) sum += term(place);
  }
  return sum;
}

}  // namespace

FaceRegion region_of(std::span<const Vec2, kLandmarkCount> landmarks, float roll) {
  const float count = sum_over_counted(landmarks, [](Vec2) { return 1.0f; });
  const Vec2 mean{sum_over_counted(landmarks, [](Vec2 place) { return place.x; }) / count,
                  sum_over_counted(landmarks, [](Vec2 place) { return place.y; }) / count};
  const float squares = sum_over_counted(landmarks, [mean](Vec2 place) {
    const Vec2 d = place - mean;
    return d.x * d.x + d.y * d.y;
  });
  FaceRegion region;
  region.side = kSidePerSpread * std::sqrt(squares / count);
  region.turn = -roll;
  // "Below" is towards the chin, whichever way the head leans.
  const Vec2 down{-std::sin(region.turn), std::cos(region.turn)};
  region.middle = mean + down * (kMiddleBelow * region.side);
  return region;
}

Vec2 to_picture(const FaceRegion& region, Vec2 half_sides) {
  const float half = region.side / 2;
  const float sine = std::sin(region.turn), cosine = std::cos(region.turn);
  return region.middle + Vec2{half * (cosine * half_sides.x - sine * half_sides.y),
                              half * (sine * half_sides.x + cosine * half_sides.y)};
}

Vec2 to_region(const FaceRegion& region, Vec2 picture) {
  const Vec2 d = picture - region.middle;
  const float sine = std::sin(region.turn), cosine = std::cos(region.turn);
  const float inverse = 2 / region.side;
  return {inverse * (cosine * d.x + sine * d.y), inverse * (cosine * d.y - sine * d.x)};
}

float expected_error_of(float log_spread, float region_side) {
  // As in training, where it was held between these.
  return std::exp(std::clamp(log_spread, -6.0f, 1.0f)) * region_side / 2;
}

float log_spread_of(float expected_error, float region_side) {
  return std::log(expected_error * 2 / region_side);
}

}  // namespace vitrine
