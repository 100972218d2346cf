// SPDX-License-Identifier: MIT
// Time comes from outside, so that a test can advance it.
#pragma once

#include <cstdint>

namespace vitrine {

// Both readings may be taken from any thread.
class Clock {
 public:
  virtual ~Clock() = default;

  // Microseconds from an arbitrary start; never goes back. For durations, animation and pacing.
  virtual int64_t monotonic_us() const = 0;

  // Milliseconds since 1970-01-01 UTC by the device's own clock, which may be wrong by years and
  // may jump. For stamping interactions only; the server corrects it (docs/protocol.md).
  virtual int64_t wall_ms() const = 0;

  // Whether anybody has set the clock that wall_ms() shows; else it is good for durations alone.
  virtual bool is_set() const { return true; }

  // Minutes by which the place's own time is ahead of wall_ms() at this moment: its distance from
  // UTC, summer time included.
  virtual int utc_offset_minutes() const { return 0; }
};

}  // namespace vitrine
