// SPDX-License-Identifier: MIT
#include "engine/app/frame_statistics.h"

#include <catch2/catch.hpp>

using vitrine::app::FrameStatistics;

namespace {

constexpr int64_t kFrameUs = FrameStatistics::kFrameUs;

// A shell that shows frames one after the other.
struct Screen {
  FrameStatistics statistics;
  int64_t now_us = 5'000'000;

  void frames(int count, int64_t each_us = kFrameUs) {
    for (int i = 0; i < count; ++i) {
      now_us += each_us;
      statistics.frame_shown(now_us);
    }
  }
};

}  // namespace

TEST_CASE("a smooth screen has no late frame, and one that hitches has as many as it hitched") {
  Screen screen;
  screen.frames(101);
  CHECK(screen.statistics.frames() == 100);
  CHECK(screen.statistics.late_frames() == 0);
  CHECK(screen.statistics.frame_times().worst_us == kFrameUs);
  screen.frames(1, 2 * kFrameUs);
  screen.frames(1, 100'000);
  screen.frames(10);
  CHECK(screen.statistics.late_frames() == 2);
  CHECK(screen.statistics.frame_times().p50_us == kFrameUs);
  CHECK(screen.statistics.frame_times().worst_us == 100'000);
}

TEST_CASE("frames that were asked for less often are late by the rate asked for") {
  Screen screen;
  screen.statistics = FrameStatistics(33'333);
  screen.frames(301, 33'400);
  CHECK(screen.statistics.late_frames() == 0);
  screen.frames(2, 50'100);  // a refresh missed
  CHECK(screen.statistics.late_frames() == 2);
  Screen at_ten;
  at_ten.statistics = FrameStatistics(100'000);
  at_ten.frames(101, 100'000);
  at_ten.frames(1, 200'000);
  CHECK(at_ten.statistics.late_frames() == 1);
}

TEST_CASE("percentiles are of the frames seen lately, by nearest rank") {
  Screen screen;
  screen.frames(1);
  for (int ms = 1; ms <= 20; ++ms) screen.frames(1, ms * 1000);
  const auto spread = screen.statistics.frame_times();
  CHECK(spread.p50_us == 10'000);
  CHECK(spread.p95_us == 19'000);
  CHECK(spread.worst_us == 20'000);
  screen.frames(static_cast<int>(FrameStatistics::kFrames));
  CHECK(screen.statistics.frame_times().worst_us == kFrameUs);
  CHECK(screen.statistics.recent_frames().size() == FrameStatistics::kFrames);
  CHECK(screen.statistics.recent_frames().recent(0) == kFrameUs);
}

TEST_CASE("with nothing seen nothing is claimed, with one value it is all there is") {
  Screen screen;
  CHECK(screen.statistics.frame_times().worst_us == 0);
  CHECK(screen.statistics.touch_latency().p95_us == 0);
  screen.frames(1);
  CHECK(screen.statistics.frames() == 0);
  screen.frames(1, 30'000);
  CHECK(screen.statistics.frame_times().p50_us == 30'000);
  CHECK(screen.statistics.frame_times().p95_us == 30'000);
}

TEST_CASE("a touch is answered by the first frame shown after it, each by its own age") {
  Screen screen;
  screen.frames(1);
  screen.statistics.touched(screen.now_us + 1'000);
  screen.statistics.touched(screen.now_us + 11'000);
  screen.frames(1);
  screen.frames(50);  // answers nobody
  const auto latency = screen.statistics.touch_latency();
  CHECK(latency.worst_us == kFrameUs - 1'000);
  CHECK(latency.p50_us == kFrameUs - 11'000);
}

TEST_CASE("a clock that stamps a touch later than the frame gives no negative latency") {
  Screen screen;
  screen.statistics.touched(screen.now_us + 50'000);
  screen.frames(1);
  CHECK(screen.statistics.touch_latency().worst_us == 0);
}

TEST_CASE("a hidden window and a machine that slept are no late frames") {
  Screen screen;
  screen.frames(10);
  screen.statistics.touched(screen.now_us);
  screen.statistics.pause();
  screen.frames(1, 700'000);
  screen.frames(1, 8 * 3'600'000'000);
  screen.frames(10);
  CHECK(screen.statistics.late_frames() == 0);
  CHECK(screen.statistics.touch_latency().worst_us == 0);
}

TEST_CASE("a flood of touches in one frame keeps the newest") {
  Screen screen;
  for (int i = 0; i < 10'000; ++i) screen.statistics.touched(screen.now_us + i);
  screen.frames(1);
  CHECK(screen.statistics.touch_latency().worst_us <= kFrameUs - 9'700);
}
