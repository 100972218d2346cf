// SPDX-License-Identifier: MIT
#pragma once

#include "engine/gfx/path.h"

namespace vitrine::test {

// By four curves; its radius is off by 0.03 % at most.
inline gfx::Path circle(Vec2 center, float r) {
  const float k = 0.5522848f * r;
  const auto at = [&](float x, float y) { return center + Vec2{x, y}; };
  gfx::Path path;
  path.move_to(at(r, 0))
      .cubic_to(at(r, k), at(k, r), at(0, r))
      .cubic_to(at(-k, r), at(-r, k), at(-r, 0))
      .cubic_to(at(-r, -k), at(-k, -r), at(0, -r))
      .cubic_to(at(k, -r), at(r, -k), at(r, 0))
      .close();
  return path;
}

}  // namespace vitrine::test
