// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdlib>

#include "tests/fakes/counted_allocations.h"
#include "tests/gfx/circle_path.h"
#include "tests/gfx/gl_fixture.h"

using namespace vitrine;
using namespace vitrine::gfx;
using namespace vitrine::test;

namespace {

const Paint kWhitePaint = Paint::solid(kWhite);

int red(const Image& image, int x, int y) {
  return at(image, static_cast<uint32_t>(x), static_cast<uint32_t>(y)).r;
}

// A heart: two lobes, a notch and a tip.
Path heart() {
  Path path;
  path.move_to({100, 170})
      .cubic_to({20, 110}, {20, 40}, {60, 40})
      .cubic_to({85, 40}, {98, 60}, {100, 75})
      .cubic_to({102, 60}, {115, 40}, {140, 40})
      .cubic_to({180, 40}, {180, 110}, {100, 170})
      .close();
  return path;
}

// Whether the centre of a sample lies inside, by the even number of crossings of a flat path.
bool inside(const FlatPath& flat, double x, double y) {
  bool in = false;
  for (const FlatContour& contour : flat.contours) {
    for (uint32_t i = 0; i < contour.count; ++i) {
      const Vec2 a = flat.points[contour.first + i].at;
      const Vec2 b = flat.points[contour.first + (i + 1) % contour.count].at;
      if ((a.y > y) == (b.y > y)) continue;
      if (x < a.x + (y - a.y) / (double{b.y} - a.y) * (double{b.x} - a.x)) in = !in;
    }
  }
  return in;
}

// The largest and the mean difference between what is drawn and what 4 x 4 samples a pixel find.
struct Difference {
  double worst = 0, mean = 0;
  int x = 0, y = 0;  // of the worst
};

template <typename Inside>
Difference compare(const Image& image, Inside in) {
  Difference result;
  for (int y = 0; y < 200; y += 3) {
    for (int x = 0; x < 200; ++x) {
      int hits = 0;
      for (int i = 0; i < 16; ++i) {
        if (in(x + (i % 4 + 0.5) / 4, y + (i / 4 + 0.5) / 4)) ++hits;
      }
      const double off = std::abs(hits / 16.0 - red(image, x, y) / 255.0);
      if (off > result.worst) result = {off, result.mean, x, y};
      result.mean += off / (67 * 200);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("a filled path covers pixels as its samples do") {
  GlFixture f;
  const Path path = heart();
  const Image image = f.draw([&](Canvas& c) { c.fill_path(path, kWhitePaint); });
  const Difference d =
      compare(image, [&](double x, double y) { return inside(path.flat(1), x, y); });
  CHECK(d.worst < 0.33);  // in the notch and at the tip
  CHECK(d.mean < 0.001);
}

TEST_CASE("a filled path on whole pixels has hard edges") {
  GlFixture f;
  Path path;
  path.move_to({20, 30}).line_to({70, 30}).line_to({70, 70}).line_to({20, 70}).close();
  const Image image = f.draw([&](Canvas& c) { c.fill_path(path, kWhitePaint); });
  CHECK(red(image, 19, 50) == 0);
  CHECK(red(image, 20, 30) >= 254);
  CHECK(red(image, 69, 69) >= 254);
  CHECK(red(image, 70, 50) == 0);
  CHECK(red(image, 40, 29) == 0);
  CHECK(red(image, 40, 70) == 0);
}

TEST_CASE("a turned path has no holes and covers nothing twice") {
  GlFixture f;
  const Path path = heart();
  for (float angle = 0; angle < 6.28f; angle += 0.9f) {
    const Transform2D turn = Transform2D::translation({100, 100}) * Transform2D::rotation(angle) *
                             Transform2D::translation({-100, -100});
    const Image image = f.draw([&](Canvas& c) {
      c.push_transform(turn);
      c.fill_path(path, Paint::solid({1, 1, 1, 0.5f}));
      c.pop_transform();
    });
    // Half opaque: a hole is darker, what is covered twice is brighter.
    for (int y = 0; y < 200; ++y) {
      for (int x = 0; x < 200; ++x) {
        const Vec2 d{static_cast<float>(x) + 0.5f - 100, static_cast<float>(y) + 0.5f - 100};
        const Vec2 back = Transform2D::rotation(-angle).apply(d) + Vec2{100, 100};
        if (red(image, x, y) > 129) FAIL("twice at " << x << ", " << y);
        if (red(image, x, y) >= 126) continue;
        // The notch is narrower than the samples.
        bool deep = length(back - Vec2{100, 70}) > 12;
        for (int i = 0; i < 8; ++i) {
          const Vec2 near = back + Vec2{1.6f * cosine(static_cast<float>(i) * 0.785f),
                                        1.6f * sine(static_cast<float>(i) * 0.785f)};
          deep = deep && inside(path.flat(1), near.x, near.y);
        }
        if (deep) FAIL("a hole at " << x << ", " << y);
      }
    }
  }
}

TEST_CASE("a path's gradient runs over its bounds") {
  GlFixture f;
  Path path;
  path.move_to({50, 50}).line_to({150, 50}).line_to({150, 150}).line_to({50, 150}).close();
  const Image image = f.draw([&](Canvas& c) {
    c.fill_path(path, Paint::vertical({0, 0, 0, 1}, kWhite));
  });
  CHECK(red(image, 100, 51) < 8);
  CHECK(std::abs(red(image, 100, 100) - 128) <= 2);
  CHECK(red(image, 100, 148) > 247);
}

TEST_CASE("a stroke covers pixels as its samples do, round ends and joins included") {
  GlFixture f;
  Path path;
  path.move_to({40, 150}).line_to({100, 40}).line_to({160, 150});
  const Image image = f.draw([&](Canvas& c) { c.stroke_path(path, {.width = 24}, kWhitePaint); });
  const auto near = [](double x, double y, Vec2 a, Vec2 b) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double t =
        std::min(1.0, std::max(0.0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
    return std::hypot(x - a.x - t * dx, y - a.y - t * dy) < 12;
  };
  const Difference d = compare(image, [&](double x, double y) {
    return near(x, y, {40, 150}, {100, 40}) || near(x, y, {100, 40}, {160, 150});
  });
  INFO(d.x << ", " << d.y);
  CHECK(d.worst < 0.25);
  CHECK(d.mean < 0.001);
}

TEST_CASE("a curve's stroke is a ring of even width") {
  GlFixture f;
  const Path path = circle({100, 100}, 60);
  const Image image = f.draw([&](Canvas& c) { c.stroke_path(path, {.width = 20}, kWhitePaint); });
  const Difference d = compare(
      image, [](double x, double y) { return std::abs(std::hypot(x - 100, y - 100) - 60) < 10; });
  CHECK(d.worst < 0.2);
  CHECK(d.mean < 0.002);
}

TEST_CASE("a half opaque stroke covers nothing twice at its corners") {
  GlFixture f;
  for (LineJoin join : {LineJoin::Round, LineJoin::Miter}) {
    Path open;
    open.move_to({40, 160}).line_to({100, 40}).line_to({160, 160});
    const Image image = f.draw([&](Canvas& c) {
      c.stroke_path(open, {.width = 20, .join = join}, Paint::solid({1, 1, 1, 0.5f}));
    });
    int most = 0;
    for (int y = 0; y < 200; ++y) {
      for (int x = 0; x < 200; ++x) most = std::max(most, red(image, x, y));
    }
    CHECK(most <= 129);
  }
}

TEST_CASE("a butt end is cut where the line ends, a miter runs to its tip") {
  GlFixture f;
  Path path;
  path.move_to({50, 150}).line_to({150, 150}).line_to({150, 50});
  const Stroke stroke{.width = 20, .cap = LineCap::Butt, .join = LineJoin::Miter};
  const Image image = f.draw([&](Canvas& c) { c.stroke_path(path, stroke, kWhitePaint); });
  CHECK(red(image, 49, 150) == 0);
  CHECK(red(image, 50, 150) >= 254);
  CHECK(red(image, 50, 141) >= 254);
  CHECK(red(image, 158, 158) >= 250);
  CHECK(red(image, 150, 50) >= 254);
  CHECK(red(image, 150, 49) == 0);
  const Image rounded = f.draw(
      [&](Canvas& c) { c.stroke_path(path, {.width = 20, .cap = LineCap::Butt}, kWhitePaint); });
  CHECK(red(rounded, 158, 158) == 0);
}

TEST_CASE("a stroke is drawn on from its beginning to its end") {
  GlFixture f;
  Path path;
  path.move_to({20, 100}).line_to({180, 100});
  const auto drawn = [&](float from, float to) {
    return f.draw([&](Canvas& c) {
      c.stroke_path(path, {.width = 8, .cap = LineCap::Butt, .from = from, .to = to}, kWhitePaint);
    });
  };
  const Image half = drawn(0, 0.5f);
  CHECK(red(half, 99, 100) >= 254);
  CHECK(red(half, 100, 100) == 0);
  const Image part = drawn(0.25f, 0.75f);
  CHECK(red(part, 59, 100) == 0);
  CHECK(red(part, 60, 100) >= 254);
  CHECK(red(part, 139, 100) >= 254);
  CHECK(red(part, 140, 100) == 0);
  CHECK(drawn(0, 0).pixels == f.draw([](Canvas&) {}).pixels);
  CHECK(drawn(0.7f, 0.3f).pixels == f.draw([](Canvas&) {}).pixels);
}

TEST_CASE("a part of a closed line crosses the place where it closes") {
  GlFixture f;
  const Path path = circle({100, 100}, 60);
  // It begins and closes on the right; a round end there reaches back over the seam.
  const Image image =
      f.draw([&](Canvas& c) { c.stroke_path(path, {.width = 20, .to = 0.25f}, kWhitePaint); });
  CHECK(red(image, 160, 95) > 200);
  CHECK(red(image, 160, 88) == 0);
  CHECK(red(image, 142, 142) >= 254);
  CHECK(red(image, 40, 100) == 0);
}

TEST_CASE("dashes have their length, gaps theirs, and both move on") {
  GlFixture f;
  Path path;
  path.move_to({20, 100}).line_to({180, 100});
  const auto dashed = [&](float shift) {
    return f.draw([&](Canvas& c) {
      c.stroke_path(path,
                    {.width = 4, .cap = LineCap::Butt, .dash = 20, .gap = 10, .dash_shift = shift},
                    kWhitePaint);
    });
  };
  const Image still = dashed(0);
  for (int x : {20, 39, 50, 69, 170, 179}) CHECK(red(still, x, 100) >= 254);
  for (int x : {40, 49, 70, 79, 160, 169, 180}) CHECK(red(still, x, 100) == 0);
  const Image moved = dashed(5);
  for (int x : {25, 44, 55, 74}) CHECK(red(moved, x, 100) >= 254);
  for (int x : {20, 24, 45, 54}) CHECK(red(moved, x, 100) == 0);
}

TEST_CASE("a line thinner than a pixel is faint, not gone") {
  GlFixture f;
  Path path;
  path.move_to({20, 100.5f}).line_to({180, 100.5f});
  const Image image =
      f.draw([&](Canvas& c) { c.stroke_path(path, {.width = 0.25f}, kWhitePaint); });
  CHECK(std::abs(red(image, 100, 100) - 64) <= 3);
  CHECK(red(image, 100, 99) <= 16);
}

TEST_CASE("a picture appears along a line, first what lies at its beginning") {
  GlFixture f;
  f.assets.files["p.png"] = "100 40 255 255 255";
  Path line;
  line.move_to({50, 100}).line_to({150, 100});
  const auto shown = [&](float to) {
    for (int i = 0; i < 3; ++i) {
      f.frame([&](Canvas&) { f.images().picture("p.png"); });
      f.poll();
    }
    return f.draw([&](Canvas& c) {
      c.draw_image_along(f.images().picture("p.png"), {50, 80, 100, 40}, line,
                         {.to = to, .width = 60, .softness = 4});
    });
  };
  const Image half = shown(0.5f);
  CHECK(red(half, 60, 82) >= 254);
  CHECK(red(half, 94, 100) >= 254);
  CHECK(red(half, 101, 100) == 0);
  CHECK(red(half, 60, 78) == 0);
  const Image whole = shown(1);
  for (int y : {81, 100, 118}) {
    for (int x : {51, 100, 148}) CHECK(red(whole, x, y) >= 254);
  }
  CHECK(shown(0).pixels == f.draw([](Canvas&) {}).pixels);
}

TEST_CASE("slices keep corners and edges and stretch the middle") {
  GlFixture f;
  f.assets.files["p.png"] = "30 30 255 255 255";
  const auto draw = [&](const Rect& rect) {
    for (int i = 0; i < 3; ++i) {
      f.frame([&](Canvas&) { f.images().picture("p.png"); });
      f.poll();
    }
    return f.draw([&](Canvas& c) {
      c.draw_image_slices(f.images().picture("p.png"), {30, 30}, {10, 10, 10, 10}, rect);
    });
  };
  const Image wide = draw({20, 20, 120, 60});
  for (int x : {20, 29, 30, 80, 129, 139}) CHECK(red(wide, x, 50) >= 254);
  CHECK(red(wide, 140, 50) == 0);
  CHECK(red(wide, 80, 80) == 0);
  // Smaller than its edges: it shrinks and stays whole.
  const Image small = draw({20, 20, 10, 10});
  CHECK(red(small, 25, 25) >= 254);
  CHECK(red(small, 31, 25) == 0);
}

TEST_CASE("steady paths allocate nothing, and come back after a lost context") {
  GlFixture f;
  const Path shape = heart(), ring = circle({100, 100}, 70);
  const auto page = [&](Canvas& c) {
    c.fill_path(shape, kWhitePaint);
    c.stroke_path(ring, {.width = 5, .from = 0.1f, .to = 0.8f}, Paint::solid({1, 0, 0, 1}));
    c.stroke_path(ring, {.width = 3, .dash = 9, .gap = 6}, Paint::solid({0, 1, 0, 1}));
  };
  const Image before = f.draw(page);
  const size_t allocated = allocations;
  for (int i = 0; i < 50; ++i) {
    page(f.renderer().begin_frame({0, 0, 0, 1}));
    f.renderer().end_frame();
  }
  CHECK(allocations == allocated);
  CHECK(f.counters.draw_calls == 1);
  f.lose_context();
  CHECK(f.draw(page).pixels == before.pixels);
}
