// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include "engine/base/clock.h"

namespace vitrine {

// The system's clocks.
class ServerClock final : public Clock {
 public:
  int64_t monotonic_us() const override {
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
  }
  int64_t wall_ms() const override {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  }
};

}  // namespace vitrine
