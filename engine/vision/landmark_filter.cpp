// SPDX-License-Identifier: MIT
#include "engine/vision/landmark_filter.h"

#include <cmath>
#include <numbers>
#include <span>

namespace vitrine {
namespace {

constexpr OneEuro kFace{.least_cutoff = 0.5f, .rise = 8, .speed_cutoff = 1};
constexpr OneEuro kQuick{.least_cutoff = 0.6f, .rise = 12, .speed_cutoff = 1.5f};
constexpr OneEuro kSteady{.least_cutoff = 0.4f, .rise = 7, .speed_cutoff = 1};

}  // namespace

const std::array<OneEuro, kLandmarkGroupCount> kLandmarkFilters = {kQuick,  kQuick,   // lips
                                                                   kQuick,  kQuick,   // lids
                                                                   kFace,   kFace,    // brows
                                                                   kSteady, kFace,    // oval, nose
                                                                   kQuick,  kQuick};  // irises
const OneEuro kPoseFilter{.least_cutoff = 0.6f, .rise = 6, .speed_cutoff = 1};

float wrapped_angle(float radians) {
  return std::remainder(radians, 2 * std::numbers::pi_v<float>);
}

void LandmarkFilter::start(const Landmarks& landmarks, const HeadPose& pose) {
  for (size_t i = 0; i < kLandmarkCount; ++i) places_[i].start(landmarks[i]);
  pose_[0].start({pose.yaw, pose.pitch});
  pose_[1].start({pose.roll, 0});
}

void LandmarkFilter::update(const Landmarks& landmarks, const HeadPose& pose, float eye_distance,
                            float seconds) {
  for (const LandmarkRange& range : kLandmarkGroups) {
    filter_group(std::span(places_).subspan(range.first, range.count),
                 std::span(landmarks).subspan(range.first, range.count),
                 kLandmarkFilters[static_cast<size_t>(range.group)], eye_distance, seconds);
  }
  // A head that leans past half a turn goes on from there, not the long way back.
  const float roll = pose_[1].input.x + wrapped_angle(pose.roll - pose_[1].input.x);
  const Vec2 turns[] = {{pose.yaw, pose.pitch}, {roll, 0}};
  filter_group(pose_, turns, kPoseFilter, 1, seconds);
}

void LandmarkFilter::move(Vec2 shift) {
  for (FilteredPlace& place : places_) {
    place.input = place.input + shift;
    place.value = place.value + shift;
  }
}

Landmarks LandmarkFilter::landmarks() const {
  Landmarks landmarks;
  for (size_t i = 0; i < kLandmarkCount; ++i) landmarks[i] = places_[i].value;
  return landmarks;
}

HeadPose LandmarkFilter::pose() const {
  return {pose_[0].value.x, pose_[0].value.y, wrapped_angle(pose_[1].value.x)};
}

}  // namespace vitrine
