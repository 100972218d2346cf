// SPDX-License-Identifier: MIT
#include "engine/vision/face_measures.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "engine/vision/face_quality.h"
#include "engine/vision/face_tracker.h"
#include "engine/vision/scale_keeper.h"
#include "tests/vision/painted_faces.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

Landmarks face(float eye_distance = 100, float roll = 0) {
  return PaintedFace{{400, 300}, eye_distance, roll}.landmarks();
}

void open_mouth(Landmarks& face, float by) {
  for (size_t i = 1; i < 10; ++i) {
    face[kLipsInnerLeft + i].y -= by / 2;
    face[kLipsInnerLeft + 10 + i].y += by / 2;
  }
}

FaceLook look_of(const Landmarks& landmarks, float error = 0) {
  FaceLook look;
  look.landmarks = landmarks;
  look.expected_error.fill(error);
  return look;
}

}  // namespace

TEST_CASE("the groups hold each landmark once") {
  std::set<size_t> seen;
  for (size_t g = 0; g < kLandmarkGroupCount; ++g) {
    CHECK(static_cast<size_t>(kLandmarkGroups[g].group) == g);
    for (size_t i = 0; i < kLandmarkGroups[g].count; ++i) seen.insert(kLandmarkGroups[g].first + i);
  }
  CHECK(seen.size() == kLandmarkCount);
  CHECK(*seen.rbegin() == kLandmarkCount - 1);
}

TEST_CASE("the mirrored face is the face with its landmarks renamed") {
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    const Vec2 here = plain_face()[i], there = plain_face()[mirrored_landmarks()[i]];
    CAPTURE(i);
    CHECK(there.x == Approx(-here.x).margin(1e-5));
    CHECK(there.y == Approx(here.y).margin(1e-5));
    CHECK(mirrored_landmarks()[mirrored_landmarks()[i]] == i);
  }
}

TEST_CASE("the region turns with the head and keeps its place in the face") {
  const FaceRegion upright = region_of(face(100, 0), 0);
  const FaceRegion leaning = region_of(face(100, 0.5f), 0.5f);
  CHECK(leaning.side == Approx(upright.side));
  CHECK(leaning.turn == Approx(-0.5f));
  const Vec2 a = to_region(upright, face(100, 0)[kChin]);
  const Vec2 b = to_region(leaning, face(100, 0.5f)[kChin]);
  CHECK(a.x == Approx(b.x).margin(1e-4));
  CHECK(a.y == Approx(b.y).margin(1e-4));
  CHECK(a.y > 0.5f);
}

TEST_CASE("picture and region places are each other's inverse") {
  const FaceRegion region{{31, 77}, 53, 1.1f};
  const Vec2 there = to_region(region, to_picture(region, {0.3f, -0.8f}));
  CHECK(there.x == Approx(0.3f).margin(1e-5));
  CHECK(there.y == Approx(-0.8f).margin(1e-5));
}

TEST_CASE("eyes and mouth are as open as their contours, at any size and roll") {
  for (const float size : {20.0f, 300.0f}) {
    for (const float roll : {0.0f, 0.8f, -2.5f}) {
      const FaceOpenness open = openness_of(face(size, roll), {.roll = roll});
      CHECK(open.eye_left == Approx(0.25f).margin(0.02));
      CHECK(open.eye_right == Approx(open.eye_left).margin(1e-3));
      CHECK(open.mouth < 0.02f);
    }
  }
  Landmarks shouting = face();
  open_mouth(shouting, 24);
  CHECK(openness_of(shouting, {}).mouth == Approx(0.5f).margin(0.03));
}

TEST_CASE("lids or lips that cross are shut, not open") {
  Landmarks crossed = face();
  open_mouth(crossed, -20);
  CHECK(openness_of(crossed, {}).mouth == 0);
}

TEST_CASE("a face whose landmarks all lie in one place has no openness, not a NaN") {
  Landmarks point;
  point.fill({5, 5});
  const FaceOpenness open = openness_of(point, {});
  CHECK(open.eye_left == 0);
  CHECK(open.mouth == 0);
  ScaleKeeper keeper;
  keeper.add(look_of(point), {.eye_left = 0.3f, .eye_right = 0.3f}, 0.03f);
  CHECK_FALSE(keeper.scale(point, {}, {640, 480, 500, false}).eye_distance.known());
}

TEST_CASE("the eye distance is that of the front, however the head is turned") {
  Landmarks turned = face(100);
  const float yaw = 0.7f;
  for (Vec2& place : turned) place.x = 400 + (place.x - 400) * std::cos(yaw);
  CHECK(frontal_eye_distance(turned, {.yaw = yaw}) == Approx(100).margin(0.01));
}

TEST_CASE("an iris seen from aside keeps its diameter") {
  Landmarks turned = face(100);
  const float before = iris_diameter(turned, LandmarkGroup::IrisLeft);
  CHECK(before == Approx(13));
  for (Vec2& place : turned) place.x = 400 + (place.x - 400) * 0.6f;
  CHECK(iris_diameter(turned, LandmarkGroup::IrisLeft) == Approx(before).margin(0.01));
  // Also when it is squeezed along neither of its four places.
  Landmarks aslant = PaintedFace{{400, 300}, 100, 0.6f}.landmarks();
  for (Vec2& place : aslant) place.x = 400 + (place.x - 400) * 0.6f;
  CHECK(iris_diameter(aslant, LandmarkGroup::IrisRight) == Approx(before).margin(0.01));
}

