// SPDX-License-Identifier: MIT
// Clocks and random bytes of the system, and the clock that a script advances.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "engine/base/clock.h"
#include "engine/platform/platform.h"

namespace vitrine {

class SystemClock final : public Clock {
 public:
  int64_t monotonic_us() const override;
  int64_t wall_ms() const override;
  int utc_offset_minutes() const override;
};

// The system's clocks with the wall times of one start on one line: a clock that is set meanwhile
// (no battery, no network at boot) moves nothing. So between what was recorded before and the batch
// it is sent in lies the time that really passed, which is all that the server corrects by
// (docs/protocol.md, "Time").
class LineClock final : public Clock {
 public:
  // `system` outlives this. `built_ms`: no clock that is set shows less (ClockWatch).
  explicit LineClock(const Clock& system, int64_t built_ms = 0)
      : system_(system),
        line_ms_(system.wall_ms() - system.monotonic_us() / 1000),
        built_ms_(built_ms) {}

  int64_t monotonic_us() const override { return system_.monotonic_us(); }
  int64_t wall_ms() const override { return line_ms_ + system_.monotonic_us() / 1000; }
  bool is_set() const override { return system_.wall_ms() >= built_ms_; }
  // To the place's own time as the system has it by now: shops close by the clock on the wall.
  int utc_offset_minutes() const override {
    return system_.utc_offset_minutes() + static_cast<int>(jump_ms() / 60'000);
  }
  // How far the system's wall clock is ahead of the line by now.
  int64_t jump_ms() const { return system_.wall_ms() - wall_ms(); }

 private:
  const Clock& system_;
  const int64_t line_ms_;
  const int64_t built_ms_;
};

// Stands still between advance()s, so that the same script gives the same pictures on any machine.
// Starts at 2026-01-01 00:00:00 UTC, which nobody has set: pictures are of no hour.
class VirtualClock final : public Clock {
 public:
  int64_t monotonic_us() const override { return now_us_.load(std::memory_order_relaxed); }
  int64_t wall_ms() const override;
  bool is_set() const override { return false; }
  void advance(int64_t microseconds) { now_us_.fetch_add(microseconds); }

 private:
  std::atomic<int64_t> now_us_{0};
};

// libsodium's source. Expects: sodium_init() may be called (it is, once).
class SodiumRandom final : public RandomBytes {
 public:
  SodiumRandom();
  void fill(std::span<uint8_t> out) override;
};

}  // namespace vitrine
