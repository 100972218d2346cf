// SPDX-License-Identifier: MIT
// A keyboard at a kiosk is somebody's accessibility, or a child's toy. What it may do is decided
// elsewhere (app::Key); this bounds how often. Pure.
#pragma once

#include <cstdint>

namespace vitrine {

class KeyGate {
 public:
  // As fast as a held arrow repeats, with room for a quick hand.
  static constexpr int kBurst = 16;
  static constexpr int64_t kRefillUs = 50'000;  // one more key each

  // `open` false: no key at all (--no-keyboard).
  explicit KeyGate(bool open = true) : open_(open) {}

  // Whether a key that came at `now_us` goes through. Times do not go back.
  bool let_through(int64_t now_us);
  // Since start.
  uint64_t dropped() const { return dropped_; }

 private:
  bool open_;
  int allowance_ = kBurst;
  int64_t refilled_us_ = 0;
  uint64_t dropped_ = 0;
};

}  // namespace vitrine
