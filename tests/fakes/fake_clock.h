// SPDX-License-Identifier: MIT
// Time stands still until a test advances it; the wall clock can be set wrong on its own.
#pragma once

#include "engine/base/clock.h"

namespace vitrine::fakes {

class FakeClock : public Clock {
 public:
  int64_t monotonic_us() const override { return monotonic_us_; }
  int64_t wall_ms() const override { return wall_ms_; }
  bool is_set() const override { return was_set; }
  int utc_offset_minutes() const override { return utc_offset; }

  void advance_ms(int64_t milliseconds) {
    monotonic_us_ += milliseconds * 1000;
    wall_ms_ += milliseconds;
  }
  void set_wall_ms(int64_t wall_ms) { wall_ms_ = wall_ms; }

  bool was_set = true;
  int utc_offset = 0;  // minutes

 private:
  int64_t monotonic_us_ = 1000000;
  int64_t wall_ms_ = 1795286765000;
};

}  // namespace vitrine::fakes
