// SPDX-License-Identifier: MIT
// What stands below one another in a column, on screens of every height: what is needed least goes
// where there is no room, the rest shrinks to its least before anything is cut.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/geometry.h"

namespace vitrine::scenes {

struct Band {
  Rect* place = nullptr;    // the result; no height: it had to go. Null: only room
  float want = 0;           // its height
  float least = 0;          // at most `want`
  float gap = 0;            // above it; shrinks to a third
  uint8_t dispensable = 0;  // 0: never goes; of the others the largest goes first
};

// Over the width of `area`, from its top. What room is left widens the gaps to at most the double,
// then `above` (0..1) of the rest stands above everything. Expects: at most 16 bands.
void lay_out_bands(const Rect& area, std::span<const Band> bands, float above = 0.5f);

}  // namespace vitrine::scenes
