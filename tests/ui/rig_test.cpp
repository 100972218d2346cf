// SPDX-License-Identifier: MIT
#include "engine/ui/rig.h"

#include <catch2/catch.hpp>

#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;

namespace {

// A tail and a head on a body; the tail is painted first.
enum Part : size_t { kTail, kBody, kHead };
constexpr RigPart kParts[] = {
    {"tail", {20, 80}, kBody}, {"body", {50, 100}, RigPart::kRoot}, {"head", {50, 40}, kBody}};
constexpr Vec2 kFoot{50, 100};
constexpr Vec2 kStand{500, 900};
constexpr float kQuarter = 1.5707963f;

Rig cat() {
  return Rig("art/cat.svg", {100, 100}, kParts);
}

void check_at(Vec2 found, Vec2 expected) {
  CHECK(found.x == Approx(expected.x).margin(0.01));
  CHECK(found.y == Approx(expected.y).margin(0.01));
}

}  // namespace

TEST_CASE("a rig at rest is the drawing, standing where it should") {
  const Rig rig = cat();
  check_at(rig.point(kHead, kFoot, kFoot, kStand, 2), kStand);
  check_at(rig.point(kHead, {50, 0}, kFoot, kStand, 2), {500, 700});
}

TEST_CASE("a part turns about its own pivot") {
  Rig rig = cat();
  rig[kHead].angle = kQuarter;
  check_at(rig.point(kHead, {50, 40}, kFoot, kStand, 1), {500, 840});
  check_at(rig.point(kHead, {50, 20}, kFoot, kStand, 1), {520, 840});
  check_at(rig.point(kBody, {50, 20}, kFoot, kStand, 1), {500, 820});
}

TEST_CASE("a part takes along what hangs on it, also what is painted before it") {
  Rig rig = cat();
  rig[kBody].move = {10, -5};
  rig[kBody].angle = kQuarter;
  rig[kTail].move = {0, 7};
  check_at(rig.point(kTail, {20, 80}, kFoot, kStand, 1), {523, 865});
  check_at(rig.point(kHead, {50, 40}, kFoot, kStand, 1), {570, 895});
}

TEST_CASE("a part is stretched before it is turned") {
  Rig rig = cat();
  rig[kBody].stretch = {1, 0.5f};
  check_at(rig.point(kBody, {50, 0}, kFoot, kStand, 1), {500, 850});
  check_at(rig.point(kHead, {50, 0}, kFoot, kStand, 1), {500, 850});
}

TEST_CASE("parts are asked for in painting order and hidden ones are not") {
  Rig rig = cat();
  rig[kHead].opacity = 0;
  test::Drawing drawing;
  Painter painter = drawing.painter();
  rig.draw(painter, kFoot, kStand, 2, 2);
  CHECK(drawing.images.asked == std::vector<std::string>{"tail", "body"});
  CHECK(drawing.canvas.depth == 0);
}

TEST_CASE("a reset rig lies as drawn and keeps its colours") {
  Rig rig = cat();
  rig[kHead] = {.move = {5, 5},
                .angle = 1,
                .stretch = {2, 2},
                .opacity = 0.5f,
                .color = Color::rgb(0xD0142F)};
  rig.reset();
  check_at(rig.point(kHead, {50, 0}, kFoot, kStand, 1), {500, 800});
  CHECK(rig[kHead].opacity == 1);
  CHECK(rig[kHead].color == Color::rgb(0xD0142F));
}
