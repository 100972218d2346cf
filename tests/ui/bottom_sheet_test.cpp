// SPDX-License-Identifier: MIT
#include "engine/ui/bottom_sheet.h"

#include <array>
#include <cmath>

#include <catch2/catch.hpp>

#include "engine/base/contrast.h"
#include "engine/ui/text_field.h"
#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;
using input::Handled;
using input::PointerPhase;

namespace {

// A list of buttons, one below the other.
class ButtonSheet final : public BottomSheet {
 public:
  static constexpr float kRow = 120;
  static constexpr std::string_view kNames[] = {"row-0",  "row-1",  "row-2",  "row-3",  "row-4",
                                                "row-5",  "row-6",  "row-7",  "row-8",  "row-9",
                                                "row-10", "row-11", "row-12", "row-13", "row-14",
                                                "row-15", "row-16", "row-17", "row-18", "row-19"};

  explicit ButtonSheet(size_t rows) : BottomSheet("sheet", "sheet-close"), rows_(rows) {
    for (size_t i = 0; i < rows; ++i) add(buttons[i]);
    set_label("Choose", "Close");
  }
  void layout(const Metrics& metrics) {
    const Rect content = layout_sheet(metrics, kRow * static_cast<float>(rows_));
    for (size_t i = 0; i < rows_; ++i) {
      buttons[i].set_bounds(
          {content.x, content.y + kRow * static_cast<float>(i), content.width, 100});
    }
  }
  void draw_content(Painter& painter) override {
    for (size_t i = 0; i < rows_; ++i) buttons[i].draw(painter);
  }

  std::array<Button, 20> buttons{make(std::make_index_sequence<20>())};

 private:
  template <size_t... I>
  static std::array<Button, 20> make(std::index_sequence<I...>) {
    return {Button(kNames[I], ButtonKind::Ghost)...};
  }
  size_t rows_;
};

class FieldSheet final : public BottomSheet {
 public:
  FieldSheet() : BottomSheet("sheet", "sheet-close") { add(field); }
  using BottomSheet::layout_sheet;
  void draw_content(Painter& painter) override { field.draw(painter); }

  TextField field{"field", 20};
};

struct Opened {
  test::Drawing drawing;
  ButtonSheet sheet;
  SemanticTree tree;
  int64_t now_us = 0;

  explicit Opened(size_t rows = 3) : sheet(rows) {
    sheet.layout(drawing.metrics);
    sheet.show_open();
    describe();
  }
  void describe() {
    tree.begin();
    sheet.describe(tree);
    tree.end();
  }
  Rect bounds(std::string_view name) {
    describe();
    REQUIRE(tree.find(name));
    return tree.find(name)->bounds;
  }
  Handled send(PointerPhase phase, Vec2 at, uint64_t pointer = 1) {
    now_us += 16'000;
    return sheet.handle({pointer, phase, at, now_us});
  }
  // Down at `from`, by `way` in steps, and lifted after `rest` seconds.
  void drag(Vec2 from, Vec2 way, float rest = 0) {
    send(PointerPhase::Down, from);
    for (int i = 1; i <= 10; ++i)
      send(PointerPhase::Move, from + way * (static_cast<float>(i) / 10));
    now_us += static_cast<int64_t>(rest * 1e6f);
    send(PointerPhase::Up, from + way);
  }
  void settle() {
    for (int i = 0; i < 300; ++i) sheet.update(0.016f);
  }
};

}  // namespace

TEST_CASE("a sheet is modal, and the keyboard meets what is on it first") {
  Opened opened;
  CHECK(opened.tree.find("sheet")->role == Role::Dialog);
  CHECK(opened.tree.modal() == widget_id("sheet"));
  CHECK(opened.tree.next_activatable(0, +1) == widget_id("row-0"));
  CHECK(opened.tree.next_activatable(0, -1) == widget_id("sheet-close"));
}

