// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/vision/tracked_face.h"

namespace vitrine {

float SkinMask::at(Vec2 place) const {
  if (side < 1 || !(region.side > 0)) return 0;
  const Vec2 half = to_region(region, place);
  if (!(half.x >= -1 && half.x <= 1 && half.y >= -1 && half.y <= 1)) return 0;
  const float count = static_cast<float>(side);
  const auto held = [&](float v) { return clamp((v + 1) / 2 * count - 0.5f, 0, count - 1); };
  const float x = held(half.x), y = held(half.y);
  const int left = static_cast<int>(x), top = static_cast<int>(y);
  const int right = std::min(left + 1, side - 1), bottom = std::min(top + 1, side - 1);
  const auto cell = [&](int column, int row) {
    return static_cast<float>(cells[static_cast<size_t>(row * side + column)]) / 255;
  };
  const float tx = x - static_cast<float>(left), ty = y - static_cast<float>(top);
  return lerp(lerp(cell(left, top), cell(right, top), tx),
              lerp(cell(left, bottom), cell(right, bottom), tx), ty);
}

}  // namespace vitrine
