// SPDX-License-Identifier: MIT
#include "server/webhooks/retry_schedule.h"

#include <algorithm>

namespace vitrine {

namespace {

// first · factor^(times - 1), at most `longest`.
int64_t grown(int64_t first, int64_t factor, int64_t longest, int times) {
  int64_t wait = first;
  for (int i = 1; i < times && wait < longest; ++i) wait *= factor;
  return std::min(wait, longest);
}

int64_t up_to(int64_t longest, uint64_t random) {
  return static_cast<int64_t>(random % (static_cast<uint64_t>(longest) + 1));
}

}  // namespace

int64_t retry_wait_ms(const RetrySchedule& schedule, int attempts, uint64_t random) {
  return up_to(grown(schedule.first_ms, schedule.factor, schedule.longest_ms, attempts), random);
}

int64_t endpoint_pause_ms(const RetrySchedule& schedule, int failures, uint64_t random) {
  return up_to(grown(schedule.pause_first_ms, 2, schedule.pause_longest_ms, failures), random);
}

bool is_given_up(const RetrySchedule& schedule, int attempts, int64_t age_ms) {
  return attempts >= schedule.least_attempts && age_ms >= schedule.give_up_ms;
}

}  // namespace vitrine
