// SPDX-License-Identifier: MIT
#include "engine/app/frame_statistics.h"

#include <algorithm>

namespace vitrine::app {
namespace {

// The nearest rank of `percent`; reorders `values`.
int64_t percentile(std::span<int64_t> values, size_t percent) {
  const size_t rank = (values.size() * percent + 99) / 100;
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank == 0 ? 0 : rank - 1);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

template <size_t kCapacity>
Spread spread_of(const Samples<kCapacity>& samples) {
  if (samples.size() == 0) return {};
  std::array<int64_t, kCapacity> copy;
  const std::span<const int64_t> all = samples.all();
  std::copy(all.begin(), all.end(), copy.begin());
  const std::span<int64_t> values(copy.data(), all.size());
  return {percentile(values, 50), percentile(values, 95), percentile(values, 100)};
}

}  // namespace

void FrameStatistics::touched(int64_t time_us) {
  waiting_us_.add(time_us);
}

void FrameStatistics::frame_shown(int64_t time_us) {
  for (const int64_t touch_us : waiting_us_.all()) {
    latency_us_.add(std::max<int64_t>(0, time_us - touch_us));
  }
  waiting_us_.clear();
  const int64_t passed_us = time_us - last_us_;
  if (running_ && passed_us < kGapUs) {
    frame_us_.add(passed_us);
    ++frames_;
    if (passed_us > late_us()) ++late_;
  }
  running_ = true;
  last_us_ = time_us;
}

void FrameStatistics::pause() {
  running_ = false;
  waiting_us_.clear();
}

Spread FrameStatistics::frame_times() const {
  return spread_of(frame_us_);
}

Spread FrameStatistics::touch_latency() const {
  return spread_of(latency_us_);
}

}  // namespace vitrine::app
