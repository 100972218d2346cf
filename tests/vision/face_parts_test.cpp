// SPDX-License-Identifier: MIT
#include "engine/vision/face_parts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "engine/vision/face_look.h"
#include "engine/vision/face_tracker.h"
#include "tests/vision/painted_faces.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr CloserLook kLips = kCloserLooks[0], kLipsAgain = kCloserLooks[1],
                     kLeftEye = kCloserLooks[2], kRightEye = kCloserLooks[3];

// An answer whose landmarks all lie at one place of the square.
struct Answer {
  explicit Answer(FacePart part, Vec2 place = {0, 0}) {
    const PartShape& shape = shape_of(part);
    for (int i = 0; i < shape.landmarks; ++i) landmarks.insert(landmarks.end(), {place.x, place.y});
    log_spread.assign(static_cast<size_t>(shape.groups), -3);
  }
  PartOutput output() const { return {landmarks, log_spread}; }
  std::vector<float> landmarks, log_spread;
};

// The middle of the pixels that are nearly as colourful as the most colourful one, in half sides
// from the picture's middle.
Vec2 most_colourful(std::span<const float> rgb, int side) {
  const auto colour = [&](size_t pixel) {
    const auto [least, most] =
        std::minmax({rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2]});
    return most - least;
  };
  const auto row = static_cast<size_t>(side);
  float most = 0, count = 0;
  for (size_t i = 0; i < row * row; ++i) most = std::max(most, colour(i));
  Vec2 sum;
  for (size_t i = 0; i < row * row; ++i) {
    if (colour(i) < 0.6f * most) continue;
    sum = sum + Vec2{static_cast<float>(i % row), static_cast<float>(i / row)};
    ++count;
  }
  const Vec2 mean = sum * (1 / count) + Vec2{0.5f, 0.5f};
  return mean * (2 / static_cast<float>(side)) + Vec2{-1, -1};
}

// Painted faces that are looked at closer, too: every landmark of a part is said to be where the
// picture is most colourful, or at `place`.
class CloserModels final : public FaceModels {
 public:
  int detector_side() const override { return spots.detector_side(); }
  int landmark_side() const override { return spots.landmark_side(); }
  const DetectorOutput& detect(std::span<const float> rgb) override { return spots.detect(rgb); }
  const LandmarkOutput& landmarks(std::span<const float> rgb) override {
    return spots.landmarks(rgb);
  }
  int part_side(FacePart part) const override {
    return part == FacePart::Lips ? lips_side : eye_side;
  }
  const PartOutput& part(FacePart part, std::span<const float> rgb) override {
    ++looks;
    CHECK(rgb.size() == static_cast<size_t>(part_side(part) * part_side(part) * 3));
    answer = Answer(part, place ? *place : most_colourful(rgb, part_side(part)));
    if (looks <= spoilt) answer.landmarks[0] = kNaN;
    said = answer.output();
    return said;
  }
  const FaceCorrection& correct(std::span<const float> values) override {
    return spots.correct(values);
  }
  void forget() override { spots.forget(); }

  SpotModels spots;
  std::optional<Vec2> place;
  int looks = 0;
  int spoilt = 0;  // so many of the first looks say nonsense
  int lips_side = 24, eye_side = 32;

 private:
  Answer answer{FacePart::Lips};
  PartOutput said;
};

// `lips`: where a red spot is painted.
FaceLook look_at(CloserModels& models, const PaintedFace& face, std::optional<Vec2> lips = {}) {
  Painting painting(640, 480);
  painting.clear_to_room();
  paint(painting, face);
  for (int y = -2; lips && y <= 2; ++y) {
    for (int x = -2; x <= 2; ++x) {
      uint8_t* const pixel =
          painting.at(static_cast<int>(lips->x) + x, static_cast<int>(lips->y) + y);
      pixel[0] = 255;
      pixel[1] = pixel[2] = 0;
    }
  }
  RegionSampler sampler(128);
  FaceReader reader(models, sampler);
  FaceLook look;
  reader.look(painting.view(), region_of(face.landmarks(), face.roll), look);
  REQUIRE(look.usable);
  reader.look_closer(painting.view(), look);
  return look;
}

void check_at(Vec2 place, Vec2 expected) {
  CHECK(place.x == Approx(expected.x).margin(0.5));
  CHECK(place.y == Approx(expected.y).margin(0.5));
}

}  // namespace

