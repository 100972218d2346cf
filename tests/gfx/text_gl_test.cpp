// SPDX-License-Identifier: MIT
#include <GLES3/gl3.h>

#include "engine/gfx/glyph_atlas.h"
#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

struct Ink {
  int left = 1000, top = 1000, right = -1, bottom = -1;  // right and bottom exclusive
  bool soft = false;                                     // any pixel neither black nor white
};

Ink ink_of(const Image& image) {
  Ink ink;
  for (uint32_t y = 0; y < image.height; ++y) {
    for (uint32_t x = 0; x < image.width; ++x) {
      const int v = at(image, x, y).r;
      if (v == 0) continue;
      if (v != 255) ink.soft = true;
      ink.left = std::min(ink.left, static_cast<int>(x));
      ink.top = std::min(ink.top, static_cast<int>(y));
      ink.right = std::max(ink.right, static_cast<int>(x) + 1);
      ink.bottom = std::max(ink.bottom, static_cast<int>(y) + 1);
    }
  }
  return ink;
}

// Whether a row of pixels is inked from its beginning as far as `width`, letter beside letter.
bool is_filled(const Image& image, uint32_t row, uint32_t width) {
  for (uint32_t x = 1; x + 2 < width; ++x) {
    if (at(image, x, row).r < 100) return false;
  }
  return true;
}

// Ink everywhere in the pages of letters but in their first width x height texels, as memory has it
// that a driver hands out again.
void stain_pages(int width, int height) {
  const std::vector<uint8_t> ink(size_t{kGlyphPageSize} * kGlyphPageSize, 255);
  const auto stain = [&ink](int x, int y) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, static_cast<GLsizei>(kGlyphPageSize) - x,
                    static_cast<GLsizei>(kGlyphPageSize) - y, GL_RED, GL_UNSIGNED_BYTE, ink.data());
  };
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  for (GLuint name = 1; name < 32; ++name) {
    if (glIsTexture(name) == GL_FALSE) continue;
    glBindTexture(GL_TEXTURE_2D, name);
    stain(width, 0);  // refused by every other kind of texture
    stain(0, height);
  }
  while (glGetError() != GL_NO_ERROR) {
  }
}

int largest_difference(const Image& a, const Image& b) {
  REQUIRE(a.pixels.size() == b.pixels.size());
  int largest = 0;
  for (size_t i = 0; i < a.pixels.size(); ++i) {
    largest = std::max(largest, std::abs(a.pixels[i] - b.pixels[i]));
  }
  return largest;
}

TextStyle white(float size) {
  TextStyle style;
  style.size = size;
  style.line_height = 1;
  style.color = kWhite;
  return style;
}

}  // namespace

TEST_CASE("a letter lies exactly on pixels where the layout puts it") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) { c.draw_text("元", {10, 20}, 0, white(40)); });
  const Ink ink = ink_of(image);
  CHECK(ink.left == 10);
  CHECK(ink.right == 50);
  CHECK(ink.top == 20);
  CHECK(ink.bottom == 50);
  CHECK_FALSE(ink.soft);
}

TEST_CASE("letters stay sharp at fractional places and pixel ratios") {
  for (float ratio : {1.0f, 1.25f, 2.0f, 2.625f}) {
    GlFixture f({}, {90, 90}, ratio);
    for (float size : {12.0f, 17.0f, 33.3f}) {
      const Image image = f.draw([&](Canvas& c) {
        c.draw_text("a元b", {5.3f, 7.7f}, 0, white(size));
      });
      INFO(ratio << " " << size);
      CHECK_FALSE(ink_of(image).soft);
    }
  }
}

TEST_CASE("what is measured is what is drawn") {
  GlFixture f;
  const TextMeasure measured = f.renderer().canvas().measure_text("元元元 ab", 100, white(40));
  CHECK(measured.lines == 2);
  CHECK(measured.width == 100);
  CHECK(measured.height == 80);
  TextMeasure drawn;
  const Image image = f.draw([&](Canvas& c) {
    drawn = c.draw_text("元元元 ab", {0, 0}, 100, white(40));
  });
  CHECK(drawn.width == measured.width);
  CHECK(drawn.lines == measured.lines);
  CHECK(ink_of(image).right == 100);
}

TEST_CASE("text aligns within its width, or about its position without one") {
  GlFixture f;
  TextStyle style = white(40);
  style.align = TextAlign::Center;
  CHECK(ink_of(f.draw([&](Canvas& c) { c.draw_text("元", {0, 0}, 200, style); })).left == 80);
  CHECK(ink_of(f.draw([&](Canvas& c) { c.draw_text("元", {100, 0}, 0, style); })).left == 80);
  style.align = TextAlign::End;
  CHECK(ink_of(f.draw([&](Canvas& c) { c.draw_text("元", {0, 0}, 200, style); })).right == 200);
}

TEST_CASE("what else lies in a page of letters never shows at the edges of one") {
  const auto page = [](float size, float turn) {
    return [size, turn](Canvas& c) {
      c.push_transform(Transform2D::rotation(turn));
      c.draw_text("元", {60.3f, 60.6f}, 0, white(size));
      c.pop_transform();
    };
  };
  // Turned, and smaller than letters are drawn: stretched.
  for (const auto& [size, turn] : {std::pair{40.0f, 0.2f}, std::pair{6.0f, 0.0f}}) {
    GlFixture f;
    const Image clean = f.draw(page(size, turn));
    REQUIRE(ink_of(clean).right > 0);
    const int drawn = f.glyphs.last_size;
    stain_pages(drawn + 2, drawn * 3 / 4 + 2);
    INFO(size);
    CHECK(largest_difference(f.draw(page(size, turn)), clean) <= 1);
  }
}

