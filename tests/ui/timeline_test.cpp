// SPDX-License-Identifier: MIT
#include "engine/ui/timeline.h"

#include <catch2/catch.hpp>

using namespace vitrine::ui;

namespace {

constexpr Track kRise{0.1f, 0.5f, ease_emphasised, 40, 0};
constexpr Track kTracks[] = {kRise, kRise.staggered(2), {0, 0, nullptr, 0, 100, {0.4f, 0.7f}}};

Timeline after(float seconds, int frames, bool reduced_motion = false) {
  Timeline timeline(kTracks);
  timeline.start(reduced_motion);
  for (int i = 0; i < frames; ++i) timeline.update(seconds / static_cast<float>(frames));
  return timeline;
}

}  // namespace

TEST_CASE("a timeline shows the same after the same time at any frame rate") {
  for (const float seconds : {0.05f, 0.3f, 0.65f, 2.0f}) {
    const int at_20 = static_cast<int>(seconds * 20 + 0.5f);
    const Timeline slow = after(seconds, at_20), fast = after(seconds, at_20 * 3);
    const Timeline faster = after(seconds, static_cast<int>(seconds * 144 + 0.5f));
    for (size_t track = 0; track < 3; ++track) {
      CHECK(slow.value(track) == Approx(fast.value(track)).margin(0.001));
      CHECK(slow.value(track) == Approx(faster.value(track)).margin(0.001));
    }
  }
}

TEST_CASE("a track stands before its start and after its end") {
  CHECK(kRise.value(0) == 40);
  CHECK(kRise.value(0.1f) == 40);
  CHECK(kRise.value(0.2f) < 40);
  CHECK(kRise.value(0.6f) == Approx(0));
  CHECK(kRise.value(60) == 0);
  const Track jump{0.2f, 0, ease_out, 1, 2};
  CHECK(jump.value(0.2f) == 1);
  CHECK(jump.value(0.21f) == 2);
}

TEST_CASE("those in a row follow each other by the stagger") {
  const Track third = kRise.staggered(2);
  CHECK(third.start == Approx(0.18f));
  CHECK(third.value(0.3f + 2 * kStagger) == Approx(kRise.value(0.3f)));
}

TEST_CASE("a spring track overshoots and has an end") {
  const Track loose{0, 0, nullptr, 0, 1, {0.4f, 0.5f}};
  float most = 0;
  for (int i = 0; i < 100; ++i) {
    const float value = loose.value(static_cast<float>(i) * 0.01f);
    most = value > most ? value : most;
  }
  CHECK(most > 1.1f);
  CHECK(loose.value(loose.end()) == Approx(1).margin(0.001));
}

TEST_CASE("a timeline is at rest when its last track is") {
  CHECK_FALSE(after(0.65f, 13).at_rest());
  Timeline done = after(3, 60);
  CHECK(done.at_rest());
  done.start();
  CHECK_FALSE(done.at_rest());
  CHECK(done.value(0) == 40);
  done.finish();
  CHECK(done.at_rest());
  CHECK(done.value(0) == Approx(0));
}

TEST_CASE("each moment is passed once, at whatever frame rate") {
  for (const int rate : {20, 60, 144}) {
    Timeline timeline(kTracks);
    timeline.start();
    int at_start = 0, at_half = 0;
    for (int i = 0; i < rate; ++i) {
      timeline.update(1 / static_cast<float>(rate));
      at_start += timeline.passed(0);
      at_half += timeline.passed(0.5f);
    }
    CHECK(at_start == 1);
    CHECK(at_half == 1);
  }
}

TEST_CASE("with reduced motion everything is where it ends and only fades in") {
  Timeline still = after(0.05f, 1, true);
  CHECK(still.value(0) == 0);
  CHECK(still.value(2) == 100);
  CHECK(still.opacity() > 0);
  CHECK(still.opacity() < 1);
  CHECK_FALSE(still.passed(0));
  still.update(kCrossFade);
  CHECK(still.opacity() == 1);
  CHECK(still.at_rest());
  CHECK(after(0.05f, 1).opacity() == 1);
}

TEST_CASE("a value goes through its stops in order") {
  const Key keys[] = {{0.5f, 10}, {1, 20}, {1, 5}, {2, 6, nullptr}};
  CHECK(value_at(keys, 0) == 10);
  CHECK(value_at(keys, 0.75f) == Approx(15));
  CHECK(value_at(keys, 1) == 5);  // two stops at one time: a jump
  CHECK(value_at(keys, 1.5f) == Approx(5.5f));
  CHECK(value_at(keys, 99) == 6);
}
