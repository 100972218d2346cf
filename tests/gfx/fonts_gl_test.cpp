// SPDX-License-Identifier: MIT
// The kiosk's own fonts through the whole of gfx: sharp at every size, tabular, cut at the right
// places.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "engine/gfx/renderer.h"
#include "native/font_files.h"
#include "tests/fakes/gfx_seams.h"
#include "tests/fakes/offscreen_context.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

constexpr int kSide = 512;

struct FontScreen {
  explicit FontScreen(float ratio = 1) : context(OffscreenContext::create(kSide, kSide)) {
    auto loaded = load_fonts(default_font_folder());
    REQUIRE(loaded.ok());
    fonts = std::move(loaded).value();
    REQUIRE(context != nullptr);
    renderer = Renderer::create({*fonts, assets, decoder, vectors}, {.glyphs_per_frame = 0});
    REQUIRE(renderer->context_created().ok());
    renderer->resize({kSide / ratio, kSide / ratio}, ratio);
  }

  // White on black.
  Image draw(std::string_view text, Vec2 at, const TextStyle& style) {
    Canvas& canvas = renderer->begin_frame({0, 0, 0, 1});
    canvas.draw_text(text, at, 0, style);
    renderer->end_frame();
    auto pixels = renderer->read_pixels();
    REQUIRE(pixels.ok());
    return std::move(pixels).value();
  }

  std::unique_ptr<OffscreenContext> context;
  std::unique_ptr<GlyphSource> fonts;
  FakeAssets assets;
  FakeImageDecoder decoder;
  FakeVectorRasterizer vectors;
  std::unique_ptr<Renderer> renderer;
};

TextStyle white(float size, FontFamily family) {
  TextStyle style;
  style.family = family;
  style.weight = family == FontFamily::Display ? FontWeight::Bold : FontWeight::Regular;
  style.size = size;
  style.line_height = 1;
  style.color = {1, 1, 1, 1};
  return style;
}

// Where the bitmap's pixels appear in the picture, exactly and nothing else; -1: nowhere.
bool shows_exactly(const Image& image, const GlyphBitmap& bitmap) {
  uint32_t left = image.width, top = image.height;
  uint64_t drawn = 0, wanted = 0;
  for (uint32_t y = 0; y < image.height; ++y) {
    for (uint32_t x = 0; x < image.width; ++x) {
      const uint8_t v = image.pixels[(size_t{y} * image.width + x) * 4];
      drawn += v;
      if (v == 0) continue;
      left = std::min(left, x);
      top = std::min(top, y);
    }
  }
  uint32_t first_column = bitmap.width, first_row = bitmap.height;
  for (uint32_t y = 0; y < bitmap.height; ++y) {
    for (uint32_t x = 0; x < bitmap.width; ++x) {
      const uint8_t v = bitmap.coverage[size_t{y} * bitmap.width + x];
      wanted += v;
      if (v == 0) continue;
      first_column = std::min(first_column, x);
      first_row = std::min(first_row, y);
    }
  }
  if (drawn != wanted || drawn == 0) return false;
  for (uint32_t y = first_row; y < bitmap.height; ++y) {
    for (uint32_t x = first_column; x < bitmap.width; ++x) {
      const uint32_t px = left + x - first_column, py = top + y - first_row;
      if (px >= image.width || py >= image.height) continue;
      const uint8_t v = image.pixels[(size_t{py} * image.width + px) * 4];
      if (v != bitmap.coverage[size_t{y} * bitmap.width + x]) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE(
    "from 12 to 200 points the screen shows the font's own pixels, wherever the text stands") {
  for (float ratio : {1.0f, 1.5f, 2.0f}) {
    FontScreen screen(ratio);
    for (float size : {12.0f, 13.0f, 15.0f, 17.0f, 22.0f, 34.0f, 64.0f, 96.0f, 160.0f, 200.0f}) {
      for (const FontFamily family : {FontFamily::Text, FontFamily::Display}) {
        const TextStyle style = white(size, family);
        for (const char* letter : {"国", "g"}) {
          GlyphBitmap bitmap;
          const FontKey font{family, style.weight,
                             static_cast<uint16_t>(std::lround(size * ratio))};
          REQUIRE(screen.fonts->rasterize(font, letter, bitmap));
          INFO(letter << " at " << size << " points, " << ratio << " pixels each");
          CHECK(shows_exactly(screen.draw(letter, {10.3f, 10.7f}, style), bitmap));
        }
      }
    }
  }
}

TEST_CASE("digits of equal width are that in every weight and size") {
  FontScreen screen;
  for (const FontFamily family : {FontFamily::Text, FontFamily::Display}) {
    for (float size : {13.0f, 28.0f, 84.0f}) {
      TextStyle style = white(size, family);
      style.tabular = true;
      const auto width = [&](const char* text) {
        return screen.renderer->canvas().measure_text(text, 0, style).width;
      };
      const float eights = width("88:88");
      for (const char* text : {"11:11", "00:00", "47:19", "77:71"}) CHECK(width(text) == eights);
      CHECK(width("11111") == Approx(5 * width("1")));
    }
  }
}

TEST_CASE("a mixed paragraph keeps to its width, and what is cut says so in its own script") {
  FontScreen screen;
  TextStyle style = white(28, FontFamily::Text);
  style.line_height = 1.3f;
  const char* mixed =
      "试色、选色、到柜台领取。中英文 mixed scripts 混排时，标点“不会”落在行首；international "
      "完整。";
  Canvas& canvas = screen.renderer->canvas();
  for (float width = 200; width <= 1000; width += 37) {
    const TextMeasure whole = canvas.measure_text(mixed, width, style);
    CHECK(whole.width <= width + 0.01f);
    CHECK_FALSE(whole.cut);
    style.max_lines = 2;
    const TextMeasure cut = canvas.measure_text(mixed, width, style);
    CHECK(cut.lines <= 2);
    CHECK(cut.cut == (whole.lines > 2));
    CHECK(cut.width <= width + 0.01f);
    style.max_lines = 0;
  }
}
