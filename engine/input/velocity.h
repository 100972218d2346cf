// SPDX-License-Identifier: MIT
// How fast a pointer moves, from its last positions. Pure: time comes with the events.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/base/geometry.h"

namespace vitrine::input {

class VelocityTracker {
 public:
  // Only the last 100 ms count: what a finger did before says nothing about the release.
  static constexpr int64_t kWindowUs = 100'000;
  // A finger that rested this long before it lifted does not fling.
  static constexpr int64_t kRestUs = 60'000;

  void reset();
  // Times do not go back; a sample at the same time replaces the last.
  void add(Vec2 position, int64_t time_us);
  // Points a second at `time_us`. Zero with fewer than two samples or after a rest.
  Vec2 velocity(int64_t time_us) const;

 private:
  struct Sample {
    Vec2 position;
    int64_t time_us = 0;
  };
  const Sample& recent(size_t back) const;

  std::array<Sample, 12> samples_{};
  size_t next_ = 0;
  size_t count_ = 0;
};

}  // namespace vitrine::input
