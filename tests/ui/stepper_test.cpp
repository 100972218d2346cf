// SPDX-License-Identifier: MIT
#include "engine/ui/stepper.h"

#include <catch2/catch.hpp>

#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;
using input::PointerPhase;

namespace {

struct Counted {
  Stepper stepper{"pieces", "fewer", "more"};
  Vec2 less{44, 44};
  Vec2 more{256, 44};

  explicit Counted(int least = 1, int most = 9) {
    stepper.set_label("Pieces", "Fewer", "More");
    stepper.set_range(least, most);
    stepper.layout({0, 0, 300, 88}, 56, 88);
  }
  void send(PointerPhase phase, Vec2 at) { stepper.handle({1, phase, at, 0}); }
  void tap(Vec2 at) {
    send(PointerPhase::Down, at);
    send(PointerPhase::Up, at);
    stepper.update(0.016f);
  }
  void hold(Vec2 at, float seconds, float rate) {
    send(PointerPhase::Down, at);
    const int frames = static_cast<int>(seconds * rate + 0.5f);
    for (int i = 0; i < frames; ++i) stepper.update(1 / rate);
  }
  SemanticTree described() const {
    SemanticTree tree;
    tree.begin();
    stepper.describe(tree);
    tree.end();
    return tree;
  }
};

}  // namespace

TEST_CASE("each press is one step, within the range") {
  Counted counted(1, 3);
  CHECK(counted.stepper.value() == 1);
  counted.tap(counted.less);
  CHECK(counted.stepper.value() == 1);
  CHECK_FALSE(counted.stepper.take_changed());
  for (int i = 0; i < 5; ++i) counted.tap(counted.more);
  CHECK(counted.stepper.value() == 3);
  CHECK(counted.stepper.take_changed());
}

TEST_CASE("a press that slides off is no step") {
  Counted counted;
  counted.send(PointerPhase::Down, counted.more);
  counted.send(PointerPhase::Move, {256, 400});
  counted.send(PointerPhase::Up, {256, 400});
  counted.stepper.update(0.016f);
  CHECK(counted.stepper.value() == 1);
}

TEST_CASE("a held button repeats faster and faster, the same at any frame rate") {
  Counted slow(0, 999), fast(0, 999);
  slow.hold(slow.more, 3, 20);
  fast.hold(fast.more, 3, 144);
  CHECK(slow.stepper.value() > 20);
  CHECK(std::abs(slow.stepper.value() - fast.stepper.value()) <= 1);
  Counted early(0, 999);
  early.hold(early.more, 1, 60);
  const int first = early.stepper.value();
  for (int i = 0; i < 60; ++i) early.stepper.update(1 / 60.0f);
  CHECK(early.stepper.value() - first > first);
}

TEST_CASE("lifting after repeats is no further step") {
  Counted counted(0, 99);
  counted.hold(counted.more, 0.5f, 60);
  const int held = counted.stepper.value();
  CHECK(held >= 1);
  counted.send(PointerPhase::Up, counted.more);
  counted.stepper.update(0.016f);
  CHECK(counted.stepper.value() == held);
  counted.tap(counted.more);
  CHECK(counted.stepper.value() == held + 1);
}

TEST_CASE("a held button stops at the end of the range") {
  Counted counted(1, 4);
  counted.hold(counted.more, 5, 60);
  CHECK(counted.stepper.value() == 4);
}

TEST_CASE("screen readers and arrows meet a number with its range") {
  Counted counted(1, 3);
  const SemanticTree tree = counted.described();
  const SemanticNode* node = tree.find("pieces");
  REQUIRE(node);
  CHECK(node->role == Role::SpinButton);
  CHECK(node->value == "1");
  CHECK(node->range.least == 1);
  CHECK(node->range.most == 3);
  CHECK(tree.find("fewer")->state.disabled);
  CHECK_FALSE(tree.find("more")->state.disabled);
  CHECK(counted.stepper.step(node->id, +1));
  CHECK(counted.stepper.value() == 2);
  CHECK(counted.stepper.activate(widget_id("more")));
  counted.stepper.update(0.016f);
  CHECK(counted.described().find("pieces")->range.now == 3);
  CHECK(counted.described().find("more")->state.disabled);
}

TEST_CASE("a range that shrinks takes the value along") {
  Counted counted(0, 9);
  counted.stepper.set_value(9);
  counted.stepper.set_range(0, 4);
  CHECK(counted.stepper.value() == 4);
}

TEST_CASE("a disabled stepper answers nobody") {
  Counted counted(0, 9);
  counted.stepper.set_enabled(false);
  counted.tap(counted.more);
  CHECK_FALSE(counted.stepper.step(widget_id("pieces"), +1));
  CHECK(counted.stepper.value() == 0);
  CHECK_FALSE(counted.described().find("pieces")->can_focus());
}
