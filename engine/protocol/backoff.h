// SPDX-License-Identifier: MIT
// When to connect again: a ceiling that doubles from 1 to 60 seconds, and a wait anywhere below it
// (full jitter), so that a thousand screens do not return in the same second.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/base/random.h"
#include "engine/protocol/codes.h"

namespace vitrine::protocol {

class Backoff {
 public:
  static constexpr int64_t kSmallestMs = 100;
  static constexpr int64_t kFirstCeilingMs = 1000;
  static constexpr int64_t kLargestCeilingMs = 60000;

  explicit Backoff(uint64_t seed) : random_(seed) {}

  // Milliseconds to wait after this close. Expects: reconnect is not Never.
  int64_t next_ms(Reconnect reconnect) {
    if (reconnect == Reconnect::Slowly) {
      return kLargestCeilingMs + random_.below(static_cast<uint32_t>(kLargestCeilingMs));
    }
    const int64_t wait = random_.below(static_cast<uint32_t>(ceiling_ms_));
    ceiling_ms_ = std::min(ceiling_ms_ * 2, kLargestCeilingMs);
    return std::max(wait, kSmallestMs);
  }

  // The connection has proved itself.
  void reset() { ceiling_ms_ = kFirstCeilingMs; }

 private:
  Random random_;
  int64_t ceiling_ms_ = kFirstCeilingMs;
};

}  // namespace vitrine::protocol
