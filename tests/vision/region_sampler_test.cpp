// SPDX-License-Identifier: MIT
#include "engine/vision/region_sampler.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/vision/painted_faces.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int kSide = 32;

struct Drawn {
  std::vector<float> rgb;
  SampleLight light;

  // The value before it was normalised, 0 to 255.
  float value(int x, int y, int channel) const {
    const float v = rgb[static_cast<size_t>(3 * (y * kSide + x) + channel)];
    return 255 * (v * (light.spread + 0.05f) + light.mean);
  }
};

Drawn draw(const PictureView& picture, const FaceRegion& region) {
  static RegionSampler sampler(64);
  Drawn drawn{std::vector<float>(kSide * kSide * 3), {}};
  drawn.light = sampler.sample(picture, region, kSide, drawn.rgb);
  return drawn;
}

// Red grows to the right, green down, one a pixel.
Painting ramps(int width, int height) {
  Painting painting(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      painting.at(x, y)[0] = static_cast<uint8_t>(x);
      painting.at(x, y)[1] = static_cast<uint8_t>(y);
      painting.at(x, y)[2] = 30;
    }
  }
  return painting;
}

float largest_difference(const Drawn& a, const Drawn& b) {
  float most = 0;
  for (size_t i = 0; i < a.rgb.size(); ++i) most = std::max(most, std::fabs(a.rgb[i] - b.rgb[i]));
  return most;
}

}  // namespace

TEST_CASE("a sampled pixel is the picture's at that place, whatever size and turn") {
  const Painting painting = ramps(200, 150);
  for (const float side : {10.0f, 32.0f, 47.0f, 90.0f}) {
    for (const float turn : {0.0f, 0.4f, -1.3f, 3.0f}) {
      const FaceRegion region{{98.3f, 77.8f}, side, turn};
      const Drawn drawn = draw(painting.view(), region);
      for (const auto& [x, y] : {std::pair{0, 0}, {31, 0}, {5, 29}, {16, 16}}) {
        const auto half = [](int i) { return (static_cast<float>(i) + 0.5f) / 16 - 1; };
        const Vec2 place = to_picture(region, {half(x), half(y)});
        CHECK(drawn.value(x, y, 0) == Approx(place.x).margin(0.51));
        CHECK(drawn.value(x, y, 1) == Approx(place.y).margin(0.51));
        CHECK(drawn.value(x, y, 2) == Approx(30).margin(0.01));
      }
    }
  }
}

TEST_CASE("a picture stored turned, mirrored, padded or bottom up gives the same sample") {
  const Painting painting = ramps(121, 84);
  const FaceRegion region{{60, 41}, 44, 0.3f};
  const Drawn plain = draw(painting.view(), region);
  for (int i = 0; i < 8; ++i) {
    const StoredPicture stored(painting, i % 2 ? PixelFormat::Rgb8 : PixelFormat::Rgba8,
                               static_cast<QuarterTurns>(i / 2), i % 3 == 0, 5 * i, i % 4 < 2);
    CHECK(largest_difference(plain, draw(stored.view, region)) < 2e-3f);
  }
}

TEST_CASE("luma gives grey") {
  Painting painting = ramps(80, 80);
  const StoredPicture stored(painting, PixelFormat::Luma8, QuarterTurns::None, false);
  const Drawn drawn = draw(stored.view, {{40, 40}, 32, 0});
  CHECK(drawn.value(3, 7, 0) == Approx(40 - 16 + 3.5).margin(0.05));
  CHECK(drawn.value(3, 7, 1) == drawn.value(3, 7, 0));
  CHECK(drawn.value(3, 7, 2) == drawn.value(3, 7, 0));
}

TEST_CASE("samples have mean 0 and their own spread") {
  const Drawn drawn = draw(ramps(200, 150).view(), {{100, 75}, 80, 0.2f});
  double sum = 0, squares = 0;
  for (float v : drawn.rgb) sum += v, squares += v * v;
  const double count = static_cast<double>(drawn.rgb.size());
  CHECK(sum / count == Approx(0).margin(1e-3));
  CHECK(std::sqrt(squares / count) ==
        Approx(drawn.light.spread / (drawn.light.spread + 0.05)).margin(1e-3));
}

