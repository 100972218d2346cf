// SPDX-License-Identifier: MIT
// For programs that draw one page to be looked at: real fonts, the sample campaign's drawings.
#pragma once

#include <functional>

#include "engine/base/geometry.h"
#include "engine/gfx/renderer.h"

namespace vitrine::test {

struct PaintedPage {
  Size pixels;
  Size units;        // that `draw` draws in
  float unit_ratio;  // pixels a unit
  // Called for each frame; pictures come within the first few.
  std::function<void(gfx::Canvas& canvas, gfx::Images& images)> draw;
};

// Draws until no picture is missing, writes a PNG and prints what the last frame cost. A program's
// exit status: 0, or 1 with the reason on standard error.
int paint_page(const PaintedPage& page, const char* file);

}  // namespace vitrine::test
