// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>

#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

constexpr BackgroundKind kAll[] = {BackgroundKind::Silk, BackgroundKind::Plain,
                                   BackgroundKind::Aurora, BackgroundKind::Night};

// Red only, from dark to light, so that a pixel's red is how light it is.
Silk grey(BackgroundKind kind) {
  Silk silk;
  silk.shadow = {0.1f, 0, 0, 1};
  silk.base = {0.4f, 0, 0, 1};
  silk.light = {0.7f, 0, 0, 1};
  silk.sheen = {1, 0, 0, 1};
  silk.next_shadow = silk.next_base = silk.next_light = silk.next_sheen = {0, 0, 1, 1};
  silk.kind = kind;
  silk.time = 40;
  return silk;
}

struct Light {
  int least = 255, most = 0, steepest = 0;
  double mean = 0;
};

Light light_of(const Image& image) {
  Light light;
  for (uint32_t y = 0; y < 200; ++y) {
    for (uint32_t x = 0; x < 200; ++x) {
      const int v = at(image, x, y).r;
      light.least = std::min(light.least, v);
      light.most = std::max(light.most, v);
      light.mean += v / 40000.0;
      if (x > 0) light.steepest = std::max(light.steepest, std::abs(v - at(image, x - 1, y).r));
    }
  }
  return light;
}

// Whether the night lights a cell of its farther layer, and where in it, as the shader has it.
struct NightCell {
  bool is_lit;
  float x, y;
};

NightCell night_cell(int column, int row) {
  uint32_t n[3] = {static_cast<uint32_t>(column), static_cast<uint32_t>(row), 7};
  for (uint32_t& one : n) one = one * 1664525u + 1013904223u;
  for (int round = 0; round < 2; ++round) {
    n[0] += n[1] * n[2];
    n[1] += n[2] * n[0];
    n[2] += n[0] * n[1];
    for (uint32_t& one : n) one ^= one >> 16;
  }
  const auto share = [&n](int i) { return static_cast<float>(n[i] >> 8) / 16777216.0f; };
  return {share(2) >= 0.62f, 0.3f + 0.4f * share(0), 0.3f + 0.4f * share(1)};
}

}  // namespace

TEST_CASE("every background is soft, opaque, of its own colours and unlike the others") {
  GlFixture f;
  std::vector<Image> seen;
  for (const BackgroundKind kind : kAll) {
    INFO(static_cast<int>(kind));
    const Image image = f.draw([&](Canvas& c) { c.draw_silk(grey(kind)); });
    for (size_t i = 0; i < image.pixels.size(); i += 4) {
      if (image.pixels[i + 1] > 1 || image.pixels[i + 2] > 1 || image.pixels[i + 3] != 255) {
        FAIL("a strange colour at " << i / 4);
      }
    }
    const Light light = light_of(image);
    CHECK(light.least >= 24);
    CHECK(light.most > light.least + 20);
    CHECK(light.steepest < 60);
    for (const Image& other : seen) CHECK_FALSE(other.pixels == image.pixels);
    seen.push_back(image);
  }
}

TEST_CASE("every background but the plain one moves, slowly") {
  GlFixture f;
  for (const BackgroundKind kind : kAll) {
    INFO(static_cast<int>(kind));
    const auto at_time = [&](float time) {
      Silk silk = grey(kind);
      silk.time = time;
      return f.draw([&](Canvas& c) { c.draw_silk(silk); });
    };
    const Image now = at_time(40), soon = at_time(40.05f), later = at_time(48);
    int most = 0, changed = 0;
    for (size_t i = 0; i < now.pixels.size(); i += 4) {
      most = std::max(most, std::abs(now.pixels[i] - soon.pixels[i]));
      if (std::abs(now.pixels[i] - later.pixels[i]) > 3) ++changed;
    }
    CHECK(most < 14);
    CHECK((changed > 400) == (kind != BackgroundKind::Plain));
  }
}

