// SPDX-License-Identifier: MIT
// One look of the landmark network at one region of a picture, said in the picture's own pixels.
#pragma once

#include <array>
#include <vector>

#include "engine/vision/face_models.h"
#include "engine/vision/picture_view.h"
#include "engine/vision/region_sampler.h"
#include "engine/vision/tracked_face.h"

namespace vitrine {

struct FaceLook {
  // Whether there was anything to see and the network's answer is made of finite numbers, landmarks
  // not far from the square, and a region of some size. If not, nothing else here counts.
  bool usable = false;
  float presence = 0;  // logit: above 0 a face is more likely than none
  FaceRegion seen;     // the square that was looked at
  FaceRegion region;   // the one that belongs to the landmarks found
  Landmarks landmarks{};
  HeadPose pose;  // roll is the head's in the picture, not in the square
  std::array<float, kLandmarkGroupCount> expected_error{};  // pixels
  float sharpness = 0;                                      // sharpness_of()
  SkinMask skin;
};

class FaceReader {
 public:
  // Borrows `models` for its life.
  FaceReader(FaceModels& models, RegionSampler& sampler);

  // Neither allocates. Expect: picture_fault(picture) is None.
  void look(const PictureView& picture, const FaceRegion& region, FaceLook& look);
  // Looks again at lips and eyes of a usable look at the same picture, closer, and then corrects
  // all landmarks by each other: landmarks, `pose` and `region` are better then. Expected errors
  // of lips and eyes are the closer looks', all of before the correction. What is nonsense changes
  // nothing; where no closer look was of use landmarks are corrected all the same.
  void look_closer(const PictureView& picture, FaceLook& look);
  // Sets to zero what is left of the last picture; models and sampler are their owner's to empty.
  void forget();

 private:
  std::span<float> picture_of(int side);
  void correct(std::span<const float> first_errors, FaceLook& look);

  FaceModels& models_;
  RegionSampler& sampler_;
  std::vector<float> rgb_;
  std::array<float, LandmarkNetwork::kCorrectionInputs> correction_inputs_{};
};

}  // namespace vitrine
