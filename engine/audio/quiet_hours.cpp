// SPDX-License-Identifier: MIT
#include "engine/audio/quiet_hours.h"

namespace vitrine::audio {

int minute_of_day(int64_t wall_ms, int utc_offset_minutes) {
  const int64_t minutes = (wall_ms / 60'000 + utc_offset_minutes) % kMinutesOfDay;
  return static_cast<int>((minutes + kMinutesOfDay) % kMinutesOfDay);
}

bool is_quiet(const QuietHours& hours, int minute_of_day) {
  const int length = (hours.until - hours.from + kMinutesOfDay) % kMinutesOfDay;
  const int since = (minute_of_day - hours.from + kMinutesOfDay) % kMinutesOfDay;
  return since < length;
}

}  // namespace vitrine::audio
