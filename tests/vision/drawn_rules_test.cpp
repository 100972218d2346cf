// SPDX-License-Identifier: MIT
// The renderer of training faces is built alone, with its own copy of what is part of the networks:
// which landmarks belong together, where a mirrored picture has them, which square holds a face.
#include <catch2/catch.hpp>

#include "engine/vision/face_region.h"
#include "engine/vision/landmarks.h"
#include "tests/vision/painted_faces.h"
#include "tools/vision/render/face_region.h"
#include "tools/vision/render/landmark_table.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

void check_region(const Landmarks& landmarks) {
  std::array<faces::Vec2, kLandmarkCount> drawn;
  for (size_t i = 0; i < drawn.size(); ++i) drawn[i] = {landmarks[i].x, landmarks[i].y};
  const faces::Region region = faces::region_of(drawn);
  const FaceRegion expected = region_of(landmarks, 0);
  CHECK(region.centre.x == Approx(expected.middle.x));
  CHECK(region.centre.y == Approx(expected.middle.y));
  CHECK(region.side == Approx(expected.side));
}

}  // namespace

TEST_CASE("the renderer's groups of landmarks are the engine's") {
  REQUIRE(size_t{faces::kLandmarkCount} == kLandmarkCount);
  REQUIRE(faces::kLandmarkGroups.size() == kLandmarkGroups.size());
  for (size_t i = 0; i < kLandmarkGroups.size(); ++i) {
    CHECK(faces::kLandmarkGroups[i].name == kLandmarkGroups[i].name);
    CHECK(faces::kLandmarkGroups[i].first == kLandmarkGroups[i].first);
    CHECK(faces::kLandmarkGroups[i].count == kLandmarkGroups[i].count);
  }
}

TEST_CASE("the renderer mirrors landmarks as the engine does") {
  const auto drawn = faces::mirrored_landmarks();
  const auto& expected = mirrored_landmarks();
  for (size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    CHECK(drawn[i] == expected[i]);
  }
}

TEST_CASE("the renderer's face region is the engine's, whichever landmark moves") {
  const Landmarks face = PaintedFace{{400, 300}, 100}.landmarks();
  check_region(face);
  for (size_t i = 0; i < face.size(); ++i) {
    CAPTURE(i);
    Landmarks moved = face;
    moved[i] = moved[i] + Vec2{90, 60};
    check_region(moved);
  }
}
