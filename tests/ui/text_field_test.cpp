// SPDX-License-Identifier: MIT
#include "engine/ui/text_field.h"

#include <catch2/catch.hpp>

#include "engine/ui/on_screen_keyboard.h"
#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;
using input::PointerPhase;

namespace {

struct Field {
  test::Drawing drawing;
  TextField field;

  explicit Field(TextField::Content content = TextField::Content::Plain)
      : field("code", 12, content) {
    field.set_label("Coupon code");
    field.set_hint("On your receipt");
    field.set_bounds({100, 100, 400, 96});
    field.set_text_size(40);  // letters are 20 wide, dots 40
  }
  void draw() {
    field.update(0);
    drawing.canvas.forget();
    Painter painter = drawing.painter();
    field.draw(painter);
  }
  SemanticNode described() const {
    SemanticTree tree;
    tree.begin();
    field.describe(tree);
    tree.end();
    return tree[0];
  }
  void tap(float x) {
    field.handle({1, PointerPhase::Down, {x, 140}, 0});
    field.handle({1, PointerPhase::Up, {x, 140}, 0});
    draw();
  }
};

struct Keyboard {
  TextField field{"name", 20};
  OnScreenKeyboard keys{"keys"};

  Keyboard() {
    keys.set_key_words({"Space", "Delete", "Shift", "Done"});
    keys.set_field(&field);
    keys.layout({54, 1200, 972, 560}, 10, 88);
  }
  SemanticTree described() const {
    SemanticTree tree;
    tree.begin();
    keys.describe(tree);
    tree.end();
    return tree;
  }
  void press(const std::string& key) {
    const SemanticTree tree = described();
    REQUIRE(tree.find("keys-" + key));
    const Vec2 at = tree.find("keys-" + key)->bounds.center();
    keys.handle({1, PointerPhase::Down, at, 0});
    keys.handle({1, PointerPhase::Up, at, 0});
    keys.update(0.016f);
  }
  void type(std::string_view letters) {
    for (const char letter : letters) press(std::string(1, letter));
  }
};

}  // namespace

TEST_CASE("an empty field shows its hint, a written one its text") {
  Field code;
  code.draw();
  CHECK(code.drawing.canvas.says("On your receipt"));
  code.field.insert("SR-02");
  code.draw();
  CHECK(code.drawing.canvas.says("SR-02"));
  CHECK_FALSE(code.drawing.canvas.says("On your receipt"));
  CHECK(code.field.take_changed());
  CHECK_FALSE(code.field.take_changed());
}

TEST_CASE("a tap puts the caret into the nearest gap") {
  Field code;
  code.field.insert("abcdef");
  code.draw();
  const float left = 100 + 40 * 0.6f;
  code.tap(left + 2 * 20 + 3);
  CHECK(code.field.edit().caret() == 2);
  code.tap(left + 2 * 20 + 14);
  CHECK(code.field.edit().caret() == 3);
  code.tap(left - 5);
  CHECK(code.field.edit().caret() == 0);
  code.tap(490);
  CHECK(code.field.edit().caret() == 6);
  CHECK(code.field.take_activated());
}

TEST_CASE("a caret beyond the edge scrolls the text") {
  Field code;
  code.field.edit().set_text("口红口红口红口红口红");  // 400 wide in 352
  code.draw();
  const auto& end = code.drawing.canvas.written.back();
  CHECK(end.rect.right() == Approx(500 - 24));
  code.field.edit().set_caret(0);
  code.draw();
  CHECK(code.drawing.canvas.written.back().rect.x == Approx(124));
}

TEST_CASE("a secret is drawn as dots and told to nobody") {
  Field pin(TextField::Content::Secret);
  const auto dots = [&] {
    pin.draw();
    size_t round = 0;
    for (const auto& filled : pin.drawing.canvas.filled) round += filled.rect.width < 20;
    return round;
  };
  CHECK(dots() == 0);
  pin.field.insert("口红42");
  CHECK(dots() == 4);
  CHECK(pin.drawing.canvas.written.empty());
  CHECK(pin.described().value.empty());
  CHECK(pin.described().range.now == 4);
  CHECK(pin.described().state.secret);
  pin.field.erase_before();
  CHECK(dots() == 3);
  pin.tap(100 + 24 + 2 * 24.8f);
  CHECK(pin.field.edit().caret() == 6);
}