TEST_CASE("detail finer than the sample turns into its average, not into patterns") {
  Painting painting(640, 640);
  for (int y = 0; y < 640; ++y) {
    for (int x = 0; x < 640; ++x)
      for (int c = 0; c < 3; ++c) painting.at(x, y)[c] = (x + y) % 2 ? 200 : 100;
  }
  for (int factor = 2; factor <= 20; ++factor) {
    const Drawn drawn = draw(painting.view(), {{320, 320}, static_cast<float>(factor * kSide), 0});
    CAPTURE(factor);
    CHECK(drawn.light.mean * 255 == Approx(150).margin(7));
    CHECK(drawn.light.spread * 255 < 9);
  }
}

TEST_CASE("of seven columns four different ones are averaged") {
  Painting painting(7 * kSide, 7 * kSide);
  for (int y = 0; y < painting.height(); ++y) {
    for (int x = 0; x < painting.width(); ++x)
      for (int c = 0; c < 3; ++c) painting.at(x, y)[c] = static_cast<uint8_t>(20 + 30 * (x % 7));
  }
  const float middle = 3.5f * kSide - 0.5f;
  const Drawn drawn = draw(painting.view(), {{middle, middle}, 7.0f * kSide, 0});
  CHECK(drawn.light.mean * 255 == Approx(20 + 30 * 3).margin(1));
}

TEST_CASE("a square that moves by less than a pixel sees almost the same") {
  const Painting painting = ramps(250, 250);
  const Drawn a = draw(painting.view(), {{120, 120}, 130, 0});
  const Drawn b = draw(painting.view(), {{120.4f, 120}, 130, 0});
  CHECK(b.value(10, 10, 0) - a.value(10, 10, 0) == Approx(0.4).margin(0.3));
}

TEST_CASE("what lies outside repeats the border") {
  const Painting painting = ramps(100, 100);
  const Drawn drawn = draw(painting.view(), {{0, 50}, 64, 0});
  CHECK(drawn.value(0, 16, 0) == Approx(0.5).margin(0.6));
  CHECK(drawn.value(31, 16, 0) == Approx(31).margin(0.6));
  const Drawn away = draw(painting.view(), {{-5000, 5000}, 64, 1});
  CHECK(away.value(16, 16, 0) == Approx(0).margin(1.1));
  CHECK(away.value(16, 16, 1) == Approx(99).margin(1.1));
}

TEST_CASE("pictures of one pixel, one row and odd sizes are sampled without reading outside") {
  for (const auto& [width, height] :
       {std::pair{1, 1}, {1, 7}, {513, 1}, {2, 2}, {3, 5}, {8192, 1}, {1, 8192}, {33, 17}}) {
    const Painting painting(width, height, 50);
    for (const float side : {1.0f, 40.0f, 9000.0f}) {
      const Drawn drawn = draw(painting.view(), {{0, 0}, side, 0.5f});
      CHECK(drawn.light.is_flat());
      CHECK(drawn.light.mean * 255 == Approx(50).margin(0.01));
    }
  }
}

TEST_CASE("a region that is no region reads nothing outside") {
  const Painting painting = ramps(50, 40);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float inf = std::numeric_limits<float>::infinity();
  for (const FaceRegion& region :
       {FaceRegion{{nan, 10}, 20, 0}, FaceRegion{{10, 10}, nan, 0}, FaceRegion{{10, 10}, inf, 0},
        FaceRegion{{10, 10}, 20, nan}, FaceRegion{{inf, -inf}, 1e30f, 1}, FaceRegion{{3, 3}, -5, 0},
        FaceRegion{{1e30f, 1e30f}, 1e30f, 0}}) {
    const Drawn drawn = draw(painting.view(), region);
    CHECK(drawn.light.mean >= 0);
    CHECK(drawn.light.mean <= 1);
  }
}
