// SPDX-License-Identifier: MIT
#include <GLES3/gl3.h>

#include <cmath>
#include <cstdlib>

#include "tests/fakes/counted_allocations.h"
#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

constexpr Color kClear{0, 0, 0, 0};
constexpr Rect kAll{0, 0, 200, 200};

int red(const Image& image, int x, int y) {
  return at(image, static_cast<uint32_t>(x), static_cast<uint32_t>(y)).r;
}

// White on the left half, black on the right one.
void draw_halves(Canvas& c) {
  c.fill_rect({0, 0, 100, 200}, {}, Paint::solid(kWhite));
}

// Whether any texture of the context shows pure red somewhere.
bool any_texture_is_red() {
  constexpr GLuint kNames = 256;
  GLuint framebuffer = 0;
  glGenFramebuffers(1, &framebuffer);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  bool found = false;
  for (GLuint name = 1; name < kNames; ++name) {
    if (!glIsTexture(name)) continue;
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, name, 0);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) continue;
    // The middle is within every level of the blur, whatever its size.
    for (const GLint place : {5, 6, 50}) {
      uint8_t pixel[4] = {};
      glReadPixels(place, place, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
      found = found || (pixel[0] > 200 && pixel[1] < 50);
    }
  }
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glDeleteFramebuffers(1, &framebuffer);
  return found;
}

}  // namespace

TEST_CASE("what glass blurred is in no texture once it is forgotten, and glass blurs on") {
  GlFixture f;
  const auto draw_red = [&](Canvas& c) {
    c.fill_rect(kAll, {}, Paint::solid({1, 0, 0, 1}));
    c.draw_glass(kAll, 0, {7, kClear});
  };
  f.frame(draw_red);
  CHECK(any_texture_is_red());
  f.renderer().forget_unused();
  CHECK_FALSE(any_texture_is_red());
  const Image image = f.draw(draw_red);
  CHECK(red(image, 100, 100) == 255);
}

TEST_CASE("glass blurs an edge behind it as a Gaussian does") {
  GlFixture f;
  for (float deviation : {3.0f, 7.0f, 14.0f}) {
    const Image image = f.draw([&](Canvas& c) {
      draw_halves(c);
      c.draw_glass(kAll, 0, {deviation, kClear});
    });
    double worst = 0;
    for (int x = 100 - static_cast<int>(3 * deviation); x < 100 + 3 * deviation; ++x) {
      const double wanted = 0.5 - 0.5 * std::erf((x + 0.5 - 100) / (deviation * std::sqrt(2.0)));
      worst = std::max(worst, std::abs(wanted - red(image, x, 100) / 255.0));
    }
    CHECK(worst < 0.03);
  }
}

TEST_CASE("glass lies within its rounded edge and leaves the rest sharp") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    draw_halves(c);
    c.draw_glass({60, 60, 80, 80}, 20, {10, kClear});
  });
  CHECK(red(image, 99, 30) == 255);
  CHECK(red(image, 100, 30) == 0);
  CHECK(red(image, 99, 150) == 255);
  CHECK(red(image, 62, 62) == 255);
  CHECK(red(image, 100, 100) > 90);
  CHECK(red(image, 100, 100) < 150);
  CHECK(red(image, 139, 100) < 5);
}

TEST_CASE("the tint lies over what shows through, and opacity fades both") {
  GlFixture f;
  const Glass glass{10, {1, 0, 0, 0.5f}};
  const auto green_at = [&](float opacity) {
    return f.draw([&](Canvas& c) {
      c.fill_rect(kAll, {}, Paint::solid({0, 1, 0, 1}));
      c.fill_rect({80, 80, 40, 40}, {}, Paint::solid({0, 0, 1, 1}));
      c.push_opacity(opacity);
      c.draw_glass(kAll, 0, glass);
      c.pop_opacity();
    });
  };
  const Image whole = green_at(1);
  CHECK(std::abs(at(whole, 10, 10).r - 128) <= 1);
  CHECK(std::abs(at(whole, 10, 10).g - 128) <= 1);
  CHECK(at(whole, 100, 100).g > 0);
  CHECK(at(whole, 100, 100).a == 255);
  const Image half = green_at(0.5f);
  CHECK(std::abs(at(half, 10, 10).g - 191) <= 1);
  CHECK(green_at(0).pixels != whole.pixels);
  CHECK(at(green_at(0), 100, 100) == Pixel{0, 0, 255, 255});
}

