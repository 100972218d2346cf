// SPDX-License-Identifier: MIT
#include "engine/ui/keypad.h"

#include <catch2/catch.hpp>

#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;
using input::PointerPhase;

namespace {

struct Pin {
  Keypad keypad;
  test::Drawing drawing;

  explicit Pin(Keypad::Content content = Keypad::Content::Secret) : keypad("pin", 4, 6, content) {
    keypad.set_label("Staff PIN", "{count} digits");
    keypad.set_key_words({.erase = "Delete", .enter = "OK"});
    keypad.layout({100, 500, 600, 900}, 20, 88);
  }
  SemanticTree described() const {
    SemanticTree tree;
    tree.begin();
    keypad.describe(tree);
    tree.end();
    return tree;
  }
  Rect bounds(const std::string& key) const {
    const SemanticTree tree = described();
    REQUIRE(tree.find("pin-" + key));
    return tree.find("pin-" + key)->bounds;
  }
  void press(const std::string& key, uint64_t pointer = 1) {
    const Vec2 at = bounds(key).center();
    keypad.handle({pointer, PointerPhase::Down, at, 0});
    keypad.handle({pointer, PointerPhase::Up, at, 0});
    keypad.update(0.016f);
  }
  void type(std::string_view digits) {
    for (const char digit : digits) press(std::string(1, digit));
  }
  void draw() {
    drawing.canvas.forget();
    Painter painter = drawing.painter();
    keypad.draw(painter);
  }
};

}  // namespace

TEST_CASE("digits are entered once there are enough") {
  Pin pin;
  pin.type("471");
  pin.press("enter");
  CHECK_FALSE(pin.keypad.take_entered());
  pin.type("1");
  pin.press("enter");
  CHECK(pin.keypad.take_entered());
  CHECK_FALSE(pin.keypad.take_entered());
  CHECK(pin.keypad.digits() == "4711");
}

TEST_CASE("there are never more digits than allowed, and delete takes the last") {
  Pin pin;
  pin.type("12345678");
  CHECK(pin.keypad.digits() == "123456");
  pin.press("delete");
  CHECK(pin.keypad.digits() == "12345");
}

TEST_CASE("secret digits are neither drawn nor told, only counted") {
  Pin pin;
  pin.type("9081");
  pin.draw();
  for (const auto& words : pin.drawing.canvas.written) {
    CHECK(words.text.find("9081") == std::string::npos);
  }
  const SemanticTree tree = pin.described();
  CHECK(tree.find("pin-count")->label == "4 digits");
  CHECK(tree.find("pin-count")->role == Role::Status);
  for (size_t i = 0; i < tree.size(); ++i) CHECK(tree[i].value.empty());
}

TEST_CASE("digits that are no secret are shown") {
  Pin receipt(Keypad::Content::Plain);
  receipt.type("2024");
  receipt.draw();
  CHECK(receipt.drawing.canvas.says("2024"));
  CHECK(receipt.described().find("pin-count")->value == "2024");
}

TEST_CASE("a wrong PIN is cleared and shakes, and keeps still with reduced motion") {
  Pin pin;
  pin.type("4711");
  pin.keypad.reject();
  CHECK(pin.keypad.digits().empty());
  CHECK_FALSE(pin.keypad.take_entered());
  pin.keypad.update(0.016f);
  CHECK_FALSE(pin.keypad.at_rest());
  for (int i = 0; i < 200; ++i) pin.keypad.update(0.016f);
  CHECK(pin.keypad.at_rest());
  pin.keypad.set_reduced_motion(true);
  pin.keypad.reject();
  CHECK(pin.keypad.at_rest());
}

TEST_CASE("delete repeats while it is held") {
  Pin pin;
  pin.type("123456");
  pin.keypad.handle({1, PointerPhase::Down, pin.bounds("delete").center(), 0});
  for (int i = 0; i < 120; ++i) pin.keypad.update(0.016f);
  CHECK(pin.keypad.digits().empty());
  pin.keypad.handle({1, PointerPhase::Up, pin.bounds("delete").center(), 0});
  pin.type("7");
  CHECK(pin.keypad.digits() == "7");
}

TEST_CASE("two thumbs type one digit each") {
  Pin pin;
  const Vec2 one = pin.bounds("1").center(), nine = pin.bounds("9").center();
  pin.keypad.handle({1, PointerPhase::Down, one, 0});
  pin.keypad.handle({2, PointerPhase::Down, nine, 0});
  pin.keypad.handle({1, PointerPhase::Up, one, 0});
  pin.keypad.handle({2, PointerPhase::Up, nine, 0});
  CHECK(pin.keypad.digits() == "19");
}

TEST_CASE("a finger that slides from one key to another types neither") {
  Pin pin;
  pin.keypad.handle({1, PointerPhase::Down, pin.bounds("1").center(), 0});
  pin.keypad.handle({1, PointerPhase::Move, pin.bounds("9").center(), 0});
  pin.keypad.handle({1, PointerPhase::Up, pin.bounds("9").center(), 0});
  CHECK(pin.keypad.digits().empty());
}

TEST_CASE("real keys type digits and nothing else") {
  Pin pin;
  const uint32_t key = pin.described().find("pin-5")->id;
  CHECK(pin.keypad.write(key, {.text = "4a7-1 1"}));
  CHECK(pin.keypad.digits() == "4711");
  CHECK(pin.keypad.write(key, {.kind = TextInput::Kind::EraseBefore}));
  CHECK(pin.keypad.digits() == "471");
  CHECK_FALSE(pin.keypad.write(12345, {.text = "1"}));
}

TEST_CASE("every key has a name, a word and room for a finger") {
  Pin pin;
  pin.type("1");
  const SemanticTree tree = pin.described();
  int keys = 0;
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].role != Role::Button) continue;
    ++keys;
    CHECK_FALSE(tree[i].label.empty());
    CHECK(tree[i].bounds.width >= 88);
    CHECK(tree[i].bounds.height >= 88);
    for (size_t j = 0; j < i; ++j) CHECK(tree[j].id != tree[i].id);
  }
  CHECK(keys == 12);
}

TEST_CASE("a disabled keypad types nothing") {
  Pin pin;
  pin.keypad.set_enabled(false);
  pin.type("1");
  CHECK_FALSE(pin.keypad.activate(pin.described().find("pin-1")->id));
  CHECK(pin.keypad.digits().empty());
}