TEST_CASE("every background wipes to its next colours and yields to a finger") {
  GlFixture f;
  for (const BackgroundKind kind : kAll) {
    INFO(static_cast<int>(kind));
    Silk silk = grey(kind);
    const Image still = f.draw([&](Canvas& c) { c.draw_silk(silk); });
    silk.touch = {60, 120};
    silk.press = 1;
    const Image touched = f.draw([&](Canvas& c) { c.draw_silk(silk); });
    int near = 0, far = 0;
    for (int y = -12; y < 12; ++y) {
      for (int x = -12; x < 12; ++x) {
        const auto change = [&](int cx, int cy) {
          const auto px = static_cast<uint32_t>(cx + x), py = static_cast<uint32_t>(cy + y);
          return std::abs(at(still, px, py).r - at(touched, px, py).r);
        };
        near += change(60, 120);
        far += change(180, 20);
      }
    }
    CHECK(near > 600);
    CHECK(near > 8 * far);
    silk.wipe = 0.5f;
    int blue = 0;
    const Image half = f.draw([&](Canvas& c) { c.draw_silk(silk); });
    for (size_t i = 0; i < half.pixels.size(); i += 4) blue += half.pixels[i + 2] > 128 ? 1 : 0;
    CHECK(blue > 8000);
    CHECK(blue < 32000);
    silk.wipe = 1;
    const Image done = f.draw([&](Canvas& c) { c.draw_silk(silk); });
    for (size_t i = 0; i < done.pixels.size(); i += 4) {
      if (done.pixels[i] > 1 || done.pixels[i + 2] < 254) FAIL("old colours at " << i / 4);
    }
  }
}

TEST_CASE("the night keeps dark: under a third of the light") {
  GlFixture f;
  Silk silk = grey(BackgroundKind::Night);
  silk.shadow = {0, 0, 0, 1};
  silk.base = {0.5f, 0, 0, 1};
  silk.light = silk.sheen = {1, 0, 0, 1};
  for (float time : {0.0f, 100.0f, 1000.0f}) {
    silk.time = time;
    CHECK(light_of(f.draw([&](Canvas& c) { c.draw_silk(silk); })).mean < 85);
  }
}

TEST_CASE("the night's lights lie where whole numbers put them, on every graphics card") {
  GlFixture f;
  Silk silk = grey(BackgroundKind::Night);
  silk.time = 0;
  const Image image = f.draw([&](Canvas& c) { c.draw_silk(silk); });
  double sum[2] = {};
  int cells[2] = {};
  for (int row = -2; row < 2; ++row) {
    for (int column = -2; column < 2; ++column) {
      const NightCell cell = night_cell(column, row);
      const float x = (static_cast<float>(column) + cell.x) / 5;
      const float y = (static_cast<float>(row) + cell.y) / 5;
      const auto px = static_cast<uint32_t>(100 + 200 * x);
      const auto py = static_cast<uint32_t>(100 - 200 * y);
      sum[cell.is_lit] += at(image, px, py).r;
      ++cells[cell.is_lit];
    }
  }
  REQUIRE(cells[0] > 0);
  REQUIRE(cells[1] > 0);
  INFO(cells[1] << " of 16 are lit, at " << sum[1] / cells[1] << ", not at " << sum[0] / cells[0]);
  CHECK(sum[1] / cells[1] > sum[0] / cells[0] + 30);
}

TEST_CASE("backgrounds come back after a lost context and leave nothing behind") {
  GlFixture f;
  const auto draw = [&] {
    Image last;
    for (const BackgroundKind kind : kAll) {
      last = f.draw([&](Canvas& c) { c.draw_silk(grey(kind)); });
    }
    return last;
  };
  const Image before = draw();
  const GlObjectCounts objects = f.renderer().gl_objects();
  f.lose_context();
  CHECK(f.renderer().gl_objects().programs < objects.programs);
  CHECK(draw().pixels == before.pixels);
  CHECK(f.renderer().gl_objects() == objects);
}
