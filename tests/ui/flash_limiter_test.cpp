// SPDX-License-Identifier: MIT
#include "engine/ui/flash_limiter.h"

#include <vector>

#include <catch2/catch.hpp>

using namespace vitrine::ui;

namespace {

// Asks every frame for `seconds`; when the flashes began.
std::vector<float> ask_every_frame(FlashLimiter& limiter, float seconds, float rate, float area,
                                   float change) {
  std::vector<float> began;
  for (float now = 0; now < seconds; now += 1 / rate) {
    if (limiter.allow(area, change)) began.push_back(now);
    limiter.update(1 / rate);
  }
  return began;
}

}  // namespace

TEST_CASE("no second has more than three flashes, however often they are asked for") {
  for (const float rate : {20.0f, 60.0f, 144.0f}) {
    FlashLimiter limiter;
    const std::vector<float> began = ask_every_frame(limiter, 6, rate, 0.1f, 0.2f);
    REQUIRE(began.size() > 3);
    for (size_t i = 3; i < began.size(); ++i) CHECK(began[i] - began[i - 3] >= 0.999f);
  }
}

TEST_CASE("large bright flashes are fewer than small dim ones") {
  FlashLimiter limiter;
  CHECK(limiter.allow(1, 0.5f));
  CHECK_FALSE(limiter.allow(1, 0.5f));
  CHECK(limiter.allow(0.1f, 0.5f));
  FlashLimiter strict;
  CHECK_FALSE(strict.allow(1, 1));  // alone more than a second may take
  CHECK(strict.allow(1, 0.2f));
}

TEST_CASE("there is no flash with reduced motion") {
  FlashLimiter limiter;
  limiter.set_reduced_motion(true);
  CHECK(ask_every_frame(limiter, 3, 60, 0.01f, 0.01f).empty());
  limiter.set_reduced_motion(false);
  CHECK(limiter.allow(0.1f, 0.1f));
}

TEST_CASE("a frame that took long frees what it waited for") {
  FlashLimiter limiter;
  for (int i = 0; i < 3; ++i) REQUIRE(limiter.allow(0.1f, 0.2f));
  CHECK_FALSE(limiter.allow(0.1f, 0.2f));
  limiter.update(5);
  for (int i = 0; i < 3; ++i) CHECK(limiter.allow(0.1f, 0.2f));
}

TEST_CASE("nonsense about area and change counts as the most or nothing") {
  FlashLimiter limiter;
  CHECK_FALSE(limiter.allow(50, 50));
  CHECK(limiter.allow(-1, 0.2f));
}
