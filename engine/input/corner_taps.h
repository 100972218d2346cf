// SPDX-License-Identifier: MIT
// What staff do to open the service panel and shoppers do not: a tap in each corner, from the upper
// left one round as a clock goes, within five seconds. Pure: only says when it happened; whoever
// listens asks for a PIN.
#pragma once

#include <cstdint>

#include "engine/base/geometry.h"
#include "engine/input/pointer_event.h"

namespace vitrine::input {

class CornerTaps {
 public:
  static constexpr int64_t kWithinUs = 5'000'000;  // from the first tap's end to the last's
  static constexpr int64_t kLongestTapUs = 700'000;
  static constexpr float kCornerShare = 0.14f;     // of the screen's short side, along both edges

  // True once with the event that completes it. Positions in the units of `screen`. A touch anywhere
  // else, a second finger, or a cancelled one begins it anew.
  bool handle(const PointerEvent& event, Size screen);
  void reset() { *this = {}; }

 private:
  bool begin(const PointerEvent& event, Size screen);
  bool finish(const PointerEvent& event, Size screen);

  int done_ = 0;           // corners tapped so far
  bool down_ = false;
  uint64_t pointer_ = 0;
  int64_t down_us_ = 0;
  int64_t first_us_ = 0;
};

}  // namespace vitrine::input
