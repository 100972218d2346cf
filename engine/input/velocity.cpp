// SPDX-License-Identifier: MIT
#include "engine/input/velocity.h"

namespace vitrine::input {

void VelocityTracker::reset() {
  count_ = 0;
}

const VelocityTracker::Sample& VelocityTracker::recent(size_t back) const {
  return samples_[(next_ + samples_.size() - 1 - back) % samples_.size()];
}

void VelocityTracker::add(Vec2 position, int64_t time_us) {
  if (count_ > 0 && recent(0).time_us >= time_us) {
    next_ = (next_ + samples_.size() - 1) % samples_.size();
    --count_;
  }
  samples_[next_] = {position, time_us};
  next_ = (next_ + 1) % samples_.size();
  if (count_ < samples_.size()) ++count_;
}

Vec2 VelocityTracker::velocity(int64_t time_us) const {
  if (count_ < 2 || time_us - recent(0).time_us > kRestUs) return {};
  const Sample& last = recent(0);
  const Sample* first = &last;
  for (size_t back = 1; back < count_; ++back) {
    if (last.time_us - recent(back).time_us > kWindowUs) break;
    first = &recent(back);
  }
  const int64_t span_us = last.time_us - first->time_us;
  if (span_us <= 0) return {};
  return (last.position - first->position) * (1e6f / static_cast<float>(span_us));
}

}  // namespace vitrine::input
