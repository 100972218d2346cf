// SPDX-License-Identifier: MIT
#include "engine/base/hours.h"

#include "engine/base/real.h"

namespace vitrine {

int minute_of_day(int64_t wall_ms, int utc_offset_minutes) {
  const int64_t minutes = (wall_ms / 60'000 + utc_offset_minutes) % kMinutesOfDay;
  return static_cast<int>((minutes + kMinutesOfDay) % kMinutesOfDay);
}

bool Hours::contain(int minute_of_day) const {
  const int length = until < from ? until - from + kMinutesOfDay : until - from;
  const int since = (minute_of_day - from + kMinutesOfDay) % kMinutesOfDay;
  return since < length;
}

int minute_of(double hour) {
  return nearest_int(static_cast<float>(hour) * 60) % kMinutesOfDay;
}

Hours hours_of(double from, double until) {
  return {minute_of(from), until == 24 ? kMinutesOfDay : minute_of(until)};
}

}  // namespace vitrine
