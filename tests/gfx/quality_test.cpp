// SPDX-License-Identifier: MIT
#include "engine/gfx/quality.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <vector>

using namespace vitrine::gfx;

namespace {

// Feeds frames whose length depends on the rung; tells every change.
struct Screen {
  QualityLadder ladder;
  std::vector<uint32_t> rungs;

  void run(float seconds, const std::function<float(uint32_t)>& interval) {
    for (float t = 0; t < seconds;) {
      const float dt = interval(ladder.rung());
      t += dt;
      if (ladder.add_frame(dt)) rungs.push_back(ladder.rung());
    }
  }
  void run(float seconds, float interval) {
    run(seconds, [interval](uint32_t) { return interval; });
  }
};

constexpr float kSixty = 1.0f / 60;
constexpr uint32_t kLast = 6;

}  // namespace

TEST_CASE("each rung leaves out what the one before left out, and more") {
  const auto ladder = quality_ladder();
  REQUIRE(ladder.size() == kLast + 1);
  CHECK(ladder[0].name == "full");
  for (size_t i = 1; i < ladder.size(); ++i) {
    const Quality &better = ladder[i - 1], &worse = ladder[i];
    CHECK(worse.background_shrink >= better.background_shrink);
    CHECK((worse.background_every == 0 || worse.background_every >= better.background_every));
    CHECK((better.backdrop_blur || !worse.backdrop_blur));
    CHECK(worse.particles <= better.particles);
    CHECK((better.shadows || !worse.shadows));
    CHECK_FALSE(worse.name == better.name);
  }
}

TEST_CASE("frames in time leave everything on, also with a late one now and then") {
  Screen screen;
  int frame = 0;
  screen.run(600, [&](uint32_t) { return ++frame % 20 == 0 ? 0.034f : kSixty; });
  CHECK(screen.rungs.empty());
  CHECK(screen.ladder.reason() == QualityReason::Start);
  screen.run(60, 1.0f / 120);
  CHECK(screen.rungs.empty());
}

TEST_CASE("frames as far apart as they were asked for leave everything on") {
  for (const int rate : {10, 24, 30, 50}) {
    const float pace = 1.0f / static_cast<float>(rate);
    Screen screen;
    screen.ladder = QualityLadder(pace);
    screen.run(120, pace * 1.01f);
    CHECK(screen.rungs.empty());
    // Half as often as asked for is slow whatever was asked for.
    screen.run(5, 2 * pace);
    CHECK(screen.ladder.rung() > 0);
    CHECK(screen.ladder.reason() == QualityReason::SlowFrames);
  }
}

TEST_CASE("slow frames step down one rung at a time until they are in time") {
  Screen screen;
  // Everything takes 30 ms, each rung takes 5 ms off.
  screen.run(30, [](uint32_t rung) {
    return std::max(kSixty, 0.030f - 0.005f * static_cast<float>(rung));
  });
  REQUIRE(screen.rungs.size() >= 2);
  CHECK(screen.rungs[0] == 1);
  CHECK(screen.rungs[1] == 2);
  CHECK(screen.ladder.rung() == 2);
  CHECK(screen.ladder.interval() < 0.021f);
}

TEST_CASE("a start's own slow frames are not judged") {
  Screen screen;
  screen.run(2.5f, 0.06f);
  screen.run(60, kSixty);
  CHECK(screen.rungs.empty());
}

TEST_CASE("where a rung is just not enough the screen does not flicker") {
  Screen screen;
  // The top is too slow, the first rung is not: up and down could follow each other for ever.
  screen.run(3600, [](uint32_t rung) { return rung == 0 ? 0.025f : kSixty; });
  CHECK(screen.ladder.rung() == 1);
  CHECK(screen.rungs.size() < 24);
  const size_t before = screen.rungs.size();
  screen.run(600, [](uint32_t rung) { return rung == 0 ? 0.025f : kSixty; });
  CHECK(screen.rungs.size() - before <= 2);  // in ten minutes
}

TEST_CASE("when the load is gone every effect comes back") {
  Screen screen;
  screen.run(12, [](uint32_t rung) { return rung < 4 ? 0.04f : kSixty; });
  CHECK(screen.ladder.rung() == 4);
  screen.run(120, kSixty);
  CHECK(screen.ladder.rung() == 0);
  CHECK(screen.ladder.reason() == QualityReason::SteadyFrames);
}

TEST_CASE("a display of 30 or 50 frames a second keeps its effects") {
  for (float rate : {30.0f, 40.0f}) {
    Screen screen;
    screen.run(60, 1 / rate);
    CHECK(screen.ladder.rung() == 0);
    CHECK(screen.ladder.reason() == QualityReason::PacedDisplay);
    const size_t changes = screen.rungs.size();
    screen.run(3600, 1 / rate);
    CHECK(screen.rungs.size() == changes);
  }
  Screen screen;
  screen.run(60, 1.0f / 50);
  CHECK(screen.rungs.empty());
}

TEST_CASE("a display that was slow once is held to its new pace") {
  Screen screen;
  screen.run(30, 1.0f / 20);
  CHECK(screen.ladder.reason() == QualityReason::PacedDisplay);
  screen.run(30, kSixty);
  screen.run(30, [](uint32_t rung) { return rung < 2 ? 0.04f : kSixty; });
  CHECK(screen.ladder.rung() == 2);
}

TEST_CASE("a weak screen that rungs do help stays at the least, calmly") {
  Screen screen;
  screen.run(3600, [](uint32_t rung) { return 0.06f - 0.004f * static_cast<float>(rung); });
  CHECK(screen.ladder.rung() == kLast);
  CHECK(screen.rungs.size() == kLast);
}

TEST_CASE("pauses and nonsense are no frames") {
  Screen screen;
  for (int i = 0; i < 500; ++i) {
    CHECK_FALSE(screen.ladder.add_frame(5));
    CHECK_FALSE(screen.ladder.add_frame(0));
    CHECK_FALSE(screen.ladder.add_frame(-1));
  }
  // A second of slow frames cut by pauses is never a whole one.
  for (int i = 0; i < 200; ++i) {
    screen.run(0.4f, 0.05f);
    screen.ladder.forget_frames();
  }
  CHECK(screen.rungs.empty());
}
