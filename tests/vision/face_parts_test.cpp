// SPDX-License-Identifier: MIT
#include "engine/vision/face_parts.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/vision/face_look.h"
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

// Painted faces that are looked at closer, too: every landmark of a part is said to be at `place`.
class CloserModels final : public FaceModels {
 public:
  int detector_side() const override { return spots.detector_side(); }
  int landmark_side() const override { return spots.landmark_side(); }
  const DetectorOutput& detect(std::span<const float> rgb) override { return spots.detect(rgb); }
  const LandmarkOutput& landmarks(std::span<const float> rgb) override {
    return spots.landmarks(rgb);
  }
  int part_side(FacePart part) const override { return part == FacePart::Lips ? 24 : 32; }
  const PartOutput& part(FacePart part, std::span<const float> rgb) override {
    ++looks;
    CHECK(rgb.size() == static_cast<size_t>(part_side(part) * part_side(part) * 3));
    answer = Answer(part, place);
    said = answer.output();
    return said;
  }

  SpotModels spots;
  Vec2 place;
  int looks = 0;

 private:
  Answer answer{FacePart::Lips};
  PartOutput said;
};

FaceLook look_at(CloserModels& models, const PaintedFace& face) {
  Painting painting(640, 480);
  painting.clear_to_room();
  paint(painting, face);
  RegionSampler sampler(128);
  FaceReader reader(models, sampler);
  FaceLook look;
  reader.look(painting.view(), region_of(face.landmarks(), face.roll), look);
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
  REQUIRE(take_look(kLeftEye, answer.output(), square, landmarks, error));
  REQUIRE(take_look(kRightEye, answer.output(), square, landmarks, error));
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
  REQUIRE(take_look(kLips, straight.output(), square, landmarks, error));
  check_at(landmarks[kLipsOuterLeft], {90, 50});
  REQUIRE(take_look(kLipsAgain, mirrored.output(), square, landmarks, error));
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
    CHECK_FALSE(take_look(kLips, output, square, landmarks, error));
    CHECK(landmarks == Landmarks{});
    CHECK(error == std::array<float, kLandmarkGroupCount>{});
  }
}

TEST_CASE("a mirrored picture has its pixels whole and its rows turned over") {
  std::vector<float> rgb = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  mirror(rgb, 2);
  CHECK(rgb == std::vector<float>{4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9});
}

TEST_CASE("a face is looked at closer, upright, wherever it leans") {
  for (const float roll : {0.0f, 0.4f, -0.4f}) {
    CloserModels models;
    models.place = {0.5f, 0.25f};
    const PaintedFace face{{320, 220}, 90, roll};
    const FaceLook look = look_at(models, face);
    REQUIRE(look.usable);
    CHECK(models.looks == 4);
    // Along the leaning face's own axes; roll counts anticlockwise, y down.
    const Vec2 right{std::cos(roll), -std::sin(roll)}, down{std::sin(roll), std::cos(roll)};
    const FaceRegion whole = region_of(face.landmarks(), roll);
    const FaceRegion eye = square_of(kRightEye, face.landmarks(), whole);
    const FaceRegion lips = square_of(kLips, face.landmarks(), whole);
    check_at(look.landmarks[kIrisRight],
             eye.middle + right * (-eye.side / 4) + down * (eye.side / 8));
    // To the right and, mirrored, to the left as far.
    check_at(look.landmarks[kLipsOuterTop], lips.middle + down * (lips.side / 8));
    check_at(look.landmarks[kNoseTip], face.landmarks()[kNoseTip]);
  }
}

TEST_CASE("where no face is believed, nobody looks closer") {
  CloserModels models;
  models.spots.presence = -1;
  look_at(models, {{320, 220}, 90, 0});
  CHECK(models.looks == 0);
}

TEST_CASE("a closer look that says nonsense leaves the first one's landmarks") {
  CloserModels models;
  models.place = {kNaN, 0};
  const PaintedFace face{{320, 220}, 90, 0};
  const FaceLook look = look_at(models, face);
  REQUIRE(look.usable);
  CHECK(models.looks == 4);
  check_at(look.landmarks[kLipsOuterTop], face.landmarks()[kLipsOuterTop]);
}
