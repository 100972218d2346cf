// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

const Paint kWhitePaint = Paint::solid(kWhite);

int red(const Image& image, int x, int y) {
  return at(image, static_cast<uint32_t>(x), static_cast<uint32_t>(y)).r;
}

// Coverage of the pixel at (x, y) by the shape `inside`, by 16 x 16 samples.
template <typename Inside>
double sampled(int x, int y, Inside inside) {
  int hits = 0;
  for (int i = 0; i < 256; ++i) {
    if (inside(x + (i % 16 + 0.5) / 16, y + (i / 16 + 0.5) / 16)) ++hits;
  }
  return hits / 256.0;
}

}  // namespace

TEST_CASE("a rectangle on whole pixels has hard edges") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) { c.fill_rect({20, 30, 50, 40}, {}, kWhitePaint); });
  CHECK(red(image, 19, 50) == 0);
  CHECK(red(image, 20, 30) == 255);
  CHECK(red(image, 69, 69) == 255);
  CHECK(red(image, 70, 50) == 0);
  CHECK(red(image, 40, 29) == 0);
  CHECK(red(image, 40, 70) == 0);
}

TEST_CASE("an edge between two pixels covers both by half") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) { c.fill_rect({20.5f, 30, 50, 40}, {}, kWhitePaint); });
  CHECK(std::abs(red(image, 20, 50) - 128) <= 1);
  CHECK(std::abs(red(image, 70, 50) - 128) <= 1);
}

TEST_CASE("round corners are the same in all four places and both ways") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.fill_rect({50, 50, 80, 80}, CornerRadii::all(30), kWhitePaint);
  });
  for (int y = 50; y < 90; ++y) {
    for (int x = 50; x < 90; ++x) {
      const int here = red(image, x, y);
      REQUIRE(std::abs(here - red(image, 179 - x, y)) <= 1);
      REQUIRE(std::abs(here - red(image, x, 179 - y)) <= 1);
      REQUIRE(std::abs(here - red(image, y, x)) <= 1);
    }
  }
}

TEST_CASE("a round corner covers pixels as a sampled circle does") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.fill_rect({50, 50, 80, 80}, CornerRadii::all(40), kWhitePaint);
  });
  double worst = 0;
  for (int y = 50; y < 90; ++y) {
    for (int x = 50; x < 90; ++x) {
      const double wanted =
          sampled(x, y, [](double u, double v) { return std::hypot(u - 90, v - 90) < 40; });
      worst = std::max(worst, std::abs(wanted - red(image, x, y) / 255.0));
    }
  }
  CHECK(worst < 0.08);
}

TEST_CASE("each corner takes its own radius") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.fill_rect({50, 50, 80, 80}, {0, 40, 0, 10}, kWhitePaint);
  });
  CHECK(red(image, 50, 50) == 255);
  CHECK(red(image, 129, 50) == 0);
  CHECK(red(image, 129, 129) == 255);
  CHECK(red(image, 50, 129) == 0);
  CHECK(red(image, 54, 125) == 255);
}

TEST_CASE("a stretched circle keeps an edge of one pixel on both axes") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.push_transform(Transform2D::translation({100, 100}) * Transform2D::scaling(0.25f, 1));
    c.fill_rect({-80, -80, 160, 160}, CornerRadii::all(80), kWhitePaint);
    c.pop_transform();
  });
  const auto soft = [&](bool across) {
    int count = 0;
    for (int i = 0; i < 200; ++i) {
      const int v = across ? red(image, i, 100) : red(image, 100, i);
      if (v > 8 && v < 247) ++count;
    }
    return count;
  };
  CHECK(soft(true) <= 4);
  CHECK(soft(false) <= 4);
  CHECK(red(image, 85, 100) == 255);
  CHECK(red(image, 77, 100) == 0);
}

TEST_CASE("a stroke lies inside the edge") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.stroke_rect({50, 50, 80, 80}, CornerRadii::all(20), 4, kWhitePaint);
  });
  CHECK(red(image, 49, 90) == 0);
  CHECK(red(image, 50, 90) == 255);
  CHECK(red(image, 53, 90) == 255);
  CHECK(red(image, 54, 90) == 0);
  CHECK(red(image, 90, 90) == 0);
}