TEST_CASE("new letters are limited a frame and the rest follow") {
  GlFixture f({.glyphs_per_frame = 2});
  const auto page = [](Canvas& c) { c.draw_text("一二三四五", {0, 0}, 0, white(20)); };
  f.frame(page);
  CHECK(f.counters.glyphs_rasterized == 2);
  CHECK(f.counters.glyphs_waiting == 3);
  f.frame(page);
  f.frame(page);
  CHECK(f.counters.glyphs_waiting == 0);
  CHECK(ink_of(f.draw(page)).right == 100);
}

TEST_CASE("letters that were prepared do not wait for their turn, and are as others") {
  const auto page = [](Canvas& c) { c.draw_text("一二 三四五", {0, 0}, 0, white(20)); };
  GlFixture plain;
  const Image expected = plain.draw(page);
  GlFixture f({.glyphs_per_frame = 1});
  f.renderer().canvas().prepare_text("一二 三四五", white(20));
  CHECK(f.draw(page).pixels == expected.pixels);
  CHECK(f.counters.glyphs_rasterized == 0);
  CHECK(f.counters.glyphs_waiting == 0);
}

TEST_CASE("letters prepared without a context are drawn once there is one") {
  GlFixture f;
  const auto page = [](Canvas& c) { c.draw_text("一二", {0, 0}, 0, white(20)); };
  const Image expected = f.draw(page);
  f.renderer().context_lost();
  f.renderer().canvas().prepare_text("一二", white(20));
  f.context().replace();
  REQUIRE(f.renderer().context_created().ok());
  CHECK(f.draw(page).pixels == expected.pixels);
}

TEST_CASE("text that rests at a scale is drawn at that size, not stretched") {
  GlFixture f;
  const auto page = [](Canvas& c) {
    c.push_transform(Transform2D::scaling(2.5f, 2.5f));
    c.draw_text("元", {4, 4}, 0, white(20));
    c.pop_transform();
  };
  f.frame(page);
  const Image image = f.draw(page);
  CHECK(f.glyphs.last_size == 50);
  CHECK_FALSE(ink_of(image).soft);
  CHECK(ink_of(image).right - ink_of(image).left == 50);
}

TEST_CASE("a scale that moves draws few new letters and never loses one") {
  GlFixture f({.glyphs_per_frame = 1});
  const auto page = [](float scale) {
    return [scale](Canvas& c) {
      c.push_transform(Transform2D::scaling(scale, scale));
      c.draw_text("元", {4, 4}, 0, white(40));
      c.pop_transform();
    };
  };
  f.frame(page(1));
  for (int i = 0; i < 30; ++i) {
    const Image image = f.draw(page(1 - 0.04f * static_cast<float>(i) / 30));
    REQUIRE(ink_of(image).right > 30);
  }
  CHECK(f.glyphs.rasterized <= 4);
}

TEST_CASE("letters of another size stand in until the new ones are drawn: none is missing") {
  GlFixture f({.glyphs_per_frame = 2});
  const auto page = [](float size) {
    return [size](Canvas& c) { c.draw_text("一二三四五", {0, 0}, 0, white(size)); };
  };
  for (int i = 0; i < 3; ++i) f.frame(page(20));
  REQUIRE(f.counters.glyphs_waiting == 0);
  for (const float ratio : {1.3f, 1.7f, 1.0f}) {  // larger text, another size of the window, back
    f.renderer().resize({140, 140}, ratio);
    for (int i = 0; i < 2; ++i) {
      const Image image = f.draw(page(20));
      INFO("ratio " << ratio << ", frame " << i);
      const auto row = static_cast<uint32_t>(10 * ratio);
      const auto end = static_cast<uint32_t>(100 * ratio);
      CHECK(std::abs(ink_of(image).right - static_cast<int>(end)) <= 2);
      CHECK(is_filled(image, row, end));
    }
  }
  // The same words laid out smaller, as where a screen has less room for them.
  f.draw(page(20));
  const Image smaller = f.draw(page(16));
  CHECK(f.counters.glyphs_waiting == 3);
  CHECK(is_filled(smaller, 8, 80));
}

TEST_CASE("turned text is drawn, too") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.push_transform(Transform2D::translation({100, 100}) * Transform2D::rotation(1.5707963f));
    c.draw_text("元", {0, 0}, 0, white(40));
    c.pop_transform();
  });
  const Ink ink = ink_of(image);
  CHECK(std::abs(ink.left - 70) <= 1);
  CHECK(std::abs(ink.right - 100) <= 1);
  CHECK(std::abs(ink.top - 100) <= 1);
  CHECK(std::abs(ink.bottom - 140) <= 1);
}

TEST_CASE("hero letters of 200 points at two pixels a point are drawn") {
  GlFixture f({}, {128, 128}, 2);
  const Image image = f.draw([](Canvas& c) { c.draw_text("五", {-40, 0}, 0, white(120)); });
  CHECK(f.glyphs.last_size == 240);
  CHECK_FALSE(ink_of(image).soft);
  f.frame([](Canvas& c) { c.draw_text("五", {-40, 0}, 0, white(200)); });
  CHECK(f.glyphs.last_size == 400);
  CHECK(f.counters.glyphs_waiting == 0);
}

TEST_CASE("text beyond the screen costs no vertices") {
  GlFixture f;
  f.frame([](Canvas& c) { c.draw_text("元元元", {0, 500}, 0, white(40)); });
  CHECK(f.counters.vertices == 0);
}
