// SPDX-License-Identifier: MIT
#include "engine/input/corner_taps.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::input;

namespace {

constexpr Size kScreen{1080, 1920};
constexpr Vec2 kCorner[4] = {{20, 30}, {1060, 40}, {1070, 1900}, {15, 1880}};
constexpr int64_t kMs = 1000;

struct Hand {
  CornerTaps taps;
  int64_t now_us = 1'000'000;

  bool send(PointerPhase phase, Vec2 at, uint64_t pointer = 1) {
    return taps.handle({pointer, phase, at, now_us}, kScreen);
  }
  bool tap(Vec2 at, int64_t held_ms = 60, int64_t then_ms = 400) {
    send(PointerPhase::Down, at);
    now_us += held_ms * kMs;
    const bool completed = send(PointerPhase::Up, at);
    now_us += then_ms * kMs;
    return completed;
  }
};

}  // namespace

TEST_CASE("a tap in each corner as a clock goes calls the staff panel, once") {
  Hand hand;
  for (int i = 0; i < 3; ++i) CHECK_FALSE(hand.tap(kCorner[i]));
  CHECK(hand.tap(kCorner[3]));
  CHECK_FALSE(hand.tap(kCorner[3]));
  for (int i = 0; i < 3; ++i) CHECK_FALSE(hand.tap(kCorner[i]));
  CHECK(hand.tap(kCorner[3]));
}

TEST_CASE("corners in another order call nobody") {
  Hand hand;
  for (const int i : {0, 3, 2, 1, 0, 2, 1, 3}) CHECK_FALSE(hand.tap(kCorner[i]));
}

TEST_CASE("a touch in between begins it anew") {
  Hand hand;
  hand.tap(kCorner[0]), hand.tap(kCorner[1]), hand.tap({540, 900}), hand.tap(kCorner[2]);
  CHECK_FALSE(hand.tap(kCorner[3]));
}

TEST_CASE("a first corner tapped twice still counts as the first") {
  Hand hand;
  hand.tap(kCorner[0]);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(hand.tap(kCorner[i]));
  CHECK(hand.tap(kCorner[3]));
}

TEST_CASE("five seconds are enough, more are not") {
  Hand slow;
  for (int i = 0; i < 3; ++i) slow.tap(kCorner[i], 60, 1600);
  CHECK(slow.tap(kCorner[3]));
  Hand slower;
  for (int i = 0; i < 3; ++i) slower.tap(kCorner[i], 60, 1700);
  CHECK_FALSE(slower.tap(kCorner[3]));
}

TEST_CASE("a finger that rests in a corner, slides out of it or is cancelled is no tap") {
  Hand resting;
  for (int i = 0; i < 3; ++i) resting.tap(kCorner[i]);
  CHECK_FALSE(resting.tap(kCorner[3], 800));

  Hand sliding;
  for (int i = 0; i < 3; ++i) sliding.tap(kCorner[i]);
  sliding.send(PointerPhase::Down, kCorner[3]);
  sliding.send(PointerPhase::Move, {300, 1500});
  CHECK_FALSE(sliding.send(PointerPhase::Up, {300, 1500}));

  Hand cancelled;
  for (int i = 0; i < 3; ++i) cancelled.tap(kCorner[i]);
  cancelled.send(PointerPhase::Down, kCorner[3]);
  CHECK_FALSE(cancelled.send(PointerPhase::Cancel, kCorner[3]));
}

TEST_CASE("two fingers at once, a child's hands, call nobody") {
  Hand hand;
  hand.tap(kCorner[0]), hand.tap(kCorner[1]), hand.tap(kCorner[2]);
  hand.send(PointerPhase::Down, kCorner[3], 1);
  hand.send(PointerPhase::Down, {500, 500}, 2);
  CHECK_FALSE(hand.send(PointerPhase::Up, kCorner[3], 1));
  CHECK_FALSE(hand.send(PointerPhase::Up, {500, 500}, 2));
}
