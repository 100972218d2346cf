// SPDX-License-Identifier: MIT
#include "engine/input/staff_gesture.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::input;

namespace {

constexpr Vec2 kCorners[] = {{20, 20}, {1060, 20}, {1060, 1900}, {20, 1900}};

struct Hand {
  StaffGesture gesture;
  int64_t now_us = 9'000'000;

  Hand() { gesture.resize({1080, 1920}); }
  bool tap(Vec2 at, int64_t after_us = 500'000) {
    now_us += after_us;
    const bool done = gesture.handle({1, PointerPhase::Down, at, now_us});
    CHECK_FALSE(gesture.handle({1, PointerPhase::Move, kCorners[0], now_us}));
    CHECK_FALSE(gesture.handle({1, PointerPhase::Up, at, now_us}));
    return done;
  }
};

}  // namespace

TEST_CASE("four corners clockwise are the gesture, from whichever they begin") {
  for (size_t first = 0; first < 4; ++first) {
    Hand hand;
    for (size_t i = 0; i < 3; ++i) CHECK_FALSE(hand.tap(kCorners[(first + i) % 4]));
    CHECK(hand.tap(kCorners[(first + 3) % 4]));
    CHECK_FALSE(hand.tap(kCorners[first]));  // one gesture, one panel
  }
}

TEST_CASE("anticlockwise, across, twice the same and with a touch between are not") {
  const int ways[][4] = {{0, 3, 2, 1}, {0, 2, 1, 3}, {0, 1, 1, 2}, {0, 0, 0, 0}};
  for (const auto& way : ways) {
    Hand hand;
    for (const int corner : way) CHECK_FALSE(hand.tap(kCorners[corner]));
  }
  Hand hand;
  for (int i = 0; i < 3; ++i) hand.tap(kCorners[i]);
  CHECK_FALSE(hand.tap({540, 960}));
  CHECK_FALSE(hand.tap(kCorners[3]));
}

TEST_CASE("slower than five seconds it is none, and it may be begun again at once") {
  Hand hand;
  for (int i = 0; i < 3; ++i) CHECK_FALSE(hand.tap(kCorners[i], 1'700'000));
  CHECK_FALSE(hand.tap(kCorners[3], 1'700'000));
  CHECK_FALSE(hand.tap(kCorners[0]));
  CHECK_FALSE(hand.tap(kCorners[1]));
  CHECK(hand.tap(kCorners[2]));
}

TEST_CASE("beside a corner is not in it") {
  Hand hand;
  hand.tap(kCorners[0]);
  hand.tap(kCorners[1]);
  hand.tap({1060, 1700});
  CHECK_FALSE(hand.tap(kCorners[3]));
}
