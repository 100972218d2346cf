// SPDX-License-Identifier: MIT
#include "engine/gfx/path.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.h"
#include "tests/gfx/circle_path.h"

using namespace vitrine;
using namespace vitrine::gfx;
using vitrine::test::circle;

namespace {

// What the quads' triangles cover together, their corners' coverage multiplied in: the area of what
// is filled, soft edges counted half.
double area(const std::vector<MeshCorner>& corners) {
  double sum = 0;
  const auto triangle = [&](const MeshCorner& a, const MeshCorner& b, const MeshCorner& c) {
    const auto place = [](const MeshCorner& m) { return m.at + m.shift * 0.01f; };
    const Vec2 p = place(b) - place(a), q = place(c) - place(a);
    const double whole = 0.5 * std::abs(p.x * static_cast<double>(q.y) - p.y * double{q.x});
    sum += whole * (a.coverage + b.coverage + c.coverage) / 3;
  };
  for (size_t i = 0; i < corners.size(); i += 4) {
    triangle(corners[i], corners[i + 1], corners[i + 2]);
    triangle(corners[i + 2], corners[i + 3], corners[i]);
  }
  return sum;
}

// At a hundred pixels a point the soft edges are thin.
double filled_area(const Path& path) {
  return area(path.filled(100));
}

Path polygon(std::initializer_list<Vec2> points) {
  Path path;
  bool first = true;
  for (const Vec2 p : points) {
    if (first)
      path.move_to(p);
    else
      path.line_to(p);
    first = false;
  }
  return path.close();
}

}  // namespace

TEST_CASE("a curve stays within a tenth of a pixel of its lines, at every scale") {
  for (float scale : {0.5f, 1.0f, 3.0f, 10.0f}) {
    Path path = circle({0, 0}, 100);
    const FlatPath& flat = path.flat(scale);
    for (size_t i = 0; i < flat.points.size(); ++i) {
      const Vec2 a = flat.points[i].at, b = flat.points[(i + 1) % flat.points.size()].at;
      const Vec2 middle = lerp(a, b, 0.5f);
      REQUIRE(std::abs(length(middle) - 100) * scale < 0.12f + 0.03f * scale);
    }
  }
}

TEST_CASE("length and places run along all contours in turn") {
  Path path;
  path.move_to({0, 0}).line_to({30, 0}).move_to({100, 0}).line_to({100, 70});
  CHECK(path.length() == Approx(100));
  CHECK(path.place_at(0).at == Vec2{0, 0});
  CHECK(path.place_at(0.15f).at.x == Approx(15));
  CHECK(path.place_at(0.15f).direction == Vec2{1, 0});
  CHECK(path.place_at(0.65f).at.y == Approx(35));
  CHECK(path.place_at(0.65f).direction == Vec2{0, 1});
  CHECK(path.place_at(1).at == Vec2{100, 70});
  CHECK(path.place_at(7).at == Vec2{100, 70});
}

TEST_CASE("the line that closes a contour counts") {
  const Path path = polygon({{0, 0}, {10, 0}, {10, 10}, {0, 10}});
  CHECK(path.length() == Approx(40));
  CHECK(path.place_at(0.875f).at == Vec2{0, 5});
  CHECK(circle({5, 5}, 10).length() == Approx(62.83).epsilon(0.002));
}

TEST_CASE("convex, concave and holed shapes are filled to their area") {
  CHECK(filled_area(polygon({{0, 0}, {10, 0}, {10, 10}, {0, 10}})) == Approx(100).epsilon(1e-3));
  CHECK(filled_area(polygon({{0, 10}, {10, 10}, {10, 0}, {0, 0}})) == Approx(100).epsilon(1e-3));
  // An arrow and a comb.
  CHECK(filled_area(polygon({{0, 0}, {10, 5}, {0, 10}, {4, 5}})) == Approx(30).epsilon(1e-3));
  CHECK(filled_area(polygon({{0, 0},
                             {9, 0},
                             {9, 6},
                             {8, 6},
                             {8, 1},
                             {5, 1},
                             {5, 6},
                             {4, 6},
                             {4, 1},
                             {1, 1},
                             {1, 6},
                             {0, 6}})) == Approx(24).epsilon(2e-3));
  CHECK(filled_area(circle({0, 0}, 10)) == Approx(314.16).epsilon(2e-3));
  Path holed = polygon({{0, 0}, {10, 0}, {10, 10}, {0, 10}});
  holed.move_to({2, 2}).line_to({2, 8}).line_to({8, 8}).line_to({8, 2}).close();
  CHECK(filled_area(holed) == Approx(64).epsilon(2e-3));
}

