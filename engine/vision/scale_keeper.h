// SPDX-License-Identifier: MIT
// Millimetres from irises. A single look at two irises of a few pixels is rough, but how large they
// are against the face is a person's own and does not change: that proportion is averaged over
// seconds, and the face's size in this very frame does the rest.
#pragma once

#include "engine/vision/face_look.h"
#include "engine/vision/tracked_face.h"

namespace vitrine {

constexpr float kIrisMillimetres = 11.7f;
constexpr float kIrisSpread = 0.5f;

// What a camera shows: the picture's size in pixels and the lens.
struct Lens {
  int width = 0;
  int height = 0;
  float focal_length = 0;  // pixels
  bool assumed = true;     // from an assumed field of view, which is then a source of error
};

// `focal_length`, `field_of_view`: as TrackerOptions has them.
Lens lens_of(int width, int height, float focal_length, float field_of_view);

class ScaleKeeper {
 public:
  // `seconds` since the last frame; while a face is lost nothing is added. Eyes that are shut in
  // `openness` say nothing.
  void add(const FaceLook& look, const FaceOpenness& openness, float seconds);
  // For filtered landmarks. Nothing known until an open eye was seen.
  FaceScale scale(const Landmarks& landmarks, const HeadPose& pose, const Lens& lens) const;

 private:
  void add_eye(const FaceLook& look, LandmarkGroup group, float eye_distance);

  float weight_ = 0;
  float proportion_ = 0;  // iris diameters a frontal eye distance, times weight_
  float error_ = 0;       // expected, of the proportion, times weight_
};

}  // namespace vitrine
