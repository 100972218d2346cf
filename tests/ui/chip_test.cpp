// SPDX-License-Identifier: MIT
#include "engine/ui/chip.h"

#include <catch2/catch.hpp>

#include "engine/ui/card.h"
#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;
using input::Handled;
using input::PointerPhase;

namespace {

void tap(Widget& widget, Vec2 at) {
  widget.handle({1, PointerPhase::Down, at, 0});
  widget.handle({1, PointerPhase::Up, at, 0});
  widget.update(0.016f);
}

SemanticTree described(const Widget& widget) {
  SemanticTree tree;
  tree.begin();
  widget.describe(tree);
  tree.end();
  return tree;
}

struct Finishes {
  ChipGroup group{"finish"};

  Finishes() {
    for (const std::string_view name : {"velvet", "gloss", "mirror"}) group.add(name);
    group.layout({100, 100, 624, 76}, 12, 34, 88);
  }
};

class PlainCard final : public Card {
 public:
  PlainCard() : Card("card") { set_bounds({0, 0, 400, 200}); }
  int drawn = 0;

 protected:
  void draw_content(Painter&) override { ++drawn; }
};

}  // namespace

TEST_CASE("a chip turns on and off and says so") {
  Chip chip("vegan");
  chip.set_bounds({0, 0, 200, 76});
  CHECK(described(chip)[0].state.checked == Toggle::Off);
  tap(chip, {100, 40});
  CHECK(chip.take_changed());
  CHECK_FALSE(chip.take_changed());
  CHECK(chip.on());
  const SemanticTree tree = described(chip);
  CHECK(tree[0].role == Role::Button);
  CHECK(tree[0].state.checked == Toggle::On);
  tap(chip, {100, 40});
  CHECK(chip.take_changed());
  CHECK_FALSE(chip.on());
}

TEST_CASE("one chip of a group is chosen, and choosing it again changes nothing") {
  Finishes finishes;
  CHECK(finishes.group.chosen() == 0);
  tap(finishes.group, finishes.group[2].bounds().center());
  CHECK(finishes.group.take_chosen() == 2u);
  CHECK_FALSE(finishes.group[0].on());
  tap(finishes.group, finishes.group[2].bounds().center());
  CHECK_FALSE(finishes.group.take_chosen());
  CHECK(finishes.group[2].on());
}

TEST_CASE("a group of chips is a group of radios that arrows walk round") {
  Finishes finishes;
  const SemanticTree tree = described(finishes.group);
  REQUIRE(tree.size() == 4);
  CHECK(tree[0].role == Role::Group);
  CHECK(tree[1].role == Role::Radio);
  CHECK(tree[1].parent == tree[0].id);
  CHECK(tree[1].state.checked == Toggle::On);
  CHECK(tree[2].state.checked == Toggle::Off);
  CHECK(finishes.group.step(widget_id("velvet"), -1) == widget_id("mirror"));
  CHECK(finishes.group.take_chosen() == 2u);
  CHECK(finishes.group.step(widget_id("mirror"), +1) == widget_id("velvet"));
  CHECK(finishes.group.take_chosen() == 0u);
  CHECK(finishes.group.step(widget_id("nobody"), +1) == 0);
}

TEST_CASE("chips that are drawn low still answer a whole finger, and only one of them") {
  Finishes finishes;
  const Rect chip = finishes.group[1].bounds();
  CHECK(finishes.group.handle({1, PointerPhase::Down, {chip.center().x, chip.y - 5}, 0}) ==
        Handled::Yes);
  finishes.group.release();
  tap(finishes.group, {chip.x - 6, chip.center().y});
  CHECK(finishes.group.chosen() == 0);
}

TEST_CASE("two people on two chips choose the one that is lifted last") {
  Finishes finishes;
  finishes.group.handle({1, PointerPhase::Down, finishes.group[1].bounds().center(), 0});
  finishes.group.handle({2, PointerPhase::Down, finishes.group[2].bounds().center(), 0});
  finishes.group.handle({2, PointerPhase::Up, finishes.group[2].bounds().center(), 0});
  finishes.group.update(0.016f);
  finishes.group.handle({1, PointerPhase::Up, finishes.group[1].bounds().center(), 0});
  finishes.group.update(0.016f);
  CHECK(finishes.group.chosen() == 1);
}

TEST_CASE("the state of a chip is seen without its colour") {
  test::Drawing drawing;
  Painter painter = drawing.painter();
  Chip chip("vegan");
  chip.set_bounds({0, 0, 200, 76});
  chip.draw(painter);
  const Color off = drawing.canvas.filled[0].color;
  chip.set_on(true);
  drawing.canvas.forget();
  chip.draw(painter);
  const Color on = drawing.canvas.filled[0].color;
  // Dark against light, not one hue against another.
  CHECK(off.r + off.g + off.b > 2 * (on.r + on.g + on.b));
}

TEST_CASE("a card is pressed as a whole and draws what is on it") {
  PlainCard card;
  tap(card, {200, 100});
  CHECK(card.take_activated());
  CHECK(described(card)[0].role == Role::Card);
  CHECK(described(card)[0].activatable);
  test::Drawing drawing;
  Painter painter = drawing.painter();
  card.draw(painter);
  CHECK(card.drawn == 1);
  CHECK(drawing.canvas.depth == 0);
}