TEST_CASE("contours apart, beside and above each other are filled each for itself") {
  Path path = polygon({{0, 0}, {10, 0}, {10, 10}, {0, 10}});
  path.move_to({2, 20}).line_to({8, 20}).line_to({8, 30}).line_to({2, 30}).close();
  path.move_to({20, 5}).line_to({30, 5}).line_to({25, 25}).close();
  CHECK(filled_area(path) == Approx(260).epsilon(2e-3));
}

TEST_CASE("the inside is where the winding is not zero") {
  // The same way round: a union. A star's middle is wound around twice.
  Path both = polygon({{0, 0}, {10, 0}, {10, 10}, {0, 10}});
  both.move_to({5, 5}).line_to({15, 5}).line_to({15, 15}).line_to({5, 15}).close();
  CHECK(filled_area(both) == Approx(175).epsilon(1e-3));
  Path star;
  for (int i = 0; i < 5; ++i) {
    const float angle = static_cast<float>(i) * 4 * 3.14159265f / 5;
    const Vec2 p{10 * std::sin(angle), -10 * std::cos(angle)};
    if (i == 0)
      star.move_to(p);
    else
      star.line_to(p);
  }
  CHECK(filled_area(star) == Approx(112.257).epsilon(2e-3));
  // Crossing itself: both halves, wound around in opposite ways.
  CHECK(filled_area(polygon({{0, 0}, {10, 10}, {10, 0}, {0, 10}})) == Approx(50).epsilon(2e-3));
}

TEST_CASE("any scribble is filled without a crash and never beyond its bounds") {
  Random random(7);
  for (int round = 0; round < 60; ++round) {
    Path path;
    const uint32_t points = 3 + random.below(14);
    for (uint32_t i = 0; i < points; ++i) {
      // On a coarse grid: many edges lie upon each other, are level, or meet in one point.
      const Vec2 p{static_cast<float>(random.below(6)), static_cast<float>(random.below(6))};
      if (i == 0 || random.below(6) == 0)
        path.move_to(p);
      else
        path.line_to(p);
    }
    const double found = filled_area(path);
    REQUIRE(found >= 0);
    REQUIRE(found < 27);
    for (const MeshCorner& corner : path.filled(100)) {
      REQUIRE(corner.at.x >= 0);
      REQUIRE(corner.at.x <= 5);
      REQUIRE(corner.at.y >= 0);
      REQUIRE(corner.at.y <= 5);
      REQUIRE(std::abs(corner.shift.x) <= 1.001f);
    }
  }
}

TEST_CASE("points, single lines and empty paths fill nothing") {
  Path path;
  CHECK(path.filled(1).empty());
  path.move_to({5, 5});
  CHECK(path.filled(1).empty());
  path.line_to({5, 5}).close();
  CHECK(path.filled(1).empty());
  path.move_to({0, 0}).line_to({10, 0});
  CHECK(filled_area(path) == Approx(0).margin(1e-3));
}

TEST_CASE("a path is cut again only when it changes or is drawn much larger") {
  Path path = circle({0, 0}, 50);
  const std::vector<MeshCorner>& mesh = path.filled(1);
  const MeshCorner* before = mesh.data();
  const size_t corners = mesh.size();
  CHECK(path.filled(1.2f).data() == before);
  CHECK(path.filled(1.2f).size() == corners);
  CHECK(path.filled(4).size() > corners);
  path.move_to({200, 0}).line_to({210, 0}).line_to({205, 9});
  CHECK(path.filled(4).size() > corners);
  CHECK(path.flat(4).contours.size() == 2);
}
