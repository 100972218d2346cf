// SPDX-License-Identifier: MIT
// Time that holds run by: the wall clock as it was, carried on by the monotonic one. Somebody who
// sets the server's clock takes no minute from a shopper and gives none.
#pragma once

#include <cstdint>

#include "engine/base/clock.h"

namespace vitrine {

// One thread at a time.
class HoldClock {
 public:
  // Less than this is a clock that is being slowed down or hurried, and is let be.
  static constexpr int64_t kJumpMs = 2000;

  // `clock` outlives it.
  explicit HoldClock(const Clock& clock)
      : clock_(clock), ahead_ms_(clock.wall_ms() - monotonic_ms()) {}

  // ms since 1970 UTC.
  int64_t now_ms() const { return monotonic_ms() + ahead_ms_; }
  // By how much the wall clock was set since; 0: it was not. Negative: back.
  int64_t jump_ms() const {
    const int64_t by = clock_.wall_ms() - now_ms();
    return by > -kJumpMs && by < kJumpMs ? 0 : by;
  }
  // From here on by the wall clock as it was set.
  void follow(int64_t jump_ms) { ahead_ms_ += jump_ms; }

 private:
  int64_t monotonic_ms() const { return clock_.monotonic_us() / 1000; }

  const Clock& clock_;
  int64_t ahead_ms_;
};

}  // namespace vitrine
