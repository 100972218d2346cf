// SPDX-License-Identifier: MIT
#include "engine/vision/landmark_filter.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <random>

#include "engine/vision/frame_clock.h"
#include "tests/vision/painted_faces.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr float kEyes = 120;  // pixels

Landmarks face_at(Vec2 middle) {
  return PaintedFace{middle, kEyes, 0}.landmarks();
}

// Each place off by `spread` eye distances (root mean square of the distance).
Landmarks shaken(Landmarks face, float spread, std::mt19937& random) {
  std::normal_distribution<float> chance(0, spread * kEyes / std::numbers::sqrt2_v<float>);
  for (Vec2& place : face) place = place + Vec2{chance(random), chance(random)};
  return face;
}

// Root mean square distance from their means of a group's places, in eye distances.
float jitter(const std::vector<Landmarks>& shown, const LandmarkRange& range) {
  double squares = 0;
  for (size_t i = range.first; i < size_t{range.first} + range.count; ++i) {
    Vec2 mean{};
    for (const Landmarks& face : shown)
      mean = mean + face[i] * (1 / static_cast<float>(shown.size()));
    for (const Landmarks& face : shown) {
      const Vec2 d = face[i] - mean;
      squares += d.x * d.x + d.y * d.y;
    }
  }
  return static_cast<float>(std::sqrt(squares / (static_cast<double>(shown.size()) * range.count)) /
                            kEyes);
}

}  // namespace

TEST_CASE("at rest at most 0.3 % of the eye distance is left of a shake of 0.6 %") {
  std::mt19937 random(5);
  LandmarkFilter filter;
  filter.start(face_at({300, 300}), {});
  std::vector<Landmarks> shown;
  for (int i = 0; i < 600; ++i) {
    filter.update(shaken(face_at({300, 300}), 0.006f, random), {}, kEyes, 1 / 30.0f);
    if (i >= 60) shown.push_back(filter.landmarks());
  }
  for (const LandmarkRange& range : kLandmarkGroups) {
    CAPTURE(range.name);
    CHECK(jitter(shown, range) <= 0.003f);
    CHECK(jitter(shown, range) > 0);
  }
}

TEST_CASE("at one eye distance a second what is shown is at most 50 ms old, at any frame rate") {
  std::mt19937 random(6);
  for (const float rate : {5.0f, 15.0f, 30.0f, 60.0f}) {
    const float seconds = 1 / rate;
    LandmarkFilter filter;
    float x = 200;
    filter.start(face_at({x, 300}), {});
    for (int i = 0; i < static_cast<int>(rate); ++i)
      filter.update(shaken(face_at({x, 300}), 0.004f, random), {}, kEyes, seconds);
    for (int i = 0; i < static_cast<int>(rate * 2); ++i) {
      x += kEyes * seconds;
      filter.update(shaken(face_at({x, 300}), 0.004f, random), {}, kEyes, seconds);
      for (const LandmarkRange& range : kLandmarkGroups) {
        float behind = 0;
        const Landmarks truth = face_at({x, 300}), shown = filter.landmarks();
        for (size_t k = range.first; k < size_t{range.first} + range.count; ++k)
          behind += (truth[k].x - shown[k].x) / range.count;
        CAPTURE(rate, i, range.name);
        CHECK(behind / kEyes <= 0.05f);
      }
    }
  }
}

TEST_CASE("frames at an uneven rhythm are filtered by their time, not their number") {
  const auto shown_after = [](std::initializer_list<float> steps) {
    LandmarkFilter filter;
    filter.start(face_at({100, 100}), {});
    for (float seconds : steps) filter.update(face_at({101, 100}), {}, kEyes, seconds);
    return filter.landmarks()[kNoseTip].x;
  };
  const float even = shown_after({0.1f, 0.1f, 0.1f});
  const float uneven = shown_after({0.05f, 0.2f, 0.05f});
  CHECK(even == Approx(uneven).margin(0.15));
}

TEST_CASE("motion does not bend a group: its places share one cutoff") {
  LandmarkFilter filter;
  const Landmarks before = face_at({100, 100});
  filter.start(before, {});
  Landmarks after = before;
  for (Vec2& place : after) place.x += 5;
  filter.update(after, {}, kEyes, 1 / 30.0f);
  const Landmarks shown = filter.landmarks();
  for (const LandmarkRange& range : kLandmarkGroups) {
    for (size_t i = range.first; i < size_t{range.first} + range.count; ++i) {
      CHECK(shown[i].x - before[i].x ==
            Approx(shown[range.first].x - before[range.first].x).margin(1e-3));
    }
  }
}

TEST_CASE("a head that leans past half a turn is not turned back the long way") {
  LandmarkFilter filter;
  filter.start(face_at({100, 100}), {.roll = 3.1f});
  for (int i = 0; i < 30; ++i) {
    filter.update(face_at({100, 100}), {.roll = -3.1f}, kEyes, 1 / 30.0f);
    CHECK(std::fabs(filter.pose().roll) > 3);
  }
  CHECK(filter.pose().roll == Approx(-3.1f).margin(0.01));
}

TEST_CASE("the frame clock takes disorder for a moment and a jump for a new start") {
  FrameClock clock;
  CHECK_FALSE(clock.advance(1000).jumped);
  CHECK(clock.advance(1000.04).seconds == Approx(0.04));
  CHECK(clock.advance(1000.04).seconds == Approx(0.001));  // the same time
  CHECK(clock.advance(999.9).seconds == Approx(0.001));    // out of order
  CHECK(clock.advance(1000.08).seconds == Approx(0.04));   // as if that had not been
  CHECK(clock.advance(1001.08).seconds == Approx(1));
  CHECK(clock.advance(1003).jumped);
  CHECK(clock.advance(5).jumped);
  CHECK_FALSE(clock.advance(5.03).jumped);
  CHECK(clock.advance(1e300).jumped);
  CHECK(clock.advance(-1e300).jumped);
  clock.reset();
  CHECK_FALSE(clock.advance(7).jumped);
}
