// SPDX-License-Identifier: MIT
// Draws one golden case: the real App over seams that answer from a Bundle, with a clock that
// steps. The same file is compiled into the native test and into the page's. Needs a current GL
// context of the case's size in pixels.
#pragma once

#include <string>

#include "engine/base/status.h"
#include "engine/platform/vector_rasterizer.h"
#include "tests/golden/bundle.h"
#include "tests/golden/cases.h"

namespace vitrine::golden {

struct StageOptions {
  // Instead of the bundle's drawings: for making the bundle.
  VectorRasterizer* rasterizer = nullptr;
  // Moves every lipstick two pixels to the right, which must not pass.
  bool shift_one_drawing = false;
};

// Internal when the campaign is refused, a drawing is missing, or the App does not come to rest.
Result<Image> draw_case(const Bundle& bundle, const Case& what, const StageOptions& options = {});

}  // namespace vitrine::golden
