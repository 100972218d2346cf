// SPDX-License-Identifier: MIT
#include "engine/vision/picture_view.h"

#include <catch2/catch.hpp>
#include <set>
#include <utility>

using namespace vitrine;

namespace {

constexpr uint8_t kByte = 0;

PictureView picture(int width, int height, int stride, PixelFormat format = PixelFormat::Rgb8) {
  return {
      .pixels = &kByte, .width = width, .height = height, .stride_bytes = stride, .format = format};
}

}  // namespace

TEST_CASE("each fault of a picture has its own name and a text") {
  PictureView none = picture(4, 4, 12);
  none.pixels = nullptr;
  CHECK(picture_fault(none) == FrameFault::NoPixels);
  CHECK(picture_fault(picture(0, 4, 12)) == FrameFault::Empty);
  CHECK(picture_fault(picture(4, -1, 12)) == FrameFault::Empty);
  CHECK(picture_fault(picture(8193, 4, 3 * 8193)) == FrameFault::TooLarge);
  CHECK(picture_fault(picture(4, 8193, 12)) == FrameFault::TooLarge);
  CHECK(picture_fault(picture(4, 4, 11)) == FrameFault::StrideTooSmall);
  CHECK(picture_fault(picture(4, 4, -11)) == FrameFault::StrideTooSmall);
  CHECK(picture_fault(picture(4, 4, 15, PixelFormat::Rgba8)) == FrameFault::StrideTooSmall);
  std::set<std::string_view> texts;
  for (int i = 0; i <= static_cast<int>(FrameFault::UnknownFormat); ++i)
    texts.insert(frame_fault_text(static_cast<FrameFault>(i)));
  CHECK(texts.size() == 7);
  CHECK_FALSE(texts.contains(""));
}

TEST_CASE("a number that is no format or turn is a fault, and nothing of the picture is read") {
  CHECK(picture_fault(picture(4, 4, 64, static_cast<PixelFormat>(3))) == FrameFault::UnknownFormat);
  CHECK(picture_fault(picture(4, 4, 64, static_cast<PixelFormat>(255))) ==
        FrameFault::UnknownFormat);
  PictureView turned = picture(4, 4, 12);
  turned.turns = static_cast<QuarterTurns>(4);
  CHECK(picture_fault(turned) == FrameFault::UnknownFormat);
}

TEST_CASE("a picture is held by as many bytes as it has, whatever the numbers") {
  CHECK(is_held(picture(4, 3, 20), 2 * 20 + 12));
  CHECK_FALSE(is_held(picture(4, 3, 20), 2 * 20 + 11));
  CHECK(is_held(picture(1, 1, 2147483647), 3));
  // Two rows of nearly 2 GiB: 32 bits would make a few bytes of it.
  CHECK_FALSE(is_held(picture(4, 3, 2147483647), 64));
  CHECK_FALSE(is_held(picture(8192, 8192, 2147483647), 4294967295u));
  CHECK_FALSE(is_held(picture(4, 3, -12), 1000));
}

TEST_CASE("pictures up to 8192 squared, padded or bottom up, are in order") {
  CHECK(picture_fault(picture(1, 1, 3)) == FrameFault::None);
  CHECK(picture_fault(picture(8192, 8192, 8192, PixelFormat::Luma8)) == FrameFault::None);
  CHECK(picture_fault(picture(5, 4, 64)) == FrameFault::None);
  CHECK(picture_fault(picture(5, 4, -15)) == FrameFault::None);
  CHECK(picture_fault(picture(5, 4, -2147483647 - 1)) == FrameFault::None);
}

TEST_CASE("places go to the stored picture and back, however it is turned") {
  for (const bool mirrored : {false, true}) {
    for (const QuarterTurns turns :
         {QuarterTurns::None, QuarterTurns::One, QuarterTurns::Two, QuarterTurns::Three}) {
      PictureView view = picture(7, 4, 21);
      view.turns = turns;
      view.mirrored = mirrored;
      std::set<std::pair<float, float>> seen;
      for (int y = 0; y < upright_height(view); ++y) {
        for (int x = 0; x < upright_width(view); ++x) {
          const Vec2 upright{static_cast<float>(x), static_cast<float>(y)};
          const Vec2 stored = stored_place(view, upright);
          CHECK(upright_place(view, stored) == upright);
          CHECK((stored.x >= 0 && stored.x < 7 && stored.y >= 0 && stored.y < 4));
          seen.insert({stored.x, stored.y});
        }
      }
      CHECK(seen.size() == 28);
    }
  }
}

TEST_CASE("one clockwise turn brings the stored left column to the top") {
  PictureView view = picture(7, 4, 21);
  view.turns = QuarterTurns::One;
  CHECK(upright_width(view) == 4);
  CHECK(upright_height(view) == 7);
  CHECK(upright_place(view, {0, 3}) == Vec2{0, 0});  // bottom left becomes top left
  CHECK(upright_place(view, {0, 0}) == Vec2{3, 0});
  view.mirrored = true;
  CHECK(upright_place(view, {0, 3}) == Vec2{3, 0});
}
