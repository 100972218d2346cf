// SPDX-License-Identifier: MIT
// Rays of light behind a prize.
#pragma once

#include <array>

#include "engine/gfx/path.h"
#include "engine/ui/painter.h"

namespace vitrine::scenes {

class Rays {
 public:
  static constexpr int kCount = 20;

  // How far they reach. Expects: called before draw().
  void layout(float reach);
  // About `center`; `grown` 0..1 of their length, `turn` in radians.
  void draw(ui::Painter& painter, Vec2 center, float grown, float turn, const Color& color) const;

 private:
  std::array<gfx::Path, 3> wedges_;  // kept: a narrow, a middling, a wide one
};

}  // namespace vitrine::scenes
