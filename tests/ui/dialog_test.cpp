// SPDX-License-Identifier: MIT
#include "engine/ui/dialog.h"

#include <catch2/catch.hpp>

#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;
using input::Handled;
using input::PointerPhase;

namespace {

constexpr DialogWords kWords{.title = "Still choosing?",
                             .text = "If nobody touches, this is cleared for the next person",
                             .primary = "I am still here",
                             .secondary = "Finish",
                             .code = "N-02",
                             .countdown = "15 seconds left"};

struct Asked {
  test::Drawing drawing;
  Dialog dialog{"still-there", "stay", "finish"};
  SemanticTree tree;

  explicit Asked(Size points = {1080, 1920}, const DialogWords& words = kWords) {
    drawing.metrics = metrics_for(points, {});
    dialog.set_words(words);
    dialog.set_countdown(15);
    dialog.layout(drawing.canvas, drawing.metrics);
    dialog.show_open();
    describe();
  }
  void describe() {
    tree.begin();
    dialog.describe(tree);
    tree.end();
  }
  Rect bounds(std::string_view name) const {
    REQUIRE(tree.find(name));
    return tree.find(name)->bounds;
  }
  void tap(Vec2 at) {
    CHECK(dialog.handle({1, PointerPhase::Down, at, 0}) == Handled::Yes);
    CHECK(dialog.handle({1, PointerPhase::Up, at, 0}) == Handled::Yes);
    dialog.update(0.016f);
  }
  void draw() {
    drawing.canvas.forget();
    Painter painter = drawing.painter();
    dialog.draw(painter);
  }
};

bool holds(const Rect& outer, const Rect& inner) {
  return inner.x >= outer.x - 0.5f && inner.y >= outer.y - 0.5f &&
         inner.right() <= outer.right() + 0.5f && inner.bottom() <= outer.bottom() + 0.5f;
}

}  // namespace

TEST_CASE("a dialog is modal and tells what it asks") {
  Asked asked;
  const SemanticNode* node = asked.tree.find("still-there");
  REQUIRE(node);
  CHECK(node->role == Role::Dialog);
  CHECK(node->state.modal);
  CHECK(node->label == kWords.title);
  CHECK(node->description == kWords.text);
  CHECK(asked.tree.modal() == node->id);
  for (const std::string_view name : {"stay", "finish", "still-there-title", "still-there-code"}) {
    REQUIRE(asked.tree.find(name));
    CHECK(asked.tree.find(name)->parent == node->id);
  }
  CHECK(asked.tree.next_activatable(0, +1) == widget_id("stay"));
}

TEST_CASE("each button answers once, a touch beside the card does not") {
  Asked asked;
  asked.tap({20, 20});
  CHECK(asked.dialog.take_choice() == Dialog::Choice::None);
  asked.tap(asked.bounds("finish").center());
  CHECK(asked.dialog.take_choice() == Dialog::Choice::Secondary);
  CHECK(asked.dialog.take_choice() == Dialog::Choice::None);
  CHECK(asked.dialog.chosen().name() == "finish");
  asked.tap(asked.bounds("stay").center());
  CHECK(asked.dialog.take_choice() == Dialog::Choice::Primary);
}

TEST_CASE("Escape is the safe choice") {
  Asked asked;
  CHECK(asked.dialog.back());
  CHECK(asked.dialog.take_choice() == Dialog::Choice::Primary);
  asked.dialog.set_safe_choice(Dialog::Choice::Secondary);
  CHECK(asked.dialog.back());
  CHECK(asked.dialog.take_choice() == Dialog::Choice::Secondary);
  asked.dialog.close();
  CHECK_FALSE(asked.dialog.back());
}

TEST_CASE("the ring runs down by time and answers once, at any frame rate") {
  for (const float rate : {20.0f, 60.0f, 144.0f}) {
    Asked asked;
    int answers = 0;
    for (int i = 0; i < static_cast<int>(15.2f * rate); ++i) {
      asked.dialog.update(1 / rate);
      if (asked.dialog.take_choice() == Dialog::Choice::TimedOut) ++answers;
    }
    CHECK(answers == 1);
    CHECK(asked.dialog.seconds_left() == 0);
  }
}

TEST_CASE("the second that runs is the one shown") {
  Asked asked;
  asked.dialog.update(4.2f);
  asked.draw();
  CHECK(asked.drawing.canvas.says("11"));
  asked.dialog.set_seconds_left(99);
  CHECK(asked.dialog.seconds_left() == 15);
}

