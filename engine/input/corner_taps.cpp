// SPDX-License-Identifier: MIT
#include "engine/input/corner_taps.h"

namespace vitrine::input {
namespace {

constexpr int kCorners = 4;
constexpr int kNone = -1;

// 0 to 3 clockwise from the upper left.
int corner_at(Vec2 position, Size screen) {
  const float side =
      CornerTaps::kCornerShare * (screen.width < screen.height ? screen.width : screen.height);
  const bool left = position.x < side, right = position.x > screen.width - side;
  const bool top = position.y < side, bottom = position.y > screen.height - side;
  if (top && left) return 0;
  if (top && right) return 1;
  if (bottom && right) return 2;
  return bottom && left ? 3 : kNone;
}

}  // namespace

bool CornerTaps::begin(const PointerEvent& event, Size screen) {
  const int corner = corner_at(event.position, screen);
  const bool second_finger = down_;
  const bool late = done_ > 0 && event.time_us - first_us_ > kWithinUs;
  if (second_finger || late || corner != done_) reset();
  // What is no next corner may be a first one.
  if (second_finger || corner != done_) return false;
  down_ = true;
  pointer_ = event.pointer;
  down_us_ = event.time_us;
  return false;
}

bool CornerTaps::finish(const PointerEvent& event, Size screen) {
  down_ = false;
  const bool quick = event.time_us - down_us_ <= kLongestTapUs;
  const bool stayed = corner_at(event.position, screen) == done_;
  if (event.phase == PointerPhase::Cancel || !quick || !stayed) {
    reset();
    return false;
  }
  if (done_ == 0) first_us_ = event.time_us;
  if (event.time_us - first_us_ > kWithinUs) {
    reset();
    return false;
  }
  if (++done_ < kCorners) return false;
  reset();
  return true;
}

bool CornerTaps::handle(const PointerEvent& event, Size screen) {
  if (event.phase == PointerPhase::Down) return begin(event, screen);
  if (!down_ || event.pointer != pointer_ || event.phase == PointerPhase::Move) return false;
  return finish(event, screen);
}

}  // namespace vitrine::input
