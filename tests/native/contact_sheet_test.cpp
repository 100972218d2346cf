// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "native/kiosk/contact_sheet.h"
#include "tests/fakes/gfx_seams.h"

using namespace vitrine;

namespace {

Image plain(uint32_t width, uint32_t height, uint8_t value) {
  return {width, height, std::vector<uint8_t>(size_t{width} * height * 4, value)};
}

int red_at(const Image& image, uint32_t x, uint32_t y) {
  return image.pixels[(size_t{y} * image.width + x) * 4];
}

}  // namespace

TEST_CASE("a smaller picture keeps its aspect and averages what it covers") {
  Image image = plain(4, 8, 0);
  for (size_t i = 0; i < image.pixels.size(); i += 8) image.pixels[i] = 200;  // every second column
  const Image small = made_smaller(image, 4);
  CHECK(small.width == 2);
  CHECK(small.height == 4);
  CHECK(red_at(small, 0, 0) == 100);
  CHECK(red_at(small, 1, 3) == 100);
}

TEST_CASE("a picture is never enlarged, and a very narrow one keeps a column") {
  CHECK(made_smaller(plain(10, 20, 1), 40).height == 20);
  const Image thread = made_smaller(plain(1, 900, 7), 10);
  CHECK(thread.width == 1);
  CHECK(red_at(thread, 0, 9) == 7);
}

TEST_CASE("a size that does not divide loses no pixel's share") {
  const Image small = made_smaller(plain(7, 13, 90), 5);
  for (uint32_t y = 0; y < small.height; ++y) CHECK(red_at(small, 0, y) == 90);
}

TEST_CASE("pictures stand in named rows and columns without touching") {
  test::FakeGlyphSource glyphs;
  const Lettering lettering(glyphs);
  ContactSheet sheet;
  sheet.add("a", "x", plain(20, 30, 1));
  sheet.add("a", "y", plain(20, 10, 2));
  sheet.add("b", "y", plain(50, 40, 3));  // nothing at b, x
  const Image all = sheet.compose(lettering);
  const uint32_t left = 12 + lettering.width_of("a") + 12, top = 12 + Lettering::kHeight;
  CHECK(all.width == left + 20 + 12 + 50 + 12);
  CHECK(all.height == top + 30 + 12 + 40 + 12);
  CHECK(red_at(all, left, top) == 1);
  CHECK(red_at(all, left + 19, top + 29) == 1);
  CHECK(red_at(all, left + 20, top) == 0x5A);
  CHECK(red_at(all, left + 32, top) == 2);
  CHECK(red_at(all, left + 32, top + 10) == 0x5A);
  CHECK(red_at(all, left, top + 42) == 0x5A);
  CHECK(red_at(all, left + 32, top + 42) == 3);
  CHECK(red_at(all, left + 81, top + 81) == 3);
}

TEST_CASE("rows and columns bear their names") {
  test::FakeGlyphSource glyphs;
  const Lettering lettering(glyphs);
  ContactSheet sheet;
  sheet.add("row", "column", plain(200, 60, 1));
  const Image all = sheet.compose(lettering);
  // The fake's letters are full boxes: white where a name stands.
  const auto is_written = [&](uint32_t x, uint32_t y) {
    for (uint32_t dy = 0; dy < Lettering::kHeight; ++dy) {
      if (red_at(all, x, y + dy) == 255) return true;
    }
    return false;
  };
  CHECK(is_written(14, 12 + Lettering::kHeight));
  CHECK(is_written(12 + lettering.width_of("row") + 12 + 2, 6));
  CHECK_FALSE(is_written(14, 12 + 2 * Lettering::kHeight));
}

TEST_CASE("a name longer than its pictures widens its column; the same cell is replaced") {
  test::FakeGlyphSource glyphs;
  const Lettering lettering(glyphs);
  ContactSheet sheet;
  sheet.add("r", "a very long name", plain(10, 10, 1));
  sheet.add("r", "a very long name", plain(10, 10, 9));
  const Image all = sheet.compose(lettering);
  CHECK(all.width >= 12 + lettering.width_of("a very long name") + 12);
  CHECK(red_at(all, 12 + lettering.width_of("r") + 12, 12 + Lettering::kHeight) == 9);
}

TEST_CASE("letters that leave the picture are cut") {
  test::FakeGlyphSource glyphs;
  Image image = plain(8, 8, 0);
  Lettering(glyphs).write("wide", 0, 0, image);
  CHECK(red_at(image, 7, 7) == 255);
}

TEST_CASE("a sheet without pictures is still one") {
  test::FakeGlyphSource glyphs;
  const Image empty = ContactSheet().compose(Lettering(glyphs));
  CHECK(empty.pixels.size() == size_t{empty.width} * empty.height * 4);
}