TEST_CASE("a sheet rises over its place and settles") {
  test::Drawing drawing;
  ButtonSheet sheet(5);
  sheet.layout(drawing.metrics);
  sheet.open();
  SemanticTree tree;
  tree.begin();
  sheet.describe(tree);
  tree.end();
  const float place = tree.find("sheet")->bounds.y;
  float highest = 1e6f;
  for (int i = 0; i < 200; ++i) {
    sheet.update(0.008f);
    drawing.canvas.forget();
    Painter painter = drawing.painter();
    sheet.draw(painter);
    const auto& filled = drawing.canvas.filled;
    for (const auto& shape : filled) {
      if (shape.rect.height > 400 && shape.rect.y > 10) highest = std::fmin(highest, shape.rect.y);
    }
  }
  CHECK(place - highest > 4);
  CHECK(place - highest < 20);
  CHECK(sheet.at_rest());
}

TEST_CASE("a tap presses what it is on, a drag does not") {
  Opened opened;
  const Vec2 row = opened.bounds("row-1").center();
  opened.drag(row, {0, 0});
  CHECK(opened.sheet.buttons[1].take_activated());
  opened.drag(row, {0, 60}, 0.3f);
  CHECK_FALSE(opened.sheet.buttons[1].take_activated());
  CHECK_FALSE(opened.sheet.buttons[1].pressed());
}

TEST_CASE("pulled a little it comes back, pulled far or thrown it closes") {
  Opened little, far, thrown;
  const Vec2 grip{540, little.bounds("sheet").y + 20};
  little.drag(grip, {0, 80}, 0.3f);
  little.settle();
  CHECK(little.sheet.is_open());
  far.drag(grip, {0, 330}, 0.3f);
  CHECK_FALSE(far.sheet.is_open());
  CHECK(far.sheet.take_closed());
  CHECK_FALSE(far.sheet.take_closed());
  thrown.drag(grip, {0, 200});
  CHECK_FALSE(thrown.sheet.is_open());
  thrown.settle();
  CHECK_FALSE(thrown.sheet.is_seen());
}

TEST_CASE("a tap beside it, Escape, the grip and a screen reader close it") {
  Opened beside, escape, grip, reader;
  beside.drag({540, 100}, {0, 0});
  CHECK(beside.sheet.take_closed());
  CHECK(escape.sheet.back());
  CHECK(escape.sheet.take_closed());
  CHECK_FALSE(escape.sheet.back());
  grip.drag(grip.bounds("sheet-close").center(), {0, 0});
  grip.sheet.update(0.016f);
  CHECK(grip.sheet.take_closed());
  CHECK(reader.sheet.activate(widget_id("sheet-close")));
  reader.sheet.update(0.016f);
  CHECK(reader.sheet.take_closed());
}

TEST_CASE("a finger that goes down beside the sheet and lifts on it does nothing") {
  Opened opened;
  opened.drag({540, 100}, opened.bounds("row-1").center() - Vec2{540, 100});
  CHECK(opened.sheet.is_open());
  CHECK_FALSE(opened.sheet.buttons[1].take_activated());
}

TEST_CASE("a sideways drag is not the sheet's") {
  Opened opened;
  const Vec2 row = opened.bounds("row-1").center();
  opened.send(PointerPhase::Down, row);
  opened.send(PointerPhase::Move, row + Vec2{60, 12});
  CHECK(opened.sheet.buttons[1].pressed());
  opened.send(PointerPhase::Move, row + Vec2{60, 200});
  opened.settle();
  CHECK(opened.bounds("row-1").center().y == row.y);
}

TEST_CASE("content longer than the screen scrolls under the finger and by throws") {
  Opened opened(20);
  const Rect before = opened.bounds("row-5");
  opened.drag(before.center(), {0, -300}, 0.3f);
  const Rect after = opened.bounds("row-5");
  CHECK(before.y - after.y == Approx(300 - 14));
  opened.drag(after.center(), {0, -250});
  opened.settle();
  CHECK(opened.bounds("row-5").y < after.y - 250);
  CHECK(opened.sheet.is_open());
  const Rect row = opened.bounds("row-12");
  opened.drag(row.center(), {0, 0});
  CHECK(opened.sheet.buttons[12].take_activated());
}