TEST_CASE("screen readers are told the time only when the words change") {
  Asked asked;
  const SemanticNode* told = asked.tree.find("still-there-countdown");
  REQUIRE(told);
  CHECK(told->role == Role::Status);
  asked.dialog.update(4.2f);
  asked.describe();
  CHECK(asked.tree.find("still-there-countdown")->label == kWords.countdown);
  asked.dialog.set_countdown_words("10 seconds left");
  asked.describe();
  CHECK(asked.tree.find("still-there-countdown")->label == "10 seconds left");
}

TEST_CASE("a closed dialog lets everything through and is soon gone") {
  Asked asked;
  asked.dialog.close();
  CHECK(asked.dialog.handle({1, PointerPhase::Down, {540, 960}, 0}) == Handled::No);
  CHECK_FALSE(asked.dialog.activate(widget_id("stay")));
  CHECK(asked.dialog.is_seen());
  for (int i = 0; i < 20; ++i) asked.dialog.update(0.016f);
  CHECK_FALSE(asked.dialog.is_seen());
  asked.draw();
  CHECK(asked.drawing.canvas.filled.empty());
  asked.describe();
  CHECK(asked.tree.size() == 0);
}

TEST_CASE("a dialog that opens again has forgotten the last answer") {
  Asked asked;
  asked.tap(asked.bounds("finish").center());
  asked.dialog.close();
  asked.dialog.open();
  CHECK(asked.dialog.take_choice() == Dialog::Choice::None);
}

TEST_CASE("the card fits every screen, with everything on it and targets a finger can hit") {
  const std::string_view long_text =
      "Colours and mirror still work. As soon as the network is back you can claim it; the price "
      "is "
      "kept for you until the shop closes, whatever happens in between";
  for (const Size points : {Size{320, 568}, Size{390, 844}, Size{768, 1024}, Size{1080, 1920},
                            Size{1920, 1080}, Size{2160, 3840}}) {
    DialogWords words = kWords;
    words.text = long_text;
    const Asked asked(points, words);
    const Metrics& metrics = asked.drawing.metrics;
    CAPTURE(points.width, points.height);
    CHECK(holds({0, 0, metrics.size.width, metrics.size.height}, asked.bounds("still-there")));
    CHECK(holds({0, 0, metrics.size.width, metrics.size.height},
                asked.bounds("still-there-countdown")));
    for (const std::string_view name :
         {"still-there-title", "still-there-text", "still-there-code"}) {
      CHECK(holds(asked.bounds("still-there"), asked.bounds(name)));
    }
    for (const std::string_view name : {"stay", "finish"}) {
      CHECK(asked.bounds(name).height >= metrics.target - 0.5f);
    }
    CHECK(asked.bounds("still-there-text").bottom() <= asked.bounds("stay").y);
    CHECK(asked.bounds("stay").bottom() <= asked.bounds("finish").y + 0.5f);
  }
}

TEST_CASE("with reduced motion the card only fades") {
  Asked asked;
  asked.dialog.close();
  for (int i = 0; i < 60; ++i) asked.dialog.update(0.016f);
  asked.dialog.set_reduced_motion(true);
  asked.dialog.open();
  asked.dialog.update(0.1f);
  asked.draw();
  const Rect card = asked.bounds("still-there");
  bool found = false;
  for (const auto& filled : asked.drawing.canvas.filled) {
    if (filled.rect.width != Approx(card.width)) continue;
    found = true;
    CHECK(filled.rect.y == Approx(card.y));
    CHECK(filled.opacity < 1);
  }
  CHECK(found);
}

TEST_CASE("one button is enough, and a dialog without disc has none") {
  DialogWords words = kWords;
  words.secondary = {};
  words.code = {};
  Asked asked({1080, 1920}, words);
  asked.dialog.set_countdown(0);
  asked.dialog.layout(asked.drawing.canvas, asked.drawing.metrics);
  asked.describe();
  CHECK(asked.tree.find("finish") == nullptr);
  CHECK(asked.tree.find("still-there-countdown") == nullptr);
  CHECK(asked.tree.find("still-there-code") == nullptr);
  asked.dialog.update(3600);
  CHECK(asked.dialog.take_choice() == Dialog::Choice::None);
}
