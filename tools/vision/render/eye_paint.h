// SPDX-License-Identifier: MIT
// The eyeball: white with veins, iris with its dark rim, pupil.
#pragma once

#include "tools/vision/render/person.h"

namespace vitrine::faces {

struct EyePaint {
  Color albedo;
  float gloss, open;
};

// `from_centre` points from the eyeball's middle to the place, on the mean head.
EyePaint paint_eye(const Person& person, Vec3 from_centre);

}  // namespace vitrine::faces
