// SPDX-License-Identifier: MIT
// When something that could not be delivered is tried again: exponential back-off with full jitter,
// so that many who failed together do not come back together. Pure; any thread.
#pragma once

#include <cstdint>

namespace vitrine {

struct RetrySchedule {
  int64_t first_ms = 10'000;           // the longest wait after the first failure
  int64_t factor = 3;                  // by which it grows with every further one
  int64_t longest_ms = 4 * 3600'000;   // of all waits
  int64_t give_up_ms = 24 * 3600'000;  // after the first attempt; never before `least_attempts`
  int least_attempts = 10;
  // Whatever failed there: before anything else is sent to the same endpoint.
  int64_t pause_first_ms = 1'000;
  int64_t pause_longest_ms = 60'000;
};

// Before the next attempt, after `attempts` have failed (1 and more). `random`: any number.
int64_t retry_wait_ms(const RetrySchedule& schedule, int attempts, uint64_t random);

// Before anything else goes to an endpoint where the last `failures` in a row failed.
int64_t endpoint_pause_ms(const RetrySchedule& schedule, int failures, uint64_t random);

// Whether it is given up after `attempts` failed, the first of them `age_ms` ago.
bool is_given_up(const RetrySchedule& schedule, int attempts, int64_t age_ms);

}  // namespace vitrine
