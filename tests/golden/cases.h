// SPDX-License-Identifier: MIT
// What there is a stored picture of: every state of every scene. A new state is a new case.
#pragma once

#include <string>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/base/real.h"

namespace vitrine::golden {

struct Case {
  std::string scene;
  std::string state;
  bool at_rest = true;     // the scene's first state
  std::string language;
  Size size;               // logical points
  float pixel_ratio = 1;

  std::string name() const;  // "wall-360x640-zh", "wall-between-270x480-zh", in pixels
  int pixel_width() const { return nearest_int(size.width * pixel_ratio); }
  int pixel_height() const { return nearest_int(size.height * pixel_ratio); }
};

// Every state of every scene in three sizes and two languages, with fewer pixels than screens have:
// what a test draws in software is paid by the pixel.
std::vector<Case> all_cases();
// Those of scenes at rest: what is drawn on both sides.
std::vector<Case> cases_at_rest();

}  // namespace vitrine::golden
