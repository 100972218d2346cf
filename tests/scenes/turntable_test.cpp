// SPDX-License-Identifier: MIT
#include "scenes/props/turntable.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::scenes;
using input::Handled;
using input::PointerPhase;

namespace {

constexpr float kDegree = 3.14159265f / 180;
constexpr float kTravel = 200;

struct Hand {
  Turntable table{"product"};
  int64_t now_us = 0;
  Vec2 finger;

  Hand() { table.set_bounds({100, 100, 600, 900}, kTravel); }
  Handled send(PointerPhase phase, Vec2 at, uint64_t pointer = 1) {
    return table.handle({pointer, phase, at, now_us});
  }
  // Ten steps of a hundredth of a second.
  void drag(Vec2 by) {
    finger = {400, 500};
    send(PointerPhase::Down, finger);
    for (int i = 0; i < 10; ++i) {
      now_us += 10'000;
      finger = finger + by * 0.1f;
      send(PointerPhase::Move, finger);
    }
  }
  void lift() { send(PointerPhase::Up, finger); }
  void rest_then_lift() {
    now_us += 300'000;
    lift();
  }
  void wait(float seconds, float frames_a_second = 60) {
    for (int i = 0; i < static_cast<int>(seconds * frames_a_second); ++i) {
      table.update(1 / frames_a_second);
    }
  }
};

}  // namespace

TEST_CASE("a point sideways turns by half a degree, either way") {
  Hand hand;
  hand.drag({110, 0});
  CHECK(hand.table.turn() == Approx(50 * kDegree));  // less the slop
  hand.rest_then_lift();
  hand.drag({-110, 0});
  hand.rest_then_lift();
  CHECK(hand.table.turn() == Approx(0).margin(1e-4));
  hand.wait(1);
  CHECK(hand.table.take_turned() == 100);
  CHECK_FALSE(hand.table.take_turned());
  CHECK(hand.table.twist() == 0);
}

TEST_CASE("thrown it goes on, slows down and is told once it stands, the same at any frame rate") {
  Hand hand_20, hand_120;
  for (Hand* hand : {&hand_20, &hand_120}) {
    hand->drag({200, 0});
    hand->lift();
    CHECK_FALSE(hand->table.take_turned());
  }
  hand_20.wait(0.5f, 20);
  hand_120.wait(0.5f, 120);
  CHECK(hand_20.table.turn() > 190 * 0.5f * kDegree + 0.5f);
  CHECK(hand_20.table.turn() == Approx(hand_120.table.turn()).margin(1e-3));
  hand_20.wait(6);
  CHECK(hand_20.table.at_rest());
  const auto degrees = hand_20.table.take_turned();
  REQUIRE(degrees);
  CHECK(static_cast<float>(*degrees) == Approx(hand_20.table.turn() / kDegree).margin(1));
}

TEST_CASE("a finger on it stops it, and with reduced motion nothing goes on") {
  Hand hand;
  hand.drag({200, 0});
  hand.lift();
  hand.wait(0.1f);
  hand.send(PointerPhase::Down, {400, 500});
  const float at = hand.table.turn();
  hand.wait(0.2f);
  CHECK(hand.table.turn() == at);

  Hand calm;
  calm.table.set_reduced_motion(true);
  calm.drag({200, 0});
  calm.lift();
  const float where = calm.table.turn();
  calm.wait(1);
  CHECK(calm.table.turn() == where);
}

TEST_CASE("dragged downwards it is twisted in 1:1, with rubber beyond the end") {
  Hand hand;
  hand.drag({0, 110});
  CHECK(hand.table.twist() == Approx(0.5f));
  CHECK(hand.table.turn() == 0);
  hand.rest_then_lift();
  hand.wait(1);
  CHECK(hand.table.twist() == Approx(0.5f));
  CHECK(hand.table.take_twisted() == 50);
  CHECK_FALSE(hand.table.take_twisted());
  hand.drag({0, 310});
  CHECK(hand.table.twist() > 1);
  CHECK(hand.table.twist() < 1.5f);
  hand.rest_then_lift();
  hand.wait(2);
  CHECK(hand.table.twist() == 1);
  CHECK(hand.table.take_twisted() == 0);
  CHECK_FALSE(hand.table.take_turned());
}

TEST_CASE("the first direction of a drag decides") {
  Hand hand;
  hand.drag({80, 30});
  const float turned = hand.table.turn();
  CHECK(turned > 0);
  for (int i = 0; i < 10; ++i) {
    hand.finger.y += 20;
    hand.send(PointerPhase::Move, hand.finger);
  }
  CHECK(hand.table.twist() == 0);
  CHECK(hand.table.turn() == turned);
}

TEST_CASE("a tap twists it all the way in, another one out; so does a screen reader") {
  Hand hand;
  hand.send(PointerPhase::Down, {400, 500});
  hand.send(PointerPhase::Up, {400, 500});
  hand.wait(2);
  CHECK(hand.table.twist() == 1);
  CHECK(hand.table.activate(ui::widget_id("product")));
  CHECK_FALSE(hand.table.activate(ui::widget_id("other")));
  hand.wait(2);
  CHECK(hand.table.twist() == 0);
  CHECK(hand.table.take_twisted() == 100);
}

TEST_CASE("arrow keys turn it in steps") {
  Hand hand;
  CHECK_FALSE(hand.table.step(ui::widget_id("other"), 1));
  CHECK(hand.table.step(ui::widget_id("product"), 1));
  hand.wait(2);
  CHECK(hand.table.turn() == Approx(30 * kDegree).margin(1e-3));
  CHECK(hand.table.step(ui::widget_id("product"), -1));
  hand.wait(2);
  CHECK(hand.table.turn() == Approx(0).margin(1e-3));
}

TEST_CASE("a second finger, a finger beside it and a finger that is taken away change nothing") {
  Hand hand;
  CHECK(hand.send(PointerPhase::Down, {50, 50}) == Handled::No);
  hand.drag({0, 110});
  CHECK(hand.send(PointerPhase::Down, {300, 300}, 2) == Handled::Yes);
  CHECK(hand.send(PointerPhase::Move, {500, 300}, 2) == Handled::No);
  CHECK(hand.table.turn() == 0);
  hand.send(PointerPhase::Cancel, hand.finger);
  hand.wait(1);
  CHECK(hand.table.twist() == Approx(0.5f));
  CHECK(hand.table.at_rest());

  Hand let_go;
  let_go.drag({200, 0});
  let_go.table.release();
  CHECK_FALSE(let_go.table.held());
  const float at = let_go.table.turn();
  let_go.wait(1);
  CHECK(let_go.table.turn() == at);
}
