// SPDX-License-Identifier: MIT
#include "engine/gfx/glyph_atlas.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "tests/fakes/gfx_seams.h"

using namespace vitrine;
using namespace vitrine::gfx;

namespace {

struct Upload {
  uint32_t page, x, y, width, height;
};

class TestPages final : public GlyphPages {
 public:
  bool add_page(uint32_t page) override {
    if (page >= limit) return false;
    CHECK(page == pages++);
    pixels[page].assign(size_t{kGlyphPageSize} * kGlyphPageSize, 0);
    return true;
  }
  void upload(uint32_t page, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
              const uint8_t* coverage) override {
    REQUIRE(x + width <= kGlyphPageSize);
    REQUIRE(y + height <= kGlyphPageSize);
    for (uint32_t i = 0; i < width; ++i) {
      if (coverage[i] != 0 || coverage[(height - 1) * width + i] != 0) border_is_empty = false;
    }
    uploads.push_back({page, x, y, width, height});
    for (uint32_t row = 0; row < height; ++row) {
      std::copy_n(coverage + size_t{row} * width, width,
                  &pixels[page][(size_t{y} + row) * kGlyphPageSize + x]);
    }
  }
  // How many pixels of all pages show something of a letter.
  size_t inked() const {
    size_t count = 0;
    for (const auto& [page, coverage] : pixels) {
      count +=
          coverage.size() - static_cast<size_t>(std::count(coverage.begin(), coverage.end(), 0));
    }
    return count;
  }

  uint32_t limit = kMaxGlyphPages;
  uint32_t pages = 0;
  bool border_is_empty = true;
  std::vector<Upload> uploads;
  std::map<uint32_t, std::vector<uint8_t>> pixels;
};

struct Fixture {
  test::FakeGlyphSource source;
  TestPages pages;
  GlyphAtlas atlas{source, pages};
};

FontKey font(uint16_t size) {
  return {FontFamily::Text, FontWeight::Regular, size};
}

std::string letter(int i) {
  const int c = 0x4E00 + i;
  return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
          static_cast<char>(0x80 | (c & 63))};
}

bool overlap(const Upload& a, const Upload& b) {
  return a.page == b.page && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
         b.y < a.y + a.height;
}

// Two frames later everything drawn before is idle.
void pass_time(GlyphAtlas& atlas) {
  for (int i = 0; i < 3; ++i) atlas.begin_frame(0);
}

}  // namespace

TEST_CASE("letters of many sizes never overlap and have an empty border") {
  Fixture f;
  f.atlas.begin_frame(0);
  for (int i = 0; i < 400; ++i) {
    REQUIRE(f.atlas.drawable(font(static_cast<uint16_t>(12 + i % 60)), letter(i)) != nullptr);
  }
  CHECK(f.pages.border_is_empty);
  for (size_t i = 0; i < f.pages.uploads.size(); ++i) {
    for (size_t j = 0; j < i; ++j) REQUIRE_FALSE(overlap(f.pages.uploads[i], f.pages.uploads[j]));
  }
}

TEST_CASE("a letter is drawn once and found again") {
  Fixture f;
  f.atlas.begin_frame(0);
  const Glyph* first = f.atlas.drawable(font(32), "元");
  const uint16_t x = first->x;
  f.atlas.begin_frame(0);
  CHECK(f.atlas.drawable(font(32), "元")->x == x);
  CHECK(f.source.rasterized == 1);
  CHECK(f.source.advances == 1);
}

TEST_CASE("a budget spreads new letters over frames and counts who waits") {
  Fixture f;
  f.atlas.begin_frame(2);
  for (int i = 0; i < 5; ++i) f.atlas.drawable(font(32), letter(i));
  CHECK(f.atlas.drawn_new() == 2);
  CHECK(f.atlas.waiting() == 3);
  f.atlas.begin_frame(2);
  for (int i = 0; i < 5; ++i) f.atlas.drawable(font(32), letter(i));
  CHECK(f.atlas.waiting() == 1);
  f.atlas.begin_frame(2);
  for (int i = 0; i < 5; ++i) CHECK(f.atlas.drawable(font(32), letter(i)) != nullptr);
}

TEST_CASE("for a letter that waits stands the same letter in the nearest size, if near enough") {
  Fixture f;
  f.atlas.begin_frame(0);
  for (const uint16_t size : {20, 30, 64}) f.atlas.drawable(font(size), "元");
  f.atlas.drawable(font(34), "五");
  f.atlas.drawable({FontFamily::Text, FontWeight::Bold, 33}, "元");
  f.atlas.advance(font(32), "元");  // known, not drawn
  const int before = f.source.rasterized;
  const auto size_for = [&](uint16_t size) {
    const Glyph* glyph = f.atlas.stand_in(font(size), "元");
    return glyph ? glyph->font.pixel_size : 0;
  };
  CHECK(size_for(32) == 30);
  CHECK(size_for(24) == 20);
  CHECK(size_for(10) == 20);
  CHECK(size_for(9) == 0);
  CHECK(size_for(128) == 64);
  CHECK(size_for(129) == 0);
  CHECK(f.source.rasterized == before);
  CHECK(f.atlas.waiting() == 0);
}

TEST_CASE("a letter that stands in for another is as much in use as one drawn for itself") {
  Fixture f;
  f.atlas.begin_frame(0);
  f.atlas.drawable(font(30), "元");
  f.atlas.drawable(font(30), "五");
  pass_time(f.atlas);
  CHECK(f.atlas.stand_in(font(32), "元") != nullptr);
  f.atlas.forget_idle();
  CHECK(f.atlas.stand_in(font(32), "元") != nullptr);
  CHECK(f.atlas.stand_in(font(32), "五") == nullptr);
}

