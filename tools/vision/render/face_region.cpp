// SPDX-License-Identifier: MIT
#include "tools/vision/render/face_region.h"

namespace vitrine::faces {

Region region_of(const std::array<Vec2, kLandmarkCount>& points) {
  // Lids, brows and nose wholly, of the lips the outer border: what every pose shows at least half
  // of.
  Vec2 sum;
  float count = 0;
  auto each = [&](auto visit) {
    for (size_t i = 0; i < points.size(); ++i) {
      if (i < 20 || (i >= 40 && i < 92) || (i >= 116 && i < 127)) visit(points[i]);
    }
  };
  each([&](Vec2 p) { sum = sum + p, ++count; });
  const Vec2 middle = sum * (1 / count);
  float spread = 0;
  each([&](Vec2 p) { spread += square(p.x - middle.x) + square(p.y - middle.y); });
  const float side = 3.4f * std::sqrt(spread / count);
  return {{middle.x, middle.y + 0.06f * side}, side};
}

}  // namespace vitrine::faces