TEST_CASE("a pane does not show its own shadow, nor what is drawn later") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.fill_rect(kAll, {}, Paint::solid(kWhite));
    c.draw_glass({60, 60, 80, 80}, 0, {8, kClear, {{0, 10}, 20, 0, {0, 0, 0, 1}}});
    c.fill_rect({0, 0, 20, 20}, {}, Paint::solid({0, 0, 0, 1}));
  });
  CHECK(red(image, 100, 100) >= 254);
  CHECK(red(image, 100, 138) >= 254);
  CHECK(red(image, 100, 144) < 120);
  CHECK(red(image, 10, 10) == 0);
}

TEST_CASE("a second pane shows the first one") {
  GlFixture f;
  const Image image = f.draw([](Canvas& c) {
    c.draw_glass({20, 20, 160, 160}, 0, {8, kWhite});
    c.draw_glass({60, 60, 80, 80}, 0, {8, kClear});
  });
  CHECK(red(image, 100, 100) >= 254);
}

TEST_CASE("a blur grows from sharp without a jump") {
  GlFixture f;
  Image last = f.draw(draw_halves);
  for (float deviation = 0; deviation < 16; deviation += 0.25f) {
    const Image next = f.draw([&](Canvas& c) {
      draw_halves(c);
      c.draw_glass(kAll, 0, {deviation, kClear});
    });
    int most = 0;
    for (int x = 0; x < 200; ++x) {
      most = std::max(most, std::abs(red(last, x, 100) - red(next, x, 100)));
    }
    REQUIRE(most < 40);
    last = next;
  }
}

TEST_CASE("panes at the edges, outside and of odd sizes draw and do not read beyond") {
  GlFixture f({}, {199, 197}, 1);
  const Glass glass{20, kClear};
  const Image image = f.draw([&](Canvas& c) {
    c.fill_rect({0, 0, 199, 197}, {}, Paint::solid(kWhite));
    c.draw_glass({-50, -50, 100, 100}, 10, glass);
    c.draw_glass({150, 150, 100, 100}, 10, glass);
    c.draw_glass({300, 300, 100, 100}, 10, glass);
    c.draw_glass({90, 90, 0, 0}, 10, glass);
    c.push_clip({0, 0, 0, 0});
    c.draw_glass({90, 90, 20, 20}, 10, glass);
    c.pop_clip();
  });
  for (uint32_t y = 0; y < 197; ++y) {
    for (uint32_t x = 0; x < 199; ++x) REQUIRE(at(image, x, y).r >= 250);
  }
}

TEST_CASE("a canvas of a few pixels has glass, too") {
  GlFixture f({}, {3, 2}, 1);
  const Image image = f.draw([](Canvas& c) {
    c.fill_rect({0, 0, 3, 2}, {}, Paint::solid(kWhite));
    c.draw_glass({0, 0, 3, 2}, 0, {30, {1, 0, 0, 0.5f}});
  });
  CHECK(red(image, 1, 1) == 255);
  CHECK(std::abs(at(image, 1, 1).g - 128) <= 1);
}

TEST_CASE("steady glass allocates nothing, keeps its targets and comes back after a lost context") {
  GlFixture f;
  const auto page = [](Canvas& c) {
    draw_halves(c);
    c.draw_glass({60, 60, 80, 80}, 20, {14, {1, 1, 1, 0.3f}});
    c.draw_glass(kAll, 0, {5, kClear});
  };
  const Image before = f.draw(page);
  const GlObjectCounts objects = f.renderer().gl_objects();
  const size_t allocated = allocations;
  for (int i = 0; i < 20; ++i) {
    page(f.renderer().begin_frame({0, 0, 0, 1}));
    f.renderer().end_frame();
  }
  CHECK(allocations == allocated);
  CHECK(f.renderer().gl_objects() == objects);
  f.lose_context();
  CHECK(f.draw(page).pixels == before.pixels);
  CHECK(f.renderer().gl_objects() == objects);
}