TEST_CASE("large letters live on pages of their own") {
  Fixture f;
  f.atlas.begin_frame(0);
  const uint8_t small = f.atlas.drawable(font(32), "元")->page;
  const uint8_t large = f.atlas.drawable(font(400), "元")->page;
  CHECK(small != large);
  CHECK(f.atlas.drawable(font(400), "五")->page == large);
}

TEST_CASE("when every page is full, letters not drawn lately make room") {
  Fixture f;
  f.pages.limit = 1;
  f.atlas.begin_frame(0);
  int fitted = 0;
  while (f.atlas.drawable(font(64), letter(fitted)) != nullptr) ++fitted;
  CHECK(fitted > 100);
  CHECK(f.atlas.waiting() == 1);
  pass_time(f.atlas);
  CHECK(f.atlas.drawable(font(64), letter(5000)) != nullptr);
  CHECK(f.pages.pages == 1);
}

TEST_CASE("what this frame or the last one shows is never overwritten") {
  Fixture f;
  f.pages.limit = 1;
  f.atlas.begin_frame(0);
  int fitted = 0;
  while (f.atlas.drawable(font(64), letter(fitted)) != nullptr) ++fitted;
  f.atlas.begin_frame(0);
  CHECK(f.atlas.drawable(font(64), letter(5000)) == nullptr);
}

TEST_CASE("a page of old letters is given to another size") {
  Fixture f;
  f.pages.limit = 1;
  f.atlas.begin_frame(0);
  for (int i = 0; f.atlas.drawable(font(64), letter(i)) != nullptr; ++i) {
  }
  pass_time(f.atlas);
  const Glyph* large = f.atlas.drawable(font(400), "五");
  REQUIRE(large != nullptr);
  CHECK(large->state == Glyph::State::Drawn);
  f.atlas.begin_frame(0);
  const int before = f.source.rasterized;
  f.atlas.drawable(font(400), "五");
  CHECK(f.source.rasterized == before);
}

TEST_CASE("after the textures are gone letters are drawn anew, widths stay") {
  Fixture f;
  f.atlas.begin_frame(0);
  f.atlas.drawable(font(32), "元");
  f.atlas.forget_pictures();
  f.pages.pages = 0;
  f.atlas.begin_frame(0);
  CHECK(f.atlas.drawable(font(32), "元") != nullptr);
  CHECK(f.source.rasterized == 2);
  CHECK(f.source.advances == 1);
}

TEST_CASE("a letter that no font can draw is not asked for every frame") {
  Fixture f;
  f.source.fail = true;
  for (int i = 0; i < 3; ++i) {
    f.atlas.begin_frame(0);
    CHECK(f.atlas.drawable(font(32), "元")->state == Glyph::State::Failed);
  }
  CHECK(f.source.rasterized == 1);
}

TEST_CASE("any number of different letters over time takes bounded memory") {
  Fixture f;
  for (int frame = 0; frame < 60; ++frame) {
    f.atlas.begin_frame(0);
    for (int i = 0; i < 300; ++i) f.atlas.advance(font(32), letter(frame * 300 + i));
  }
  CHECK(f.atlas.glyph_count() <= 8192 + 300);
}

TEST_CASE("letters that nobody shows any more are gone from the pages, the others stay") {
  Fixture f;
  f.atlas.begin_frame(0);
  for (int i = 0; i < 900; ++i) {
    REQUIRE(f.atlas.drawable(font(static_cast<uint16_t>(12 + i % 90)), letter(i)) != nullptr);
  }
  pass_time(f.atlas);
  std::vector<Glyph> kept;
  for (int i = 0; i < 900; i += 60) {
    kept.push_back(*f.atlas.drawable(font(static_cast<uint16_t>(12 + i % 90)), letter(i)));
  }
  f.atlas.forget_idle();
  size_t wanted = 0;
  for (const Glyph& glyph : kept) wanted += size_t{glyph.width} * glyph.height;
  CHECK(f.pages.inked() == wanted);
  CHECK(f.atlas.glyph_count() == kept.size());
  // None is drawn again, and what comes now lies beside them.
  const size_t uploads = f.pages.uploads.size();
  for (int i = 0; i < 900; i += 60) {
    f.atlas.drawable(font(static_cast<uint16_t>(12 + i % 90)), letter(i));
  }
  CHECK(f.pages.uploads.size() == uploads);
  for (int i = 0; i < 900; ++i) f.atlas.drawable(font(20), letter(i));
  for (const Glyph& glyph : kept) {
    const Upload old{glyph.page, glyph.x - 1u, glyph.y - 1u, glyph.width + 2u, glyph.height + 2u};
    for (size_t i = uploads; i < f.pages.uploads.size(); ++i) {
      REQUIRE_FALSE(overlap(old, f.pages.uploads[i]));
    }
  }
}

TEST_CASE("a shelf that was filled anew keeps nothing of the letters before") {
  Fixture f;
  f.pages.limit = 1;
  for (int round = 0; round < 2; ++round) {
    f.atlas.begin_frame(0);
    for (int i = 0; i < 300; ++i) f.atlas.drawable(font(60), letter(round * 300 + i));
    pass_time(f.atlas);
  }
  f.atlas.drawable(font(58), letter(0));  // a lower one on a shelf that is reused
  f.atlas.forget_idle();
  const Glyph* left = f.atlas.drawable(font(58), letter(0));
  REQUIRE(left != nullptr);
  CHECK(f.pages.inked() == size_t{left->width} * left->height);
}
