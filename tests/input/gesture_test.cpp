// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "engine/input/pan.h"
#include "engine/input/tap.h"
#include "engine/input/velocity.h"

using namespace vitrine;
using namespace vitrine::input;

namespace {

constexpr Rect kArea{100, 100, 200, 80};
constexpr Vec2 kInside{150, 140};
constexpr Vec2 kFarOutside{150, 400};

PointerEvent down(uint64_t id, Vec2 at, int64_t ms = 0) {
  return {id, PointerPhase::Down, at, ms * 1000};
}
PointerEvent move(uint64_t id, Vec2 at, int64_t ms) {
  return {id, PointerPhase::Move, at, ms * 1000};
}
PointerEvent up(uint64_t id, Vec2 at, int64_t ms = 0) {
  return {id, PointerPhase::Up, at, ms * 1000};
}
PointerEvent cancel(uint64_t id, Vec2 at) {
  return {id, PointerPhase::Cancel, at, 0};
}

}  // namespace

TEST_CASE("a press and a release inside activate") {
  Tap tap;
  CHECK(tap.handle(down(1, kInside), kArea) == Tap::Result::Pressed);
  CHECK(tap.pressed());
  CHECK(tap.handle(up(1, kInside), kArea) == Tap::Result::Activated);
  CHECK_FALSE(tap.pressed());
}

TEST_CASE("sliding off releases, sliding back presses again") {
  Tap tap;
  tap.handle(down(1, kInside), kArea);
  CHECK(tap.handle(move(1, kFarOutside, 1), kArea) == Tap::Result::Released);
  CHECK_FALSE(tap.pressed());
  CHECK(tap.handle(move(1, kInside, 2), kArea) == Tap::Result::Pressed);
  CHECK(tap.handle(up(1, kInside), kArea) == Tap::Result::Activated);
}

TEST_CASE("lifting outside and a cancelled touch activate nothing") {
  Tap tap;
  tap.handle(down(1, kInside), kArea);
  CHECK(tap.handle(up(1, kFarOutside), kArea) == Tap::Result::Cancelled);
  tap.handle(down(1, kInside), kArea);
  CHECK(tap.handle(cancel(1, kInside), kArea) == Tap::Result::Cancelled);
  CHECK_FALSE(tap.owned());
}

TEST_CASE("a second person's finger neither takes nor releases a held button") {
  Tap tap;
  tap.handle(down(1, kInside), kArea);
  CHECK(tap.handle(down(2, kInside), kArea) == Tap::Result::Ignored);
  CHECK(tap.handle(up(2, kInside), kArea) == Tap::Result::Ignored);
  CHECK(tap.pressed());
  CHECK(tap.handle(up(1, kInside), kArea) == Tap::Result::Activated);
}

TEST_CASE("a finger that went down elsewhere and slid in presses nothing") {
  Tap tap;
  CHECK(tap.handle(down(1, kFarOutside), kArea) == Tap::Result::Ignored);
  CHECK(tap.handle(move(1, kInside, 1), kArea) == Tap::Result::Ignored);
  CHECK(tap.handle(up(1, kInside), kArea) == Tap::Result::Ignored);
}

TEST_CASE("a drag follows the finger 1:1 after the slop and never jumps by it") {
  Pan pan(Axis::Horizontal, 10);
  pan.handle(down(1, {100, 0}));
  CHECK(pan.handle(move(1, {106, 0}, 10)).kind == PanUpdate::Kind::Held);
  const PanUpdate began = pan.handle(move(1, {115, 0}, 20));
  CHECK(began.kind == PanUpdate::Kind::Began);
  CHECK(began.delta == Approx(5));
  CHECK(pan.handle(move(1, {140, 3}, 30)).delta == Approx(25));
  CHECK(pan.handle(move(1, {120, 3}, 40)).delta == Approx(-20));
}

TEST_CASE("a touch within the slop is a tap where it lifted") {
  Pan pan;
  pan.handle(down(1, {100, 50}));
  const PanUpdate update = pan.handle(up(1, {104, 52}, 80));
  CHECK(update.kind == PanUpdate::Kind::Tapped);
  CHECK(update.position == Vec2{104, 52});
}

TEST_CASE("a finger that lifts while moving flings, one that rested first does not") {
  Pan pan;
  pan.handle(down(1, {0, 0}, 0));
  for (int i = 1; i <= 5; ++i) pan.handle(move(1, {static_cast<float>(i) * 20, 0}, i * 10));
  CHECK(pan.handle(up(1, {100, 0}, 52)).velocity == Approx(2000).epsilon(0.01));

  pan.handle(down(1, {0, 0}, 1000));
  for (int i = 1; i <= 5; ++i) pan.handle(move(1, {static_cast<float>(i) * 20, 0}, 1000 + i * 10));
  CHECK(pan.handle(up(1, {100, 0}, 1250)).velocity == 0);
}

TEST_CASE("a cancelled drag flings nothing and taps nothing") {
  Pan pan;
  pan.handle(down(1, {0, 0}));
  pan.handle(move(1, {80, 0}, 10));
  CHECK(pan.handle(cancel(1, {80, 0})).kind == PanUpdate::Kind::Cancelled);
  CHECK_FALSE(pan.owned());
}

TEST_CASE("two people never pull one thing apart") {
  Pan pan;
  pan.handle(down(1, {0, 0}));
  CHECK(pan.handle(down(2, {300, 0})).kind == PanUpdate::Kind::Ignored);
  CHECK(pan.handle(move(2, {600, 0}, 5)).kind == PanUpdate::Kind::Ignored);
  pan.handle(move(1, {30, 0}, 10));
  CHECK(pan.handle(up(2, {600, 0}, 11)).kind == PanUpdate::Kind::Ignored);
  CHECK(pan.handle(move(1, {50, 0}, 12)).delta == Approx(20));
}

TEST_CASE("speed is measured over the last tenth of a second alone") {
  VelocityTracker tracker;
  tracker.add({0, 0}, 0);
  tracker.add({1000, 0}, 10'000);  // an old rush
  for (int i = 1; i <= 10; ++i) tracker.add({1000, 0}, 10'000 + i * 20'000);
  CHECK(tracker.velocity(210'000).x == Approx(0));
}

TEST_CASE("samples at one time give no infinite speed") {
  VelocityTracker tracker;
  tracker.add({0, 0}, 5);
  tracker.add({50, 0}, 5);
  CHECK(tracker.velocity(5) == Vec2{});
}
