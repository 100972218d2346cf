// SPDX-License-Identifier: MIT
// What is painted on the skin of the face: colour, lips, brows, make-up, stubble, small bumps.
#pragma once

#include "tools/vision/render/head_model.h"
#include "tools/vision/render/person.h"

namespace vitrine::faces {

// A place of the mean head, where all paint is placed.
struct SkinPlace {
  Vec3 base;                   // centimetres on the mean head
  float upper_lid, lower_lid;  // distance from the lids' edges
  float smile;                 // 0…1, deepens the folds beside the nose
};

struct SkinPaint {
  Color albedo;
  Vec3 bump;  // added to the normal, head space
  float gloss, shine;
  float open = 1;  // darkening of nostrils and folds
};

SkinPaint paint_skin(const HeadModel& model, const Person& person, const SkinPlace& place);

}  // namespace vitrine::faces
