// SPDX-License-Identifier: MIT
// Notices a clock that nobody has set yet, and one that is set while the kiosk runs. Pure.
#pragma once

#include <cstdint>
#include <optional>

namespace vitrine {

class ClockWatch {
 public:
  // Slower corrections are the time service's daily work.
  static constexpr int64_t kJumpMs = 2000;

  // `built_ms`: when this program was made, ms since 1970 UTC; no clock that is set shows less.
  explicit ClockWatch(int64_t built_ms) : built_ms_(built_ms) {}

  // Whether a wall clock that shows this has never been set.
  bool is_unknown(int64_t wall_ms) const { return wall_ms < built_ms_; }

  // The clock was set since the last call: by how much it differs now from the times that this
  // start records (LineClock::jump_ms), if that changed.
  std::optional<int64_t> take_jump(int64_t jump_ms) {
    const int64_t change = jump_ms - told_ms_;
    if (change > -kJumpMs && change < kJumpMs) return std::nullopt;
    told_ms_ = jump_ms;
    return jump_ms;
  }

 private:
  const int64_t built_ms_;
  int64_t told_ms_ = 0;
};

}  // namespace vitrine
