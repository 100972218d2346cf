// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "engine/gfx/renderer.h"
#include "native/looks/probe_canvas.h"
#include "tests/fakes/gfx_seams.h"

using namespace vitrine;
using namespace vitrine::looks;

namespace {

// Letters half an em wide.
struct Probe {
  test::FakeGlyphSource glyphs;
  test::FakeAssets assets;
  test::FakeImageDecoder decoder;
  test::FakeVectorRasterizer vectors;
  std::unique_ptr<gfx::Renderer> renderer =
      gfx::Renderer::create({glyphs, assets, decoder, vectors});
  ProbeCanvas canvas{renderer->canvas()};

  Probe() {
    renderer->resize({400, 800}, 1);
    canvas.begin(ProbeCanvas::Ink::None, std::nullopt, false);
  }
  const DrawnText& only() {
    REQUIRE(canvas.texts().size() == 1);
    return canvas.texts()[0];
  }
};

constexpr gfx::TextStyle kPlain{.size = 20, .line_height = 1.5f, .color = {}};

}  // namespace

TEST_CASE("a text is noted with its words, size, place and measure") {
  Probe probe;
  probe.canvas.draw_text("abcd", {10, 100}, 0, kPlain);
  const DrawnText& text = probe.only();
  CHECK(text.words == "abcd");
  CHECK(text.bounds == Rect{10, 100, 40, 30});
  CHECK(text.clip == Rect{0, 0, 400, 800});
  CHECK(letters(text).height == 20);
  CHECK_FALSE(text.measure.cut);
}

TEST_CASE("alignment, transforms, opacities and clips are those around the text") {
  Probe probe;
  gfx::TextStyle style = kPlain;
  style.align = gfx::TextAlign::Center;
  style.color.a = 0.5f;
  probe.canvas.push_transform({2, 0, 0, 2, 100, 0});
  probe.canvas.push_opacity(0.5f);
  probe.canvas.push_clip({0, 0, 50, 50}, 0);
  probe.canvas.draw_text("abcd", {0, 10}, 100, style);
  probe.canvas.pop_clip();
  probe.canvas.pop_opacity();
  probe.canvas.pop_transform();
  const DrawnText& text = probe.only();
  CHECK(text.bounds == Rect{160, 20, 80, 60});
  CHECK(text.clip == Rect{100, 0, 100, 100});
  CHECK(text.size == Approx(40));
  CHECK(text.opacity == Approx(0.25f));
}

TEST_CASE("a turned text is noted by the upright box around it") {
  Probe probe;
  probe.canvas.push_transform(Transform2D::rotation(3.14159265f / 2));
  probe.canvas.draw_text("abcd", {100, -50}, 0, kPlain);
  const Rect box = probe.only().bounds;
  CHECK(box.width == Approx(30));
  CHECK(box.height == Approx(40));
}

TEST_CASE("what is invisible or empty is no text, and a new look forgets the old") {
  Probe probe;
  gfx::TextStyle style = kPlain;
  style.color.a = 0;
  probe.canvas.draw_text("abcd", {0, 0}, 0, style);
  probe.canvas.draw_text("", {0, 0}, 0, kPlain);
  CHECK(probe.canvas.texts().empty());
  probe.canvas.draw_text("abcd", {0, 0}, 0, kPlain);
  CHECK(probe.canvas.texts().size() == 1);
  probe.canvas.begin(ProbeCanvas::Ink::None, std::nullopt, false);
  CHECK(probe.canvas.texts().empty());
}

TEST_CASE("an ellipsis is noted") {
  Probe probe;
  gfx::TextStyle style = kPlain;
  style.max_lines = 1;
  probe.canvas.draw_text("abcdefgh", {0, 0}, 50, style);
  CHECK(probe.only().measure.cut);
}

TEST_CASE(
    "what was drawn before a sheet lies under it; paler things and other places cover nothing") {
  Probe probe;
  const gfx::CornerRadii square;
  probe.canvas.draw_text("below", {10, 500}, 0, kPlain);
  probe.canvas.fill_rect({0, 200, 400, 700}, square, gfx::Paint::solid({1, 1, 1, 1}));
  probe.canvas.draw_text("on it", {10, 500}, 0, kPlain);
  probe.canvas.fill_rect({0, 200, 400, 700}, square, gfx::Paint::solid({0, 0, 0, 0.5f}));
  probe.canvas.fill_rect({0, 300, 400, 80}, square, gfx::Paint::solid({1, 1, 1, 1}));
  probe.canvas.draw_text("also", {10, 600}, 0, kPlain);
  CHECK(probe.canvas.texts_under({0, 200, 400, 600}) == 1);
  CHECK(probe.canvas.texts_under({0, 100, 400, 700}) == 0);
  probe.canvas.begin(ProbeCanvas::Ink::None, std::nullopt, false);
  CHECK(probe.canvas.texts_under({0, 200, 400, 600}) == 0);
}
