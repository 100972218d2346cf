// SPDX-License-Identifier: MIT
// Short films with exact truth: the same persons from picture to picture, moving smoothly.
#pragma once

#include <string>
#include <vector>

#include "tools/vision/render/scene.h"

namespace vitrine::faces {

constexpr int kClipRate = 30;  // pictures a second

// Of a film's pictures, 4 to 3, in pixels.
struct ClipSize {
  // Of heights: so that widths and focal lengths are whole, too.
  static constexpr int kStep = 120;
  int height = 240;
  int width() const { return height / 3 * 4; }
  // Of the lens: 62 degrees across.
  int focal() const { return 133 * height / kStep; }
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

// Draws the pictures of one clip, one after another. The same for the same model, plan, size and
// seed.
class Clip {
 public:
  Clip(const HeadModel& model, const ClipPlan& plan, ClipSize size, uint64_t seed);
  ClipFrame draw(int frame);

 private:
  const HeadModel& model_;
  const ClipPlan& plan_;
  const ClipSize size_;
  const Rng base_;
  Light light_;
  Sheet background_;
  std::vector<Person> person_;
  SettledLook look_;
  bool settled_ = false;
};

}  // namespace vitrine::faces
