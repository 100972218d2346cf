// SPDX-License-Identifier: MIT
// When a shop window keeps its voice down: neighbours, closing time.
#pragma once

#include <cstdint>

namespace vitrine::audio {

inline constexpr int kMinutesOfDay = 24 * 60;

// Minutes after midnight of the place's own time, `until` not included. From 22:00 until 8:00 is
// the night; the same twice is never.
struct QuietHours {
  int from = 0;
  int until = 0;
  float volume = 0;  // 0..1: what is left of the volume; 0 is silence

  friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

// 0..1439. `wall_ms` since 1970 in UTC, of a clock that may be wrong.
int minute_of_day(int64_t wall_ms, int utc_offset_minutes);

// Expects: 0 <= minute_of_day < 1440.
bool is_quiet(const QuietHours& hours, int minute_of_day);

}  // namespace vitrine::audio