TEST_CASE("a problem is shown and told until the text changes") {
  Field code;
  code.field.insert("XX");
  code.field.set_problem("No such code");
  code.draw();
  CHECK(code.drawing.canvas.says("No such code"));
  CHECK(code.described().state.invalid);
  CHECK(code.described().description == "No such code");
  code.field.insert("Y");
  CHECK_FALSE(code.described().state.invalid);
}

TEST_CASE("a real keyboard writes, erases and replaces by UTF-8") {
  Field code;
  const uint32_t id = widget_id("code");
  CHECK(code.field.write(id, {.text = "口红x"}));
  CHECK(code.field.write(id, {.kind = TextInput::Kind::EraseBefore}));
  CHECK(code.field.text() == "口红");
  CHECK(code.field.step(id, -1));
  CHECK(code.field.write(id, {.kind = TextInput::Kind::EraseBehind}));
  CHECK(code.field.text() == "口");
  CHECK(code.field.write(id, {.kind = TextInput::Kind::Replace, .text = "new text", .caret = 3}));
  CHECK(code.field.text() == "new text");
  CHECK(code.field.edit().caret() == 3);
  CHECK_FALSE(code.field.write(id + 1, {.text = "x"}));
  CHECK_FALSE(code.field.step(id + 1, 1));
}

TEST_CASE("a page's field cannot write more than fits") {
  Field code;
  code.field.write(
      widget_id("code"),
      {.kind = TextInput::Kind::Replace, .text = "much too long for a code", .caret = 24});
  CHECK(code.field.text() == "much too lon");
  CHECK(code.field.edit().caret() == 12);
}

TEST_CASE("a disabled field takes nothing") {
  Field code;
  code.field.set_enabled(false);
  code.tap(200);
  code.field.insert("x");
  CHECK_FALSE(code.field.write(widget_id("code"), {.text = "x"}));
  CHECK_FALSE(code.field.activate(widget_id("code")));
  CHECK_FALSE(code.field.take_activated());
  CHECK(code.field.text().empty());
}

TEST_CASE("the keyboard writes into its field") {
  Keyboard keyboard;
  CHECK(keyboard.field.active());
  keyboard.type("red-4");
  keyboard.press("space");
  keyboard.press("delete");
  keyboard.press("delete");
  CHECK(keyboard.field.text() == "red-");
  keyboard.press("enter");
  CHECK(keyboard.keys.take_done());
  CHECK_FALSE(keyboard.keys.take_done());
}

TEST_CASE("shift holds for one letter, pressed again for all") {
  Keyboard keyboard;
  keyboard.press("shift");
  keyboard.type("red");
  CHECK(keyboard.field.text() == "Red");
  keyboard.press("shift");
  keyboard.press("shift");
  keyboard.type("ok");
  CHECK(keyboard.field.text() == "RedOK");
  CHECK(keyboard.described().find("keys-shift")->state.checked == Toggle::On);
  keyboard.press("shift");
  keyboard.type("b");
  CHECK(keyboard.field.text() == "RedOKb");
}

TEST_CASE("a keyboard for codes has capitals alone") {
  Keyboard keyboard;
  keyboard.keys.set_capitals_only(true);
  keyboard.keys.layout({54, 1200, 972, 560}, 10, 88);
  keyboard.type("sr02");
  CHECK(keyboard.field.text() == "SR02");
  CHECK(keyboard.described().find("keys-shift") == nullptr);
}

TEST_CASE("another field, or none, takes the keyboard over") {
  Keyboard keyboard;
  TextField other{"other", 20};
  keyboard.keys.set_field(&other);
  CHECK_FALSE(keyboard.field.active());
  keyboard.type("x");
  CHECK(other.text() == "x");
  CHECK(keyboard.field.text().empty());
  keyboard.keys.set_field(nullptr);
  keyboard.type("y");
  CHECK(other.text() == "x");
}

TEST_CASE("no key of the keyboard lies on another") {
  Keyboard keyboard;
  test::Drawing drawing;
  Painter painter = drawing.painter();
  keyboard.keys.draw(painter);
  const SemanticTree tree = keyboard.described();
  for (size_t i = 0; i < tree.size(); ++i) {
    CHECK(tree[i].bounds.right() <= 54 + 972 + 1);
    for (size_t j = 0; j < i; ++j) CHECK(tree[i].name != tree[j].name);
  }
  CHECK(tree.size() == 43);
}
