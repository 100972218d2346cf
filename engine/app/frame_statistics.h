// SPDX-License-Identifier: MIT
// How smooth a screen is and how soon it answers, from what a shell sees: when each frame was on
// the display and when each touch was made. Pure; one thread; allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vitrine::app {

// Of the values kept, microseconds; zeros when there are none. Percentiles by nearest rank.
struct Spread {
  int64_t p50_us = 0;
  int64_t p95_us = 0;
  int64_t worst_us = 0;
};

// The newest values of a series.
template <size_t kCapacity>
class Samples {
 public:
  void add(int64_t value_us) {
    values_[next_] = value_us;
    next_ = (next_ + 1) % kCapacity;
    if (count_ < kCapacity) ++count_;
  }
  void clear() { next_ = count_ = 0; }
  size_t size() const { return count_; }
  // `back` 0 is the newest. Expects: back < size().
  int64_t recent(size_t back) const { return values_[(next_ + kCapacity - 1 - back) % kCapacity]; }
  // In no order.
  std::span<const int64_t> all() const { return {values_.data(), count_}; }

 private:
  std::array<int64_t, kCapacity> values_{};
  size_t next_ = 0;
  size_t count_ = 0;
};

class FrameStatistics {
 public:
  static constexpr size_t kFrames = 600;  // ten seconds
  static constexpr size_t kTouches = 256;
  static constexpr int64_t kFrameUs = 16'667;
  // A gap this long is no frame: the window was hidden, the machine slept.
  static constexpr int64_t kGapUs = 2'000'000;

  // `frame_us`: from frame to frame as the shell asks for them; lateness is judged by it.
  explicit FrameStatistics(int64_t frame_us = kFrameUs) : asked_us_(frame_us) {}

  // A touch that the next frame shown answers; `time_us`: PointerEvent::time_us.
  void touched(int64_t time_us);
  // A frame is on the display: swapping it has returned.
  void frame_shown(int64_t time_us);
  // Frames stop on purpose; what comes next is no late frame.
  void pause();

  int64_t asked_us() const { return asked_us_; }
  // What took longer is late, a refresh was missed: half a frame longer than a frame.
  int64_t late_us() const { return asked_us_ + asked_us_ / 2; }
  // From one frame shown to the next.
  Spread frame_times() const;
  // From a touch to the first frame shown after it.
  Spread touch_latency() const;
  // Since start.
  uint64_t frames() const { return frames_; }
  uint64_t late_frames() const { return late_; }
  const Samples<kFrames>& recent_frames() const { return frame_us_; }

 private:
  int64_t asked_us_;
  Samples<kFrames> frame_us_;
  Samples<kTouches> latency_us_;
  Samples<kTouches> waiting_us_;  // touches that no frame has answered yet, by their time
  int64_t last_us_ = 0;
  bool running_ = false;
  uint64_t frames_ = 0;
  uint64_t late_ = 0;
};

}  // namespace vitrine::app
