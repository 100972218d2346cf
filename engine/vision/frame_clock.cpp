// SPDX-License-Identifier: MIT
#include "engine/vision/frame_clock.h"

#include <algorithm>

namespace vitrine {

FrameClock::Step FrameClock::advance(double time_seconds) {
  if (!last_) {
    last_ = time_seconds;
    return {.at = time_seconds};
  }
  const double seconds = time_seconds - *last_;
  if (!(seconds >= -kDisorder && seconds <= kPause)) {
    last_ = time_seconds;
    return {.at = time_seconds, .seconds = kFirstStep, .jumped = true};
  }
  last_ = std::max(*last_, time_seconds);
  return {.at = *last_, .seconds = std::max(static_cast<float>(seconds), kLeastStep)};
}

}  // namespace vitrine