TEST_CASE("the squares of both eyes are each other's mirror image") {
  const PaintedFace face{{320, 220}, 90, 0};
  const Landmarks landmarks = face.landmarks();
  const FaceRegion whole = region_of(landmarks, 0);
  const FaceRegion left = square_of(kLeftEye, landmarks, whole);
  const FaceRegion right = square_of(kRightEye, landmarks, whole);
  CHECK(left.middle.x + right.middle.x == Approx(640));
  CHECK(left.middle.y == Approx(right.middle.y));
  CHECK(left.side == Approx(0.36f * whole.side));
  CHECK(right.side == left.side);
}

TEST_CASE("the right eye's answer is turned back over") {
  Landmarks landmarks{};
  std::array<float, kLandmarkGroupCount> error{};
  const FaceRegion square{{100, 50}, 40, 0};
  const Answer answer(FacePart::Eye, {0.5f, -0.25f});
  REQUIRE(take_look(kLeftEye, answer.output(), square, 1, landmarks, error));
  REQUIRE(take_look(kRightEye, answer.output(), square, 1, landmarks, error));
  check_at(landmarks[kLidLeftOuter], {110, 45});
  check_at(landmarks[kIrisLeft], {110, 45});
  check_at(landmarks[kLidRightOuter], {90, 45});
  check_at(landmarks[kIrisRight], {90, 45});
  CHECK(landmarks[kNoseTip] == Vec2{});
  CHECK(landmarks[kLipsOuterLeft] == Vec2{});
  // The spread is in half sides of the face region, 40 / 0.36 pixels wide.
  CHECK(error[static_cast<size_t>(LandmarkGroup::BrowRight)] ==
        Approx(std::exp(-3.0f) * 20 / 0.36f));
  CHECK(error[static_cast<size_t>(LandmarkGroup::LipsOuter)] == 0);
}

TEST_CASE("of two looks at the lips the mean counts, landmark for landmark") {
  Landmarks landmarks{};
  std::array<float, kLandmarkGroupCount> error{};
  const FaceRegion square{{100, 50}, 40, 0};
  Answer straight(FacePart::Lips), mirrored(FacePart::Lips);
  // The left corner (0), which the mirrored look has as its right one (10).
  straight.landmarks[0] = -0.5f;
  mirrored.landmarks[20] = 0.4f;
  REQUIRE(take_look(kLips, straight.output(), square, 1, landmarks, error));
  check_at(landmarks[kLipsOuterLeft], {90, 50});
  REQUIRE(take_look(kLipsAgain, mirrored.output(), square, 0.5f, landmarks, error));
  check_at(landmarks[kLipsOuterLeft], {91, 50});
  check_at(landmarks[kLipsOuterRight], {100, 50});
}

TEST_CASE("an answer that is no part of a face changes nothing") {
  const FaceRegion square{{100, 50}, 40, 0};
  Answer spoilt(FacePart::Lips), far(FacePart::Lips), endless(FacePart::Lips);
  spoilt.log_spread[1] = kNaN;
  far.landmarks[7] = 2.5f;
  endless.landmarks[0] = kNaN;
  for (const PartOutput& output : {spoilt.output(), far.output(), endless.output(),
                                   Answer(FacePart::Eye).output(), PartOutput{}}) {
    Landmarks landmarks{};
    std::array<float, kLandmarkGroupCount> error{};
    CHECK_FALSE(take_look(kLips, output, square, 1, landmarks, error));
    CHECK(landmarks == Landmarks{});
    CHECK(error == std::array<float, kLandmarkGroupCount>{});
  }
}

TEST_CASE("a mirrored picture has its pixels whole and its rows turned over") {
  std::vector<float> rgb = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  mirror(rgb, 2);
  CHECK(rgb == std::vector<float>{4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9});
}

TEST_CASE("what is seen closely lies where it is in the picture, however the head leans") {
  for (const float roll : {0.0f, 0.4f, -0.4f}) {
    CloserModels models;
    const PaintedFace face{{320, 220}, 90, roll};
    const Vec2 spot = face.landmarks()[kLipsInnerTop] + Vec2{9, -4};
    const FaceLook look = look_at(models, face, spot);
    CHECK(models.looks == 4);
    const auto check_near = [](Vec2 place, Vec2 expected) { CHECK(length(place - expected) < 4); };
    // The eyes are painted, one green, one blue.
    const auto between = [&](size_t outer, size_t inner) {
      return (face.landmarks()[outer] + face.landmarks()[inner]) * 0.5f;
    };
    check_near(look.landmarks[kIrisLeft], between(kLidLeftOuter, kLidLeftInner));
    check_near(look.landmarks[kIrisRight], between(kLidRightOuter, kLidRightInner));
    check_near(look.landmarks[kLipsOuterTop], spot);
    check_at(look.landmarks[kNoseTip], face.landmarks()[kNoseTip]);
  }
}

