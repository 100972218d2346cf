// SPDX-License-Identifier: MIT
#include "engine/input/staff_gesture.h"

namespace vitrine::input {

int StaffGesture::corner_of(Vec2 position) const {
  const float reach = kCorner * (size_.width < size_.height ? size_.width : size_.height);
  const bool left = position.x < reach;
  const bool right = position.x >= size_.width - reach;
  const bool top = position.y < reach;
  const bool bottom = position.y >= size_.height - reach;
  if (left == right || top == bottom) return -1;
  if (top) return left ? 0 : 1;
  return right ? 2 : 3;
}

bool StaffGesture::handle(const PointerEvent& event) {
  if (event.phase != PointerPhase::Down) return false;
  const int corner = corner_of(event.position);
  const bool follows =
      taps_ > 0 && corner == (corner_ + 1) % 4 && event.time_us - began_us_ <= kTimeUs;
  if (!follows) began_us_ = event.time_us;
  taps_ = corner < 0 ? 0 : follows ? taps_ + 1 : 1;
  corner_ = corner;
  if (taps_ < 4) return false;
  taps_ = 0;
  return true;
}

}  // namespace vitrine::input
