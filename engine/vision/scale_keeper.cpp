// SPDX-License-Identifier: MIT
#include "engine/vision/scale_keeper.h"

#include <algorithm>
#include <cmath>

#include "engine/vision/face_measures.h"

namespace vitrine {
namespace {

constexpr float kMemorySeconds = 5;
constexpr float kShutEye = 0.1f;
// Left of a look after some five minutes of shut eyes. Later the sums are too small for a float,
// and in the end the proportion is 0 over something: a face without a size at an infinite distance.
constexpr float kLeastWeight = 1e-20f;
// Of a lens whose field of view is the default or a guess: 55 to 78 degrees across are usual.
constexpr float kLensSpread = 0.15f;

}  // namespace

Lens lens_of(int width, int height, float focal_length, float field_of_view) {
  const bool assumed = focal_length <= 0;
  const float half = static_cast<float>(std::max(width, height)) / 2;
  return {width, height, assumed ? half / std::tan(field_of_view / 2) : focal_length, assumed};
}

void ScaleKeeper::add(const FaceLook& look, const FaceOpenness& openness, float seconds) {
  const float kept = std::exp(-seconds / kMemorySeconds);
  weight_ *= kept;
  proportion_ *= kept;
  error_ *= kept;
  const float eye_distance = frontal_eye_distance(look.landmarks, look.pose);
  if (!(eye_distance > 0)) return;
  if (openness.eye_left > kShutEye) add_eye(look, LandmarkGroup::IrisLeft, eye_distance);
  if (openness.eye_right > kShutEye) add_eye(look, LandmarkGroup::IrisRight, eye_distance);
}

void ScaleKeeper::add_eye(const FaceLook& look, LandmarkGroup group, float eye_distance) {
  const float proportion = iris_diameter(look.landmarks, group) / eye_distance;
  const float error = look.expected_error[static_cast<size_t>(group)] / eye_distance;
  if (!(proportion > 0)) return;
  // The more the face is turned away and the less the network is sure, the less it counts.
  const float sure = breadth_seen(look.pose) / std::max(error, 0.005f);
  const float weight = sure * sure;
  weight_ += weight;
  proportion_ += weight * proportion;
  error_ += weight * error;
}

FaceScale ScaleKeeper::scale(const Landmarks& landmarks, const HeadPose& pose,
                             const Lens& lens) const {
  FaceScale scale;
  const float eye_distance = frontal_eye_distance(landmarks, pose);
  if (!(weight_ > kLeastWeight) || !(eye_distance > 0)) return scale;
  const float proportion = proportion_ / weight_;
  // A rim's places err together, by what a face looks like: nothing of it is averaged away. With
  // half of it 5 % were stated where 8 % were measured (docs/vision/tracker.md).
  const float measured = error_ / weight_ / proportion;
  const float people = kIrisSpread / kIrisMillimetres;
  const float relative = std::sqrt(people * people + measured * measured);
  const float millimetres = kIrisMillimetres / proportion;
  scale.eye_distance = {millimetres, millimetres * relative};
  const float each = millimetres / eye_distance;
  scale.millimetres_per_pixel = {each, each * relative};
  const Vec2 middle{static_cast<float>(lens.width - 1) / 2,
                    static_cast<float>(lens.height - 1) / 2};
  const Vec2 aside = between_eyes(landmarks) - middle;
  scale.place = {aside.x * each, aside.y * each, lens.focal_length * each};
  const float lens_error = lens.assumed ? kLensSpread : 0;
  scale.place_uncertainty =
      scale.place.z * std::sqrt(relative * relative + lens_error * lens_error);
  return scale;
}

}  // namespace vitrine
