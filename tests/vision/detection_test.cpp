// SPDX-License-Identifier: MIT
#include "engine/vision/detection.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace vitrine;

namespace {

struct Cells {
  std::vector<float> values = std::vector<float>(16 * 16 * 4, -8.0f);
  DetectorOutput output() const { return {16, 16, values}; }
  void set(int x, int y, float score, float dx, float dy, float side) {
    float* cell = &values[static_cast<size_t>(4 * (16 * y + x))];
    cell[0] = score, cell[1] = dx, cell[2] = dy, cell[3] = std::log(side / 40);
  }
};

constexpr FaceRegion kWhole{{639.5f, 359.5f}, 1280, 0};

}  // namespace

TEST_CASE("a cell becomes a square of the picture") {
  Cells cells;
  cells.set(4, 8, 3, 0.25f, -0.5f, 32);
  const CandidateList found = candidates_of(cells.output(), kWhole, 128);
  REQUIRE(found.count == 1);
  // Middle of the cell (36, 68) and a quarter of a cell right, half a cell up: (38, 64) of 128.
  CHECK(found.items[0].region.middle.x == Approx(639.5 + (38 - 64) * 10));
  CHECK(found.items[0].region.middle.y == Approx(359.5 + (64 - 64) * 10));
  CHECK(found.items[0].region.side == Approx(320));
  CHECK(found.items[0].score == 3);
}

TEST_CASE("cells round a better one are the same face, those further away or hopeless are not") {
  Cells cells;
  cells.set(4, 8, 3, 0, 0, 40);
  cells.set(5, 8, 5, 0, 0, 40);
  cells.set(5, 9, 2, 0, 0, 38);
  cells.set(11, 8, -1.4f, 0, 0, 40);
  cells.set(2, 2, -1.6f, 0, 0, 40);
  const CandidateList found = candidates_of(cells.output(), kWhole, 128);
  REQUIRE(found.count == 2);
  CHECK(found.items[0].score == 5);
  CHECK(found.items[1].score == -1.4f);
}

TEST_CASE("a small face beside a large one is a face of its own") {
  Cells cells;
  cells.set(5, 8, 3, 0, 0, 60);
  cells.set(9, 5, 2, 0, 0, 16);
  CHECK(candidates_of(cells.output(), kWhole, 128).count == 2);
}

TEST_CASE("cells that are not finite or of no sensible size are no candidates") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float inf = std::numeric_limits<float>::infinity();
  Cells cells;
  cells.set(1, 1, nan, 0, 0, 40);
  cells.set(4, 1, inf, 0, 0, 40);
  cells.set(7, 1, 3, nan, 0, 40);
  cells.set(10, 1, 3, 0, 0, nan);
  cells.set(13, 1, 3, 0, 0, inf);
  cells.set(1, 8, 3, 0, 0, 300);
  cells.set(8, 8, 3, 0, 0, 1);
  CHECK(candidates_of(cells.output(), kWhole, 128).count == 0);
}

TEST_CASE("an output without cells has no candidates") {
  CHECK(candidates_of({}, kWhole, 128).count == 0);
  CHECK(candidates_of({16, 16, {}}, kWhole, 128).count == 0);
}

TEST_CASE("of more faces than there is room for the best are kept") {
  CandidateList list;
  for (int i = 0; i < 100; ++i) list.add({static_cast<float>(i * 7 % 100), {{0, 0}, 20, 0}});
  REQUIRE(list.count == CandidateList::kMost);
  for (size_t i = 0; i < list.count; ++i) CHECK(list.items[i].score == 99 - static_cast<float>(i));
}

TEST_CASE("the views show all of the picture, then squares of its shorter side") {
  const DetectionViews wide = detection_views(1280, 720);
  REQUIRE(wide.count == 3);
  CHECK(wide.items[0] == kWhole);
  CHECK(wide.items[1] == FaceRegion{{359.5f, 359.5f}, 720, 0});
  CHECK(wide.items[2] == FaceRegion{{919.5f, 359.5f}, 720, 0});
  const DetectionViews tall = detection_views(720, 1280);
  REQUIRE(tall.count == 3);
  CHECK(tall.items[1].middle == Vec2{359.5f, 359.5f});
  CHECK(tall.items[2].middle == Vec2{359.5f, 919.5f});
  CHECK(detection_views(500, 500).count == 1);
  CHECK(detection_views(1, 1).count == 1);
  CHECK(detection_views(8192, 1).count == DetectionViews::kMost);
}

TEST_CASE("a face of an eighth of the frame's height is 16 pixels large in some view") {
  for (const auto& [width, height] :
       {std::pair{1280, 720}, {720, 1280}, {640, 480}, {1920, 1080}}) {
    float finest = 0;
    for (size_t i = 0; i < detection_views(width, height).count; ++i)
      finest = std::max(finest, 128 / detection_views(width, height).items[i].side);
    CHECK(static_cast<float>(std::min(width, height)) / 8 * finest >= 16);
  }
}

TEST_CASE("a view judges only faces that it shows whole and at a size that was trained") {
  const FaceRegion view{{100, 100}, 200, 0};
  CHECK(shows_well(view, {{100, 100}, 100, 0}));
  CHECK(shows_well(view, {{40, 160}, 60, 0}));
  CHECK_FALSE(shows_well(view, {{20, 100}, 100, 0}));
  CHECK_FALSE(shows_well(view, {{100, 190}, 60, 0}));
  CHECK_FALSE(shows_well(view, {{100, 100}, 20, 0}));
  CHECK_FALSE(shows_well(view, {{100, 100}, 190, 0}));
}
