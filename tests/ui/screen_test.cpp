// SPDX-License-Identifier: MIT
#include "engine/ui/screen.h"

#include <catch2/catch.hpp>

#include "engine/ui/button.h"

using namespace vitrine;
using namespace vitrine::ui;
using input::Handled;
using input::PointerEvent;
using input::PointerPhase;

namespace {

struct TwoButtons {
  Button left{"left", ButtonKind::Primary};
  Button right{"right", ButtonKind::Primary};
  Screen screen;

  TwoButtons() {
    left.set_bounds({0, 0, 200, 100});
    right.set_bounds({300, 0, 200, 100});
    screen.add(left);
    screen.add(right);
  }
  Handled send(uint64_t pointer, PointerPhase phase, Vec2 at) {
    return screen.handle({pointer, phase, at, 0});
  }
};

constexpr Vec2 kLeft{100, 50};
constexpr Vec2 kRight{400, 50};

}  // namespace

TEST_CASE("two people press two buttons at once and both act") {
  TwoButtons two;
  two.send(1, PointerPhase::Down, kLeft);
  two.send(2, PointerPhase::Down, kRight);
  CHECK(two.left.pressed());
  CHECK(two.right.pressed());
  two.send(2, PointerPhase::Up, kRight);
  CHECK(two.right.take_activated());
  CHECK_FALSE(two.left.take_activated());
  two.send(1, PointerPhase::Up, kLeft);
  CHECK(two.left.take_activated());
}

TEST_CASE("a button whose end is on its way is told as busy and answers as before") {
  TwoButtons two;
  two.left.set_busy(true);
  SemanticTree tree;
  two.screen.describe(tree);
  CHECK(tree.find("left")->state.busy);
  CHECK_FALSE(tree.find("left")->state.disabled);
  CHECK_FALSE(tree.find("right")->state.busy);
  CHECK(two.screen.activate(tree.find("left")->id));
}

TEST_CASE("a finger that slides from one button to another activates neither") {
  TwoButtons two;
  two.send(1, PointerPhase::Down, kLeft);
  two.send(1, PointerPhase::Move, kRight);
  two.send(1, PointerPhase::Up, kRight);
  CHECK_FALSE(two.left.take_activated());
  CHECK_FALSE(two.right.take_activated());
}

TEST_CASE("a cancelled finger activates nothing and frees its button") {
  TwoButtons two;
  two.send(1, PointerPhase::Down, kLeft);
  two.send(1, PointerPhase::Cancel, kLeft);
  CHECK_FALSE(two.left.take_activated());
  two.send(3, PointerPhase::Down, kLeft);
  two.send(3, PointerPhase::Up, kLeft);
  CHECK(two.left.take_activated());
}

TEST_CASE("a second finger on a held button does not reach what lies behind it") {
  Button behind{"behind", ButtonKind::Primary};
  Button front{"front", ButtonKind::Primary};
  behind.set_bounds({0, 0, 400, 400});
  front.set_bounds({100, 100, 100, 100});
  Screen screen;
  screen.add(behind);
  screen.add(front);
  screen.handle({1, PointerPhase::Down, {150, 150}, 0});
  CHECK(screen.handle({2, PointerPhase::Down, {150, 150}, 0}) == Handled::Yes);
  CHECK_FALSE(behind.pressed());
}

TEST_CASE("what nobody wants travels on") {
  TwoButtons two;
  CHECK(two.send(1, PointerPhase::Down, {250, 50}) == Handled::No);
  CHECK(two.send(1, PointerPhase::Up, {250, 50}) == Handled::No);
}

TEST_CASE("a screen that lets go activates nothing on the late release") {
  TwoButtons two;
  two.send(1, PointerPhase::Down, kLeft);
  two.screen.release();
  two.send(1, PointerPhase::Up, kLeft);
  CHECK_FALSE(two.left.take_activated());
}

TEST_CASE("a disabled or hidden button answers neither finger nor screen reader") {
  TwoButtons two;
  two.left.set_enabled(false);
  two.right.set_shown(false);
  CHECK(two.send(1, PointerPhase::Down, kLeft) == Handled::No);
  CHECK(two.send(2, PointerPhase::Down, kRight) == Handled::No);
  CHECK_FALSE(two.screen.activate(widget_id("left")));
  CHECK_FALSE(two.screen.activate(widget_id("right")));
  SemanticTree tree;
  tree.begin();
  two.screen.describe(tree);
  tree.end();
  REQUIRE(tree.size() == 1);
  CHECK(tree[0].state.disabled);
}

TEST_CASE("a screen reader activates by id what a finger would") {
  TwoButtons two;
  SemanticTree tree;
  tree.begin();
  two.screen.describe(tree);
  tree.end();
  REQUIRE(tree.find("right"));
  CHECK(two.screen.activate(tree.find("right")->id));
  CHECK(two.right.take_activated());
  CHECK_FALSE(two.screen.activate(12345));
}

TEST_CASE("a small button answers a whole finger") {
  Button small{"small", ButtonKind::Round};
  small.set_bounds({100, 100, 20, 20});
  small.set_least_target(88);
  Screen screen;
  screen.add(small);
  CHECK(screen.handle({1, PointerPhase::Down, {70, 70}, 0}) == Handled::Yes);
}
