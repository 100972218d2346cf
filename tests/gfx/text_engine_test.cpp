// SPDX-License-Identifier: MIT
#include "engine/gfx/text_engine.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/fakes/gfx_seams.h"

using namespace vitrine;
using namespace vitrine::gfx;

namespace {

class NoPages final : public GlyphPages {
 public:
  bool add_page(uint32_t) override { return true; }
  void upload(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, const uint8_t*) override {}
};

struct Fixture {
  test::FakeGlyphSource source;
  NoPages pages;
  GlyphAtlas atlas{source, pages};
  TextEngine texts{source, atlas};

  void pass_frames(int count) {
    for (int i = 0; i < count; ++i) texts.begin_frame();
  }
};

TextStyle sized(float size) {
  TextStyle style;
  style.size = size;
  return style;
}

}  // namespace

TEST_CASE("an unchanged text is laid out once") {
  Fixture f;
  const ShapedText* first = &f.texts.shape("试色 one", 50, sized(20));
  f.pass_frames(1);
  CHECK(&f.texts.shape("试色 one", 50, sized(20)) == first);
  CHECK(f.texts.cached() == 1);
}

TEST_CASE("text, width, size and style each make another layout") {
  Fixture f;
  TextStyle bold = sized(20);
  bold.weight = FontWeight::Bold;
  TextStyle cut = sized(20);
  cut.max_lines = 1;
  f.texts.shape("ab", 50, sized(20));
  f.texts.shape("ac", 50, sized(20));
  f.texts.shape("ab", 60, sized(20));
  f.texts.shape("ab", 50, sized(21));
  f.texts.shape("ab", 50, bold);
  f.texts.shape("ab", 50, cut);
  CHECK(f.texts.cached() == 6);
}

TEST_CASE("colour and alignment do not, they are applied when drawn") {
  Fixture f;
  TextStyle red = sized(20);
  red.color = {1, 0, 0, 1};
  red.align = TextAlign::End;
  f.texts.shape("ab", 50, sized(20));
  f.texts.shape("ab", 50, red);
  CHECK(f.texts.cached() == 1);
}

TEST_CASE("a text that ends in an ellipsis is not taken for one that spells it out") {
  Fixture f;
  TextStyle cut = sized(20);
  cut.max_lines = 1;
  CHECK(f.texts.shape("元元元", 40, cut).layout.text == "元元元…");
  CHECK(f.texts.shape("元元元…", 40, cut).source_length == std::string("元元元…").size());
  CHECK(f.texts.cached() == 2);
}

TEST_CASE("what nobody asks for any more is forgotten") {
  Fixture f;
  f.texts.shape("ab", 50, sized(20));
  f.pass_frames(400);
  CHECK(f.texts.cached() == 0);
}

TEST_CASE("a new pixel ratio lays out anew, at its own pixel size") {
  Fixture f;
  CHECK(f.texts.shape("ab", 0, sized(20)).font.pixel_size == 20);
  f.texts.set_pixel_ratio(2);
  const ShapedText& text = f.texts.shape("ab", 0, sized(20));
  CHECK(text.font.pixel_size == 40);
  CHECK(text.layout.width * text.unit == 20);
}

TEST_CASE("more different texts than are kept still come out right") {
  Fixture f;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 1500; ++i) {
      const std::string text = std::to_string(100000 + i);
      REQUIRE(f.texts.shape(text, 0, sized(20)).layout.text == text);
    }
    f.pass_frames(1);
  }
  CHECK(f.texts.cached() <= 1024);
}

TEST_CASE("sizes beyond what fonts are drawn at are stretched from the nearest") {
  Fixture f;
  const ShapedText& huge = f.texts.shape("元", 0, sized(1000));
  CHECK(huge.font.pixel_size == 512);
  CHECK(huge.layout.width * huge.unit == Approx(1000));
  const ShapedText& tiny = f.texts.shape("元", 0, sized(2));
  CHECK(tiny.font.pixel_size == 8);
  CHECK(tiny.layout.width * tiny.unit == Approx(2));
}

TEST_CASE("texts that are forgotten are laid out anew when they are shown again") {
  Fixture f;
  f.texts.shape("4711", 0, sized(20));
  f.texts.forget();
  CHECK(f.texts.cached() == 0);
  CHECK(f.texts.shape("4711", 0, sized(20)).layout.text == "4711");
  CHECK(f.texts.cached() == 1);
}
