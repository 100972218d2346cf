// SPDX-License-Identifier: MIT
// What there is a stored picture of: every state of every scene (of a claim's two dozen and a
// number's ten those that cases.cpp chooses), whatever lies over scenes, the tag of a line, and the
// plain screen before any campaign. A new state or overlay is a new case.
#pragma once

#include <string>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/base/real.h"
#include "engine/ui/preferences.h"

namespace vitrine::golden {

struct Case {
  std::string scene;  // "": no campaign, the plain screen that tells staff why
  std::string state;
  std::string overlay;  // over that state, by its name; "": none
  ui::Preferences preferences;
  // Played, not posed: somebody has touched the screen, and whoever waits may take a number.
  bool tagged = false;
  bool at_rest = true;  // the scene's first state, nothing over it
  std::string language;
  Size size;  // logical points
  float pixel_ratio = 1;

  // In pixels: "wall-360x640-zh", "wall-between-270x480-zh", "overlay-cleaning-216x384-zh",
  // "line-tag-360x640-zh".
  std::string name() const;
  int pixel_width() const { return nearest_int(size.width * pixel_ratio); }
  int pixel_height() const { return nearest_int(size.height * pixel_ratio); }
};

// Each in three sizes and two languages, with fewer pixels than screens have: what a test draws in
// software is paid by the pixel.
std::vector<Case> all_cases();
// Those of scenes at rest that are drawn on both sides.
std::vector<Case> cases_at_rest();

}  // namespace vitrine::golden
