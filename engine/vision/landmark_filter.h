// SPDX-License-Identifier: MIT
// Steadies the landmarks and the pose of one face over time, each group at its own rate.
#pragma once

#include <array>

#include "engine/vision/landmarks.h"
#include "engine/vision/one_euro.h"
#include "engine/vision/tracked_face.h"

namespace vitrine {

// Of places in eye distances, a group each (LandmarkGroup). Aims: of landmarks that shake by 0.6 %
// of the eye distance at 30 frames a second at most 0.3 % remains; at one eye distance a second
// what is shown is at most 50 ms old. Lids and lips are quicker, for a blink lasts a tenth of a
// second; the oval, the least certain of all, is steadier.
extern const std::array<OneEuro, kLandmarkGroupCount> kLandmarkFilters;
extern const OneEuro kPoseFilter;  // radians

class LandmarkFilter {
 public:
  void start(const Landmarks& landmarks, const HeadPose& pose);
  // `seconds` since the last call, > 0. `eye_distance`: pixels, > 0. Expects: start() was called.
  void update(const Landmarks& landmarks, const HeadPose& pose, float eye_distance, float seconds);
  // Moves all by `shift` pixels, as while a face is lost.
  void move(Vec2 shift);

  Landmarks landmarks() const;
  HeadPose pose() const;

 private:
  std::array<FilteredPlace, kLandmarkCount> places_{};
  std::array<FilteredPlace, 2> pose_{};  // yaw and pitch; roll
};

// The same angle between -pi and pi. Expects: finite.
float wrapped_angle(float radians);

}  // namespace vitrine