TEST_CASE("millimetres and distance follow from irises of 11.7 mm and the lens") {
  ScaleKeeper keeper;
  const Landmarks landmarks = PaintedFace{{419.5f, 239.5f}, 100, 0}.landmarks();
  keeper.add(look_of(landmarks), {.eye_left = 0.3f, .eye_right = 0.3f}, 0.03f);
  const FaceScale scale = keeper.scale(landmarks, {}, {640, 480, 650, false});
  const float each = 11.7f / 13;
  CHECK(scale.millimetres_per_pixel.value == Approx(each).epsilon(1e-3));
  CHECK(scale.millimetres_per_pixel.uncertainty / each == Approx(0.5 / 11.7).epsilon(0.02));
  CHECK(scale.eye_distance.value == Approx(100 * each).epsilon(1e-3));
  CHECK(scale.place.x == Approx(100 * each).epsilon(1e-3));
  CHECK(scale.place.y == Approx(0).margin(0.1));
  CHECK(scale.place.z == Approx(650 * each).epsilon(1e-3));
  CHECK(scale.place_uncertainty == Approx(scale.place.z * 0.5 / 11.7).epsilon(0.02));
  const FaceScale guessed = keeper.scale(landmarks, {}, {640, 480, 650, true});
  CHECK(guessed.place_uncertainty > 3 * scale.place_uncertainty);
}

TEST_CASE("a lens of which nothing is known shows 62 degrees of the picture's longer side") {
  for (const auto& [width, height] : {std::pair{640, 480}, {480, 640}}) {
    const Lens lens = lens_of(width, height, 0, TrackerOptions{}.field_of_view);
    CHECK(lens.assumed);
    CHECK(lens.focal_length == Approx(320 / std::tan(0.54)).epsilon(1e-4));
  }
  CHECK(lens_of(640, 480, 0, 2).focal_length == Approx(320 / std::tan(1.0)).epsilon(1e-4));
  const Lens known = lens_of(640, 480, 700, 2);
  CHECK_FALSE(known.assumed);
  CHECK(known.focal_length == 700);
}

TEST_CASE("the network's doubt about irises makes the millimetres less certain") {
  ScaleKeeper sure, doubtful;
  sure.add(look_of(face(), 0.3f), {.eye_left = 0.3f, .eye_right = 0.3f}, 0.03f);
  doubtful.add(look_of(face(), 3), {.eye_left = 0.3f, .eye_right = 0.3f}, 0.03f);
  const Lens lens{640, 480, 600, false};
  CHECK(doubtful.scale(face(), {}, lens).eye_distance.uncertainty >
        2 * sure.scale(face(), {}, lens).eye_distance.uncertainty);
  const auto told = doubtful.scale(face(), {}, lens).eye_distance;
  CHECK(told.uncertainty / told.value == Approx(std::hypot(0.5 / 11.7, 3 / 13.0)).epsilon(0.02));
}

TEST_CASE("shut eyes say nothing of size") {
  ScaleKeeper keeper;
  keeper.add(look_of(face()), {}, 0.03f);
  CHECK_FALSE(keeper.scale(face(), {}, {640, 480, 600, false}).millimetres_per_pixel.known());
  keeper.add(look_of(face()), {.eye_left = 0.3f, .eye_right = 0}, 0.03f);
  CHECK(keeper.scale(face(), {}, {640, 480, 600, false}).millimetres_per_pixel.known());
}

TEST_CASE(
    "eyes that stay shut for a quarter of an hour leave a size or none, never an infinite one") {
  ScaleKeeper keeper;
  const Lens lens{640, 480, 600, false};
  keeper.add(look_of(face(), 2), {.eye_left = 0.3f, .eye_right = 0.3f}, 0.03f);
  const float before = keeper.scale(face(), {}, lens).eye_distance.value;
  for (int second = 1; second <= 900; ++second) {
    keeper.add(look_of(face(), 2), {}, 1);
    const FaceScale scale = keeper.scale(face(), {}, lens);
    INFO("after " << second << " s");
    CHECK(scale.millimetres_per_pixel.known() == (scale.place_uncertainty >= 0));
    if (scale.eye_distance.known()) CHECK(scale.eye_distance.value == Approx(before).epsilon(1e-3));
    if (second == 60) CHECK(scale.eye_distance.known());
  }
  CHECK_FALSE(keeper.scale(face(), {}, lens).eye_distance.known());
}

TEST_CASE("quality is the product of its parts, each between 0 and 1") {
  const QualityInputs good{
      .presence = 8, .mean_error = 0.015f, .eye_distance = 90, .sharpness = 1, .pose = {}};
  CHECK(quality_of(good).score == Approx(1).margin(0.01));
  QualityInputs small = good;
  small.eye_distance = 26;
  CHECK(quality_of(small).size == Approx(0.5));
  CHECK(quality_of(small).score == Approx(0.5).margin(0.01));
  QualityInputs unsure = good;
  unsure.mean_error = 0.3f;
  CHECK(quality_of(unsure).score == 0);
  QualityInputs aside = good;
  aside.pose.yaw = 1.05f;
  CHECK(quality_of(aside).frontal == Approx(0.3f).margin(0.01));
  QualityInputs absent = good;
  absent.presence = -3;
  CHECK(quality_of(absent).score < 0.06f);
}

TEST_CASE("a flat picture has no sharpness, a checkered one all") {
  std::vector<float> flat(32 * 32 * 3, 0.5f), checkered(flat.size());
  for (size_t i = 0; i < checkered.size(); ++i)
    checkered[i] = ((i / 3 % 32 + i / 96) % 2) ? 1.0f : -1.0f;
  CHECK(sharpness_of(flat, 32) == 0);
  CHECK(sharpness_of(checkered, 32) == 1);
  CHECK(sharpness_of(std::span(flat).first(3), 1) == 0);
}