TEST_CASE("of two looks at the lips one that says nonsense does not count") {
  const PaintedFace face{{320, 220}, 90, 0};
  CloserModels good, spoilt;
  good.place = spoilt.place = Vec2{0.5f, 0.25f};
  spoilt.spoilt = 1;
  const FaceRegion whole = region_of(face.landmarks(), 0);
  const FaceRegion lips = square_of(kLips, face.landmarks(), whole);
  // To the right and, mirrored, to the left as far; the second alone.
  check_at(look_at(good, face).landmarks[kLipsOuterTop], lips.middle + Vec2{0, lips.side / 8});
  check_at(look_at(spoilt, face).landmarks[kLipsOuterTop],
           lips.middle + Vec2{-lips.side / 4, lips.side / 8});
}

TEST_CASE("closer looks that all say nonsense leave the first one's landmarks") {
  CloserModels models;
  models.spoilt = 4;
  const PaintedFace face{{320, 220}, 90, 0};
  const FaceLook look = look_at(models, face);
  CHECK(models.looks == 4);
  check_at(look.landmarks[kLipsOuterTop], face.landmarks()[kLipsOuterTop]);
  check_at(look.landmarks[kLidRightOuter], face.landmarks()[kLidRightOuter]);
}

TEST_CASE("a face is corrected by its landmarks as they are seen with the head upright") {
  for (const float roll : {0.0f, 0.4f, -0.4f}) {
    CloserModels models;
    models.lips_side = models.eye_side = 0;
    models.spots.yaw = 0.3f;
    models.spots.pitch = -0.1f;
    models.spots.correction = {{}, 0.02f, 0.03f, -0.05f};
    const PaintedFace face{{320, 220}, 90, roll};
    const FaceLook look = look_at(models, face);
    CHECK(look.pose.yaw == Approx(0.32f));
    CHECK(look.pose.pitch == Approx(-0.07f));
    CHECK(look.pose.roll == Approx(roll - 0.05f).margin(0.03));
    CHECK(look.region.turn == -look.pose.roll);
    // As tools/vision/train/correction.py gives them.
    const Landmarks upright = PaintedFace{{0, 0}, 90, 0}.landmarks();
    const FaceRegion region = region_of(upright, 0);
    const auto& values = models.spots.correction_inputs;
    for (const size_t i : {kNoseTip, kLipsOuterLeft, kIrisRight}) {
      const Vec2 expected = to_region(region, upright[i]);
      CHECK(values[2 * i] == Approx(expected.x).margin(0.03));
      CHECK(values[2 * i + 1] == Approx(expected.y).margin(0.03));
    }
    CHECK(values[2 * kLandmarkCount] == 0.3f);
    CHECK(values[2 * kLandmarkCount + 1] == -0.1f);
  }
}

TEST_CASE("a face is corrected by what was seen closely, not by the first look") {
  CloserModels models;
  models.place = Vec2{0, 0.5f};
  const PaintedFace face{{320, 220}, 90, 0};
  const FaceLook look = look_at(models, face);
  const Vec2 seen = to_region(region_of(look.landmarks, 0), look.landmarks[kLipsOuterTop]);
  const Vec2 first = to_region(region_of(face.landmarks(), 0), face.landmarks()[kLipsOuterTop]);
  REQUIRE(std::fabs(seen.y - first.y) > 0.1f);
  CHECK(models.spots.correction_inputs[2 * kLipsOuterTop + 1] == Approx(seen.y).margin(0.01));
}

TEST_CASE("a face is corrected by the errors that its first look expected, held as in training") {
  for (const auto& [said, given] : {std::pair{-4.0f, -4.0f}, {-8.0f, -6.0f}, {3.0f, 1.0f}}) {
    CloserModels models;
    models.spots.log_spread = said;
    const FaceLook look = look_at(models, {{320, 220}, 90, 0.2f});
    for (const float spread : std::span(models.spots.correction_inputs).last(kLandmarkGroupCount)) {
      CHECK(spread == Approx(given));
    }
    CHECK(look.expected_error[0] != Approx(expected_error_of(said, look.seen.side)));
  }
  CloserModels models;
  models.spots.log_spread_rises = 0.1f;
  look_at(models, {{320, 220}, 90, 0.2f});
  const auto spreads = std::span(models.spots.correction_inputs).last(kLandmarkGroupCount);
  for (size_t group = 0; group < spreads.size(); ++group) {
    CHECK(spreads[group] == Approx(-4 + 0.1f * static_cast<float>(group)));
  }
}

