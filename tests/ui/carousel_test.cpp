// SPDX-License-Identifier: MIT
#include "engine/ui/carousel.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::ui;
using input::PointerPhase;

namespace {

constexpr float kPitch = 500;

struct Row {
  Carousel carousel{"row"};
  int64_t now_us = 0;
  Vec2 finger;

  Row() {
    carousel.set_bounds({0, 0, 1080, 800}, kPitch);
    carousel.set_count(8);
  }
  void send(PointerPhase phase, Vec2 at, uint64_t pointer = 1) {
    carousel.handle({pointer, phase, at, now_us});
  }
  // Drags in ten steps of a hundredth of a second.
  void drag(float distance, float start_x = 540) {
    finger = {start_x, 400};
    send(PointerPhase::Down, finger);
    for (int i = 0; i < 10; ++i) {
      now_us += 10'000;
      finger.x += distance / 10;
      send(PointerPhase::Move, finger);
    }
  }
  void rest_then_lift() {
    now_us += 200'000;
    send(PointerPhase::Up, finger);
  }
  void settle(int frames_a_second = 60) {
    for (int i = 0; i < frames_a_second * 3; ++i) {
      carousel.update(1.0f / static_cast<float>(frames_a_second));
    }
  }
};

}  // namespace

TEST_CASE("the row follows the finger 1:1") {
  Row row;
  row.carousel.jump(3);
  row.drag(-260);
  CHECK(row.carousel.position() == Approx(3 + 250 / kPitch));  // 260 less the slop
}

TEST_CASE("the ends pull back like rubber") {
  Row row;
  row.drag(210);
  CHECK(row.carousel.position() == Approx(-0.35 * 200 / kPitch));
  row.rest_then_lift();
  row.settle();
  CHECK(row.carousel.position() == 0);

  row.carousel.jump(7);
  row.drag(-210);
  CHECK(row.carousel.position() == Approx(7 + 0.35 * 200 / kPitch));
}

TEST_CASE("a slow drag settles on the nearest, a throw goes on") {
  Row slow;
  slow.drag(-200);
  slow.rest_then_lift();
  slow.settle();
  CHECK(slow.carousel.index() == 0);

  Row thrown;
  thrown.drag(-200);
  thrown.send(PointerPhase::Up, thrown.finger);
  thrown.settle();
  CHECK(thrown.carousel.index() >= 1);
}

TEST_CASE("a wild throw stops at the last thing") {
  Row row;
  row.drag(-100'000);
  row.send(PointerPhase::Up, row.finger);
  row.settle();
  CHECK(row.carousel.index() == 7);
  CHECK(row.carousel.position() == 7);
}

TEST_CASE("it settles at the same place at any frame rate") {
  Row row_20, row_120;
  for (Row* row : {&row_20, &row_120}) {
    row->drag(-300);
    row->send(PointerPhase::Up, row->finger);
  }
  for (int i = 0; i < 4; ++i) row_20.carousel.update(0.05f);
  for (int i = 0; i < 24; ++i) row_120.carousel.update(1 / 120.0f);
  CHECK(row_20.carousel.position() == Approx(row_120.carousel.position()).margin(0.001));
}

TEST_CASE("coming to rest elsewhere is reported once, coming back is not") {
  Row row;
  row.carousel.step(widget_id("row"), 1);
  CHECK_FALSE(row.carousel.take_moved());
  row.settle();
  REQUIRE(row.carousel.take_moved() == 1);
  CHECK_FALSE(row.carousel.take_moved());
  row.drag(-100);
  row.rest_then_lift();
  row.settle();
  CHECK_FALSE(row.carousel.take_moved());
}

TEST_CASE("a tap names the thing under the finger") {
  Row row;
  row.carousel.jump(2);
  row.send(PointerPhase::Down, {540 + kPitch, 400});
  row.send(PointerPhase::Up, {540 + kPitch, 400});
  CHECK(row.carousel.take_tapped() == 3);
  row.carousel.jump(7);
  row.send(PointerPhase::Down, {1079, 400});
  row.send(PointerPhase::Up, {1079, 400});
  CHECK_FALSE(row.carousel.take_tapped());  // nothing stands beyond the last
}

TEST_CASE("a second person's finger moves nothing and loses nothing") {
  Row row;
  row.carousel.jump(3);
  row.drag(-110);
  const float at = row.carousel.position();
  row.send(PointerPhase::Down, {100, 100}, 2);
  row.send(PointerPhase::Move, {900, 100}, 2);
  row.send(PointerPhase::Up, {900, 100}, 2);
  CHECK(row.carousel.position() == at);
  CHECK_FALSE(row.carousel.take_tapped());
  CHECK(row.carousel.dragging());
}

TEST_CASE("a cancelled drag settles and taps nothing") {
  Row row;
  row.carousel.jump(3);
  row.drag(-110);
  row.send(PointerPhase::Cancel, row.finger);
  row.settle();
  CHECK(row.carousel.position() == 3);
  CHECK_FALSE(row.carousel.take_tapped());
}

TEST_CASE("catching a moving row and lifting lets it settle") {
  Row row;
  row.drag(-300);
  row.send(PointerPhase::Up, row.finger);
  row.carousel.update(0.05f);
  row.send(PointerPhase::Down, {540, 400});
  row.carousel.release();
  row.settle();
  CHECK(row.carousel.at_rest());
  CHECK(row.carousel.position() == static_cast<float>(row.carousel.index()));
}
