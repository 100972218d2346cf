// SPDX-License-Identifier: MIT
// Short films with exact truth: the same persons from picture to picture, moving smoothly.
#pragma once

#include <string>
#include <vector>

#include "tools/vision/render/scene.h"

namespace vitrine::faces {

struct ClipSize {
  static constexpr int kWidth = 320, kHeight = 240;  // pixels
  static constexpr int kRate = 30;                   // pictures a second
  // Of the lens, pixels of the picture: 62 degrees across.
  static constexpr float kFocal = 266;
};

struct ClipPlan {
  const char* name;
  const char* shows;
  LightClass light;
  int frames;
  int persons;
};

// Every clip there is.
const std::vector<ClipPlan>& clip_plans();

struct ClipFrame {
  Picture picture;
  // By person: the place in the list is the face's id in the truth.
  std::vector<FaceTruth> faces;
  std::vector<float> distance_cm;  // from the lens to between the eyes' depth
};

// Draws the pictures of one clip, one after another. The same for the same model, plan and seed.
class Clip {
 public:
  Clip(const HeadModel& model, const ClipPlan& plan, uint64_t seed);
  ClipFrame draw(int frame);

 private:
  const HeadModel& model_;
  const ClipPlan& plan_;
  const Rng base_;
  Light light_;
  Sheet background_;
  std::vector<Person> person_;
  SettledLook look_;
  bool settled_ = false;
};

}  // namespace vitrine::faces