TEST_CASE("a gradient ends in its exact colours and has the middle where it stands") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.fill_rect(
        {0, 0, 200, 200}, {},
        Paint::vertical(Color::rgb(0xD81F3E), Color::rgb(0x204060), 0.25f, Color::rgb(0x8E0C2C)));
  });
  const auto near = [&](int y, Color wanted) {
    const Pixel p = at(image, 100, static_cast<uint32_t>(y));
    CHECK(std::abs(p.r - static_cast<int>(wanted.r * 255 + 0.5f)) <= 1);
    CHECK(std::abs(p.g - static_cast<int>(wanted.g * 255 + 0.5f)) <= 1);
    CHECK(std::abs(p.b - static_cast<int>(wanted.b * 255 + 0.5f)) <= 1);
  };
  near(199, lerp(Color::rgb(0x204060), Color::rgb(0x8E0C2C), 149.5f / 150));
  near(0, lerp(Color::rgb(0xD81F3E), Color::rgb(0x204060), 0.5f / 50));
  near(49, lerp(Color::rgb(0xD81F3E), Color::rgb(0x204060), 49.5f / 50));
  near(125, lerp(Color::rgb(0x204060), Color::rgb(0x8E0C2C), 75.5f / 150));
}

TEST_CASE("a shadow fades outwards without a step back") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.draw_shadow({60, 60, 80, 80}, 16, {{0, 0}, 30, 0, kWhite});
  });
  for (int x = 100; x < 199; ++x) REQUIRE(red(image, x, 100) >= red(image, x + 1, 100));
  for (int i = 100; i < 199; ++i) REQUIRE(red(image, i, i) >= red(image, i + 1, i + 1));
  CHECK(red(image, 100, 100) > 230);
  CHECK(red(image, 199, 100) == 0);
}

TEST_CASE("a shadow is close to the Gaussian blur that it stands for") {
  GlFixture f;
  const double sigma = 10;
  const Image image = f.draw([](Canvas& c) {
    c.draw_shadow({50, 60, 100, 80}, 20, {{0, 0}, 20, 0, kWhite});
  });
  // The blur along x of the exact rows of the rounded box, then along y.
  const auto half_at = [](double y) {
    const double from_middle = std::abs(y - 100);
    if (from_middle > 40) return -1.0;
    if (from_middle < 20) return 50.0;
    return 30 + std::sqrt(400 - (from_middle - 20) * (from_middle - 20));
  };
  const auto edge = [sigma](double d) {
    return 0.5 + 0.5 * std::erf(d / (sigma * std::sqrt(2.0)));
  };
  double worst = 0;
  for (int y = 20; y < 180; y += 5) {
    for (int x = 10; x < 190; x += 5) {
      double sum = 0;
      for (int row = 60; row < 140; ++row) {
        const double half = half_at(row + 0.5);
        const double weight = edge(row + 1 - (y + 0.5)) - edge(row - (y + 0.5));
        sum += weight * (edge(100 + half - (x + 0.5)) - edge(100 - half - (x + 0.5)));
      }
      worst = std::max(worst, std::abs(sum - red(image, x, y) / 255.0));
    }
  }
  CHECK(worst < 0.04);
}

TEST_CASE("a glow is full in the middle and nothing at its radius") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) { c.draw_glow({100, 100}, 50, kWhite); });
  CHECK(red(image, 100, 100) >= 254);
  CHECK(red(image, 150, 100) == 0);
  for (int x = 100; x < 150; ++x) REQUIRE(red(image, x, 100) >= red(image, x + 1, 100));
}

TEST_CASE("an arc runs clockwise from twelve o'clock") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) { c.draw_arc({100, 100}, 60, 10, 0, 0.25f, kWhite); });
  CHECK(red(image, 142, 58) == 255);
  CHECK(red(image, 142, 142) == 0);
  CHECK(red(image, 58, 58) == 0);
  CHECK(red(image, 100, 100) == 0);
  const Image full = f.draw([](Canvas& c) { c.draw_arc({100, 100}, 60, 10, 0, 1, kWhite); });
  for (int i : {40, 160}) {
    CHECK(red(full, i, 100) == 255);
    CHECK(red(full, 100, i) == 255);
  }
  // Nor has it a gap where its middle falls on the middle of pixels.
  const Image even = f.draw([](Canvas& c) { c.draw_arc({100.5f, 100.5f}, 60, 10, 0, 1, kWhite); });
  for (int x = 98; x <= 102; ++x) CHECK(red(even, x, 160) == 255);
}

TEST_CASE("a line has round ends of half its width") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) { c.draw_line({50, 100}, {150, 100}, 20, kWhite); });
  CHECK(red(image, 100, 90) == 255);
  CHECK(red(image, 100, 89) == 0);
  CHECK(red(image, 41, 100) == 255);
  CHECK(red(image, 39, 100) == 0);
  CHECK(red(image, 42, 92) == 0);
}

