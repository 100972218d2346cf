// SPDX-License-Identifier: MIT
#include "native/kiosk/panel_mapping.h"

namespace vitrine {

Size PanelMapping::picture_size() const {
  return quarter_turns % 2 == 0 ? window : Size{window.height, window.width};
}

Vec2 PanelMapping::to_picture(Vec2 window_point) const {
  const Vec2 p = window_point - shift;
  switch (quarter_turns % 4) {
    case 1:
      return {p.y, window.width - p.x};
    case 2:
      return {window.width - p.x, window.height - p.y};
    case 3:
      return {window.height - p.y, p.x};
    default:
      return p;
  }
}

Vec2 PanelMapping::to_window(Vec2 picture_point) const {
  const Vec2 p = picture_point;
  switch (quarter_turns % 4) {
    case 1:
      return Vec2{window.width - p.y, p.x} + shift;
    case 2:
      return Vec2{window.width - p.x, window.height - p.y} + shift;
    case 3:
      return Vec2{p.y, window.height - p.x} + shift;
    default:
      return p + shift;
  }
}

// Row after row, every other one backwards, begun in the middle of the square: the way through all
// places is walked to its end and back again.
PixelShift burn_in_shift(int64_t time_us, int reach) {
  if (reach <= 0) return {};
  const int side = 2 * reach + 1;
  const int64_t last = int64_t{side} * side - 1;
  const int64_t step = (time_us / kBurnInStepUs + last / 2) % (2 * last);
  const auto place = static_cast<int>(step <= last ? step : 2 * last - step);
  const int row = place / side;
  const int along = place % side;
  return {(row % 2 == 0 ? along : side - 1 - along) - reach, row - reach};
}

}  // namespace vitrine
