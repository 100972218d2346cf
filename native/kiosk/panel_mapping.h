// SPDX-License-Identifier: MIT
// How the picture lies on the panel: turned in quarters, because a screen hangs on its side and no
// compositor turns it, and moved by a few pixels against burn-in. Pure.
//
// The picture is what the App draws, always upright; the window is what the system shows. Both
// measure in logical points from their own left top.
#pragma once

#include <cstdint>

#include "engine/base/geometry.h"

namespace vitrine {

struct PanelMapping {
  uint8_t quarter_turns = 0;  // 0..3: how far the picture is turned clockwise on the window
  Size window;
  Vec2 shift;  // of the picture, in points of the window

  Size picture_size() const;
  Vec2 to_picture(Vec2 window_point) const;
  Vec2 to_window(Vec2 picture_point) const;
};

// Where the picture stands at `time_us` of the monotonic clock: whole device pixels from the
// middle, at most `reach` each way. A step of one pixel along one axis every two minutes, through
// all places of the square and back, so that no place is favoured and no step is seen.
struct PixelShift {
  int x = 0;
  int y = 0;
  friend bool operator==(const PixelShift&, const PixelShift&) = default;
};
inline constexpr int64_t kBurnInStepUs = 120'000'000;
inline constexpr int kMaxBurnInReach = 16;
PixelShift burn_in_shift(int64_t time_us, int reach);

}  // namespace vitrine