TEST_CASE("scrolled content goes back to its beginning before the sheet goes down") {
  Opened opened(20);
  opened.drag({540, 1400}, {0, -200}, 0.3f);
  opened.drag({540, 1000}, {0, 150}, 0.3f);
  opened.settle();
  CHECK(opened.sheet.is_open());
  opened.drag({540, 600}, {0, 900}, 0.3f);
  CHECK_FALSE(opened.sheet.is_open());
}

TEST_CASE("what the keyboard's focus reaches comes into sight") {
  Opened opened(20);
  const Rect sheet = opened.bounds("sheet");
  CHECK(opened.bounds("row-19").y > sheet.bottom());
  opened.sheet.focus_moved(widget_id("row-19"));
  opened.settle();
  CHECK(opened.bounds("row-19").bottom() <= sheet.bottom());
  opened.sheet.focus_moved(widget_id("row-0"));
  opened.settle();
  CHECK(opened.bounds("row-0").y >= sheet.y);
}

TEST_CASE("a finger that the system takes leaves the sheet open") {
  Opened opened;
  const Vec2 grip{540, opened.bounds("sheet").y + 20};
  opened.send(PointerPhase::Down, grip);
  for (int i = 1; i < 10; ++i)
    opened.send(PointerPhase::Move, grip + Vec2{0, 60.0f * static_cast<float>(i)});
  opened.send(PointerPhase::Cancel, grip + Vec2{0, 540});
  opened.settle();
  CHECK(opened.sheet.is_open());
}

TEST_CASE("a second person's finger neither moves the sheet nor lets it go") {
  Opened opened;
  const Vec2 grip{540, opened.bounds("sheet").y + 20};
  opened.send(PointerPhase::Down, grip);
  opened.send(PointerPhase::Move, grip + Vec2{0, 40});
  opened.send(PointerPhase::Move, grip + Vec2{0, 80});
  opened.send(PointerPhase::Down, {300, 1700}, 2);
  opened.send(PointerPhase::Move, {300, 900}, 2);
  opened.send(PointerPhase::Up, {300, 900}, 2);
  CHECK(opened.sheet.is_open());
  CHECK_FALSE(opened.sheet.at_rest());
  opened.now_us += 300'000;
  opened.send(PointerPhase::Up, grip + Vec2{0, 80});
  opened.settle();
  CHECK(opened.sheet.is_open());
}

TEST_CASE("what is typed reaches a field on the sheet while it is open") {
  test::Drawing drawing;
  FieldSheet sheet;
  sheet.layout_sheet(drawing.metrics, 400);
  sheet.field.set_active(true);
  CHECK_FALSE(sheet.write(0, {.text = "too early"}));
  sheet.show_open();
  CHECK(sheet.write(0, {.text = "Rose"}));
  CHECK(sheet.write(widget_id("field"), {.text = " 4"}));
  CHECK(sheet.field.text() == "Rose 4");
}

TEST_CASE("a closed sheet lets everything through") {
  Opened opened;
  opened.sheet.close();
  CHECK(opened.send(PointerPhase::Down, {540, 1800}) == Handled::No);
  opened.describe();
  CHECK(opened.tree.size() == 0);
}

TEST_CASE("the grip is told apart from the paper it lies on") {
  Opened opened;
  Painter painter = opened.drawing.painter();
  opened.drawing.canvas.forget();
  opened.sheet.draw(painter);
  double contrast = 0;
  for (const test::FakeCanvas::Filled& filled : opened.drawing.canvas.filled) {
    if (filled.rect.width != 96 || filled.rect.height != 10) continue;
    const Color paper = opened.drawing.theme.sheet_top;
    contrast = contrast_ratio(paper, lerp(paper, filled.color.with_alpha(1), filled.color.a));
  }
  CHECK(contrast >= kLeastControlContrast);
}
