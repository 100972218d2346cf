// SPDX-License-Identifier: MIT
// One person before the camera: shape, clothes of the head, place, all corners on their way to
// pixels.
#pragma once

#include "tools/vision/render/camera_view.h"
#include "tools/vision/render/lighting.h"
#include "tools/vision/render/shape.h"

namespace vitrine::faces {

struct PosedHead {
  const HeadModel* model;
  Person person;
  Pose pose;
  View view;
  float smile = 0;
  std::vector<Vec3> skin;   // head space, bare
  std::vector<Vec3> shape;  // head space, with hair's volume or what covers it
  std::vector<Vec3> world, normal;
  std::vector<Corner> seen;

  // Fills world, normal and seen from shape and view.
  void place();
};

// A person drawn by chance, at a distance of a mirror; `place()` is left to who moves the view
// first.
PosedHead sample_head(const HeadModel& model, const Rng& rng, Tones tones);

}  // namespace vitrine::faces
