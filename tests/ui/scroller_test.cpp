// SPDX-License-Identifier: MIT
#include "engine/ui/scroller.h"

#include <catch2/catch.hpp>

using namespace vitrine::ui;

namespace {

Scroller long_one() {
  Scroller scroller;
  scroller.set_extent(1000);
  return scroller;
}

void run(Scroller& scroller, float seconds, float rate) {
  const int frames = static_cast<int>(seconds * rate + 0.5f);
  for (int i = 0; i < frames; ++i) scroller.update(1 / rate);
}

}  // namespace

TEST_CASE("content follows the finger") {
  Scroller scroller = long_one();
  scroller.drag(-120);
  CHECK(scroller.offset() == 120);
  scroller.drag(20);
  CHECK(scroller.offset() == 100);
}

TEST_CASE("beyond an end it stretches and springs back") {
  Scroller scroller = long_one();
  scroller.drag(100);
  CHECK(scroller.offset() < 0);
  CHECK(scroller.offset() > -100);
  scroller.fling(0);
  run(scroller, 3, 60);
  CHECK(scroller.offset() == 0);
  CHECK(scroller.at_rest());
}

TEST_CASE("a throw glides to the same place at any frame rate") {
  Scroller slow = long_one(), fast = long_one();
  for (Scroller* scroller : {&slow, &fast}) scroller->fling(-1500);
  run(slow, 0.5f, 20);
  run(fast, 0.5f, 144);
  CHECK(slow.offset() > 200);
  CHECK(slow.offset() == Approx(fast.offset()).margin(0.5));
}

TEST_CASE("a wild throw ends at the end") {
  Scroller scroller = long_one();
  scroller.fling(-100'000);
  run(scroller, 5, 60);
  CHECK(scroller.offset() == 1000);
  CHECK(scroller.at_rest());
}

TEST_CASE("content that fits does not scroll") {
  Scroller scroller;
  scroller.set_extent(-50);
  scroller.fling(-3000);
  run(scroller, 3, 60);
  CHECK(scroller.offset() == 0);
}

TEST_CASE("what is asked for comes into sight and no further") {
  Scroller scroller = long_one();
  scroller.show(900, 960, 400);
  run(scroller, 3, 60);
  CHECK(scroller.offset() == Approx(560));
  scroller.show(700, 800, 400);
  run(scroller, 3, 60);
  CHECK(scroller.offset() == Approx(560));
  scroller.show(-80, 20, 400);
  run(scroller, 3, 60);
  CHECK(scroller.offset() == 0);
}

TEST_CASE("content that became shorter does not stay scrolled beyond its end") {
  Scroller scroller = long_one();
  scroller.jump(900);
  scroller.set_extent(300);
  CHECK(scroller.offset() == 300);
}
