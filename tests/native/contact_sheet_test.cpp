// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "native/kiosk/contact_sheet.h"

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

TEST_CASE("pictures stand beside and below one another without touching") {
  ContactSheet sheet;
  sheet.add(0, plain(20, 30, 1));
  sheet.add(0, plain(20, 10, 2));
  sheet.add(2, plain(50, 10, 3));  // nothing in row 1
  const Image all = sheet.compose();
  CHECK(all.width == 12 + 20 + 12 + 20 + 12);
  CHECK(all.height == 12 + 30 + 12 + 10 + 12);
  CHECK(red_at(all, 12, 12) == 1);
  CHECK(red_at(all, 31, 41) == 1);
  CHECK(red_at(all, 32, 12) == 0x5A);
  CHECK(red_at(all, 44, 12) == 2);
  CHECK(red_at(all, 44, 22) == 0x5A);
  CHECK(red_at(all, 12, 54) == 3);
  CHECK(red_at(all, 61, 63) == 3);
}

TEST_CASE("a sheet without pictures is still one") {
  const Image empty = ContactSheet().compose();
  CHECK(empty.pixels.size() == size_t{empty.width} * empty.height * 4);
}
