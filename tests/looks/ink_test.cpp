// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "native/looks/ink.h"

using namespace vitrine;
using namespace vitrine::looks;

namespace {

constexpr uint32_t kSide = 20;
constexpr Rect kWhole{0, 0, kSide, kSide};
constexpr Color kBlack{0, 0, 0, 1};

Image filled(uint8_t value) {
  Image image{kSide, kSide, std::vector<uint8_t>(kSide * kSide * 4, value)};
  for (size_t i = 3; i < image.pixels.size(); i += 4) image.pixels[i] = 255;
  return image;
}

void paint(Image& image, const Rect& area, uint8_t value) {
  for (auto y = static_cast<uint32_t>(area.y); y < static_cast<uint32_t>(area.bottom()); ++y) {
    for (auto x = static_cast<uint32_t>(area.x); x < static_cast<uint32_t>(area.right()); ++x) {
      for (size_t c = 0; c < 3; ++c) image.pixels[(y * kSide + x) * 4 + c] = value;
    }
  }
}

// A stroke in the middle row of the picture, of such coverage.
InkMask stroke(float coverage) {
  Image white = filled(200), black = filled(200);
  const Rect area{2, 8, 16, 4};
  paint(white, area, static_cast<uint8_t>(200 + 55 * coverage));
  paint(black, area, static_cast<uint8_t>(200 * (1 - coverage)));
  return {white, black};
}

}  // namespace

TEST_CASE("black words on white have all the contrast there is") {
  const TextLook look = look_at_text(stroke(1), filled(255), kWhole, {}, kBlack, 1);
  CHECK(look.measured);
  CHECK(look.contrast == Approx(21));
  CHECK(look.seen == Approx(1).margin(0.01));
}

TEST_CASE("grey of 4.5 and of 4.4 to white are told apart") {
  const auto grey = [](uint8_t value) {
    const float c = static_cast<float>(value) / 255;
    return look_at_text(stroke(1), filled(255), kWhole, {}, {c, c, c, 1}, 1).contrast;
  };
  CHECK(grey(0x76) >= 4.5);
  CHECK(grey(0x78) < 4.5);
}

TEST_CASE("only what lies under the ink counts") {
  Image background = filled(255);
  paint(background, {0, 0, kSide, 7}, 0);
  CHECK(look_at_text(stroke(1), background, kWhole, {}, kBlack, 1).contrast == Approx(21));
  paint(background, {2, 8, 4, 4}, 30);
  CHECK(look_at_text(stroke(1), background, kWhole, {}, kBlack, 1).contrast < 2);
}

TEST_CASE("a glint on a pixel hides no word") {
  Image background = filled(255);
  paint(background, {5, 9, 1, 1}, 0);
  CHECK(look_at_text(stroke(1), background, kWhole, {}, kBlack, 1).contrast == Approx(21));
}

TEST_CASE("pale words have the contrast that is left of them") {
  const double half = look_at_text(stroke(0.5f), filled(255), kWhole, {}, kBlack, 0.5f).contrast;
  CHECK(half < 4.5);
  CHECK(half > 3.5);
}

TEST_CASE("something translucent over words shows in how much of them is seen") {
  const TextLook look = look_at_text(stroke(0.4f), filled(255), kWhole, {}, kBlack, 1);
  CHECK(look.seen == Approx(0.4).margin(0.02));
}

TEST_CASE("words under others, under a card or of no ink are not measured") {
  const Rect covers[] = {{0, 0, kSide, kSide}};
  CHECK_FALSE(look_at_text(stroke(1), filled(255), kWhole, covers, kBlack, 1).measured);
  CHECK_FALSE(look_at_text(stroke(0), filled(255), kWhole, {}, kBlack, 1).measured);
  CHECK_FALSE(look_at_text(stroke(1), filled(255), {-50, -50, 10, 10}, {}, kBlack, 1).measured);
}

TEST_CASE("a thin dark arrow on a light disc is a shape; a disc alone is none") {
  Image picture = filled(250);
  CHECK(shape_contrast(picture, kWhole) == Approx(1));
  paint(picture, {6, 10, 8, 1}, 40);
  CHECK(shape_contrast(picture, kWhole) > 3);
  CHECK(shape_contrast(picture, {30, 30, 5, 5}) == Approx(1));
}
