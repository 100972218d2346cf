// SPDX-License-Identifier: MIT
// What PanelOutput shows lies where PanelMapping says: a finger hits what it sees.
#include "engine/gfx/panel_output.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "native/kiosk/panel_mapping.h"
#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr uint32_t kWidth = 100;
constexpr uint32_t kHeight = 60;

struct Mark {
  float x, y;
  Color color;
};
constexpr Mark kMarks[] = {{0, 0, {1, 0, 0, 1}},
                           {99, 0, {0, 1, 0, 1}},
                           {0, 59, {0, 0, 1, 1}},
                           {99, 59, {1, 1, 0, 1}},
                           {37, 11, {1, 0, 1, 1}}};

Pixel pixel_of(Color color) {
  return {static_cast<int>(color.r * 255), static_cast<int>(color.g * 255),
          static_cast<int>(color.b * 255), 255};
}

// Grey with a mark of one pixel here and there, drawn upright.
void draw_marks(GlFixture& gl, uint32_t screen) {
  gl.renderer().set_screen(screen);
  gl.renderer().resize({kWidth, kHeight}, 1);
  gl.frame([](gfx::Canvas& canvas) {
    canvas.fill_rect({0, 0, kWidth, kHeight}, {}, gfx::Paint::solid({0.2f, 0.2f, 0.2f, 1}));
    for (const Mark& mark : kMarks) {
      canvas.fill_rect({mark.x, mark.y, 1, 1}, {}, gfx::Paint::solid(mark.color));
    }
  });
}

Image window_pixels(GlFixture& gl, Size window) {
  gl.renderer().set_screen(0);
  gl.renderer().resize(window, 1);
  return gl.renderer().read_pixels().value();
}

}  // namespace

TEST_CASE(
    "whatever way the picture lies on the window, each of its pixels is where fingers find it") {
  GlFixture gl;
  auto output = gfx::PanelOutput::create();
  REQUIRE(output.ok());
  for (uint8_t turns = 0; turns < 4; ++turns) {
    for (const PixelShift shift : {PixelShift{0, 0}, PixelShift{3, -2}, PixelShift{-4, 5}}) {
      CAPTURE(int{turns}, shift.x, shift.y);
      draw_marks(gl, output.value()->framebuffer(kWidth, kHeight));
      output.value()->present(turns, shift.x, shift.y);
      const Size window = turns % 2 == 0 ? Size{kWidth, kHeight} : Size{kHeight, kWidth};
      const PanelMapping mapping{
          turns, window, {static_cast<float>(shift.x), static_cast<float>(shift.y)}};
      const Image shown = window_pixels(gl, window);
      int found = 0;
      for (const Mark& mark : kMarks) {
        const Vec2 place = mapping.to_window({mark.x + 0.5f, mark.y + 0.5f});
        if (!Rect{0, 0, window.width, window.height}.contains(place)) continue;  // moved off
        ++found;
        CHECK(at(shown, static_cast<uint32_t>(place.x), static_cast<uint32_t>(place.y)) ==
              pixel_of(mark.color));
      }
      CHECK(found >= (shift == PixelShift{} ? 5 : 2));
    }
  }
}

TEST_CASE("what the moved picture leaves uncovered is black, not what was there before") {
  GlFixture gl;
  auto output = gfx::PanelOutput::create();
  draw_marks(gl, output.value()->framebuffer(kWidth, kHeight));
  output.value()->present(0, 0, 0);
  output.value()->present(0, 2, 0);
  const Image shown = window_pixels(gl, {kWidth, kHeight});
  CHECK(at(shown, 1, 30) == Pixel{0, 0, 0, 255});
  CHECK(at(shown, 2, 30) == Pixel{51, 51, 51, 255});
}

TEST_CASE("the picture is read upright, however it lies on the window") {
  GlFixture gl;
  auto output = gfx::PanelOutput::create();
  draw_marks(gl, output.value()->framebuffer(kWidth, kHeight));
  const Image picture = gl.renderer().read_pixels().value();
  for (const Mark& mark : kMarks) {
    CHECK(at(picture, static_cast<uint32_t>(mark.x), static_cast<uint32_t>(mark.y)) ==
          pixel_of(mark.color));
  }
}
