// SPDX-License-Identifier: MIT
// Real time, which a test hurries on, and a wall clock that it sets. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "engine/base/clock.h"

namespace vitrine::test {

class SetClock final : public Clock {
 public:
  explicit SetClock(int64_t wall_ms) : begun_wall_ms_(wall_ms) {}

  int64_t monotonic_us() const override {
    using namespace std::chrono;
    const auto passed = steady_clock::now() - begun_;
    return duration_cast<microseconds>(passed).count() + 1 + hurried_ms_ * 1000;
  }
  int64_t wall_ms() const override { return begun_wall_ms_ + monotonic_us() / 1000 + set_ms_; }

  // Both clocks, as if so much time had passed.
  void hurry_ms(int64_t by) { hurried_ms_ += by; }
  // The wall clock alone; negative: back.
  void set_by_ms(int64_t by) { set_ms_ += by; }

 private:
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  const int64_t begun_wall_ms_;
  std::atomic<int64_t> hurried_ms_{0}, set_ms_{0};
};

}  // namespace vitrine::test
