// SPDX-License-Identifier: MIT
// A part of the day by the clock on the wall: quiet hours, opening hours. Pure.
#pragma once

#include <cstdint>

namespace vitrine {

inline constexpr int kMinutesOfDay = 24 * 60;

// Minutes after midnight, `until` not included. From 22:00 until 8:00 is the night, from 0:00 until
// 24:00 always; the same twice is never.
struct Hours {
  int from = 0;   // 0..1439
  int until = 0;  // 0..1440

  // Expects: 0 <= minute_of_day < kMinutesOfDay.
  bool contain(int minute_of_day) const;

  friend bool operator==(const Hours&, const Hours&) = default;
};

// 0..1439. `wall_ms` since 1970 in UTC, of a clock that may be wrong.
int minute_of_day(int64_t wall_ms, int utc_offset_minutes);

// Of hours as a campaign writes them, 0..24: 21.5 is half past nine in the evening. 24 o'clock is 0
// o'clock.
int minute_of(double hour);

// Of two such; they end at 24 o'clock, not at 0, where that is written.
Hours hours_of(double from, double until);

}  // namespace vitrine
