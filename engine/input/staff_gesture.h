// SPDX-License-Identifier: MIT
// The hidden way to the service panel: the four corners touched clockwise, each after the other,
// within five seconds, from any corner on. Pure; sees what scenes see and takes nothing from them.
#pragma once

#include <cstdint>

#include "engine/base/geometry.h"
#include "engine/input/pointer_event.h"

namespace vitrine::input {

class StaffGesture {
 public:
  static constexpr int64_t kTimeUs = 5'000'000;
  // A corner's share of the short side.
  static constexpr float kCorner = 0.125f;

  // `size` of what events measure in.
  void resize(Size size) {
    size_ = size;
    taps_ = 0;
  }
  // Whether this event completes it. A touch elsewhere begins anew.
  bool handle(const PointerEvent& event);

 private:
  // 0..3 clockwise from the left top; -1 for none.
  int corner_of(Vec2 position) const;

  Size size_;
  int taps_ = 0;  // in a row
  int corner_ = 0;
  int64_t began_us_ = 0;
};

}  // namespace vitrine::input