TEST_CASE("nothing is drawn outside a clip, and its corners are round") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.push_clip({50, 50, 80, 60}, 20);
    c.fill_rect({0, 0, 200, 200}, {}, kWhitePaint);
    c.pop_clip();
    c.fill_rect({0, 190, 200, 10}, {}, kWhitePaint);
  });
  CHECK(red(image, 49, 80) == 0);
  CHECK(red(image, 50, 80) == 255);
  CHECK(red(image, 129, 80) == 255);
  CHECK(red(image, 130, 80) == 0);
  CHECK(red(image, 90, 109) == 255);
  CHECK(red(image, 90, 110) == 0);
  CHECK(red(image, 52, 52) == 0);
  CHECK(red(image, 0, 195) == 255);
}

TEST_CASE("a nested clip is cut by the outer one and keeps its own corners") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.push_clip({50, 50, 60, 100});
    c.push_clip({80, 80, 100, 40}, 15);
    c.fill_rect({0, 0, 200, 200}, {}, kWhitePaint);
    c.pop_clip();
    c.pop_clip();
  });
  CHECK(red(image, 109, 100) == 255);
  CHECK(red(image, 110, 100) == 0);
  CHECK(red(image, 109, 81) == 255);
  CHECK(red(image, 81, 81) == 0);
}

TEST_CASE("opacity multiplies and layers blend in order") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.push_opacity(0.5f);
    c.push_opacity(0.5f);
    c.fill_rect({0, 0, 100, 200}, {}, kWhitePaint);
    c.pop_opacity();
    c.pop_opacity();
    c.fill_rect({0, 0, 50, 200}, {}, Paint::solid({1, 0, 0, 0.5f}));
  });
  CHECK(std::abs(red(image, 75, 100) - 64) <= 1);
  CHECK(std::abs(at(image, 25, 100).g - 32) <= 1);
  CHECK(std::abs(red(image, 25, 100) - 160) <= 1);
}

TEST_CASE("silk fills the canvas, wipes from one ramp to the other and yields to a finger") {
  GlFixture f;
  Silk silk;
  silk.shadow = silk.base = silk.light = silk.sheen = {1, 0, 0, 1};
  silk.next_shadow = silk.next_base = silk.next_light = silk.next_sheen = {0, 0, 1, 1};
  const auto count_blue = [&](float wipe) {
    silk.wipe = wipe;
    const Image image = f.draw([&](Canvas& c) { c.draw_silk(silk); });
    int blue = 0;
    for (uint32_t i = 0; i < 200 * 200; ++i) {
      const Pixel p = at(image, i % 200, i / 200);
      REQUIRE(p.a == 255);
      if (p.b > 128) ++blue;
    }
    return blue;
  };
  CHECK(count_blue(0) == 0);
  const int half = count_blue(0.5f);
  CHECK(half > 8000);
  CHECK(half < 32000);
  CHECK(count_blue(1) == 200 * 200);

  silk = {};
  silk.shadow = {0, 0, 0, 1};
  silk.base = {0.5f, 0, 0, 1};
  silk.light = {0.8f, 0, 0, 1};
  silk.sheen = kWhite;
  const Image flat = f.draw([&](Canvas& c) { c.draw_silk(silk); });
  silk.touch = {40, 160};
  silk.press = 1;
  const Image dented = f.draw([&](Canvas& c) { c.draw_silk(silk); });
  const auto change = [&](int cx, int cy) {
    int sum = 0;
    for (int y = cy - 15; y < cy + 15; ++y) {
      for (int x = cx - 15; x < cx + 15; ++x) sum += std::abs(red(flat, x, y) - red(dented, x, y));
    }
    return sum;
  };
  CHECK(change(40, 160) > 2000);
  CHECK(change(40, 160) > 10 * change(170, 30));
}

TEST_CASE("silk drawn between shapes keeps their order") {
  GlFixture f;
  Silk silk;
  silk.shadow = silk.base = silk.light = silk.sheen = {1, 0, 0, 1};
  const Image image = f.draw([&](Canvas& c) {
    c.fill_rect({0, 0, 100, 200}, {}, kWhitePaint);
    c.draw_silk(silk);
    c.fill_rect({0, 0, 50, 200}, {}, kWhitePaint);
  });
  CHECK(at(image, 25, 100).b == 255);
  CHECK(at(image, 75, 100).b <= 1);
}