TEST_CASE("a head that is corrected beyond upside down has a roll within a half turn") {
  CloserModels models;
  models.spots.correction.roll = 0.9f;
  const FaceLook look = look_at(models, {{320, 220}, 90, 2.6f});
  CHECK(look.pose.roll == Approx(3.5f - 2 * 3.14159265f).margin(0.05));
}

TEST_CASE("landmarks are corrected by half sides of their region, along the head's own axes") {
  std::vector<float> shifts(2 * kLandmarkCount);
  shifts[2 * kNoseTip] = 0.1f;
  shifts[2 * kNoseTip + 1] = -0.2f;
  for (const float roll : {0.0f, 0.4f}) {
    const PaintedFace face{{320, 220}, 90, roll};
    CloserModels plain, moved;
    moved.spots.correction.landmarks = shifts;
    const FaceLook before = look_at(plain, face), after = look_at(moved, face);
    const Vec2 expected = to_region(before.region, before.landmarks[kNoseTip]) + Vec2{0.1f, -0.2f};
    check_at(after.landmarks[kNoseTip], to_picture(before.region, expected));
    check_at(after.landmarks[kIrisRight], before.landmarks[kIrisRight]);
    CHECK(after.region.middle.y < before.region.middle.y);
  }
}

TEST_CASE("a correction that is no number, or no face's, leaves landmarks and pose") {
  const PaintedFace face{{320, 220}, 90, 0.2f};
  CloserModels plain;
  const FaceLook before = look_at(plain, face);
  const auto corrected_by = [&](const FaceCorrection& correction) {
    CloserModels models;
    models.spots.correction = correction;
    const FaceLook after = look_at(models, face);
    const bool is_left = after.landmarks == before.landmarks && after.region == before.region &&
                         after.pose.yaw == before.pose.yaw &&
                         after.pose.pitch == before.pose.pitch &&
                         after.pose.roll == before.pose.roll;
    return !is_left;
  };
  const std::vector<float> still(2 * kLandmarkCount);
  const auto shifted = [&](size_t coordinate, float by) {
    std::vector<float> shifts = still;
    shifts[coordinate] = by;
    return corrected_by({shifts, 0, 0, 0});
  };
  // Half sides, x and y; radians.
  for (const size_t coordinate : {8u, 9u}) {
    for (const float most : {0.49f, -0.49f}) CHECK(shifted(coordinate, most));
    for (const float beyond : {0.51f, -0.51f, 1e6f, kNaN}) CHECK_FALSE(shifted(coordinate, beyond));
  }
  for (const float most : {0.99f, -0.99f}) {
    CHECK(corrected_by({still, most, 0, 0}));
    CHECK(corrected_by({still, 0, most, 0}));
    CHECK(corrected_by({still, 0, 0, most}));
  }
  for (const float beyond : {1.01f, -1.01f, kNaN}) {
    CHECK_FALSE(corrected_by({still, beyond, 0, 0}));
    CHECK_FALSE(corrected_by({still, 0, beyond, 0}));
    CHECK_FALSE(corrected_by({still, 0, 0, beyond}));
  }
  const std::vector<float> too_many(2 * kLandmarkCount + 2, 0.1f);
  CHECK_FALSE(corrected_by({too_many, 0.1f, 0, 0}));
}

TEST_CASE("a face that is followed is looked at closer once a frame, also where it is in doubt") {
  Painting painting(640, 480);
  painting.clear_to_room();
  paint(painting, {{320, 220}, 90, 0});
  auto owned = std::make_unique<CloserModels>();
  CloserModels& models = *owned;
  models.spoilt = 4;  // nonsense each time: the face stays where the first look saw it
  FaceTracker tracker = std::move(FaceTracker::create(std::move(owned))).value();
  for (int frame = 1; frame <= 3; ++frame) {
    models.looks = 0;
    // Still followed: doubted, but not enough to be lost.
    if (frame == 3) models.spots.presence = -0.2f;
    const TrackerResult& result = tracker.track(painting.view(), frame / 30.0);
    CHECK(result.faces.size() == 1);
    CHECK(models.looks == 4);
  }
}

TEST_CASE("networks of parts that see pictures of no sane size are refused by name") {
  for (const int side : {-24, 8, 513}) {
    auto lips = std::make_unique<CloserModels>(), eye = std::make_unique<CloserModels>();
    lips->lips_side = eye->eye_side = side;
    CHECK(FaceTracker::create(std::move(lips)).status().message().find("network of lips") !=
          std::string::npos);
    CHECK(FaceTracker::create(std::move(eye)).status().message().find("network of an eye") !=
          std::string::npos);
  }
}
