// SPDX-License-Identifier: MIT
// How soon another PIN may be tried: at once, then after 1, 2, 4, ... seconds, at most five
// minutes. It slows whoever guesses and locks nobody out. Pure.
#pragma once

#include <algorithm>
#include <cstdint>

namespace vitrine::staff {

class PinGate {
 public:
  static constexpr int64_t kLongestWaitUs = 300'000'000;

  // Until the next attempt; 0: now.
  int64_t wait_us(int64_t now_us) const { return std::max<int64_t>(0, open_at_us_ - now_us); }
  void wrong(int64_t now_us) {
    const int64_t second = 1'000'000;
    const int64_t wait_us = wrong_ < 9 ? second << wrong_ : kLongestWaitUs;
    open_at_us_ = now_us + std::min(wait_us, kLongestWaitUs);
    ++wrong_;
  }
  void right() {
    wrong_ = 0;
    open_at_us_ = 0;
  }
  // In a row.
  uint32_t wrong_attempts() const { return wrong_; }

 private:
  uint32_t wrong_ = 0;
  int64_t open_at_us_ = 0;
};

}  // namespace vitrine::staff
