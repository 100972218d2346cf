// SPDX-License-Identifier: MIT
// What the tracker does with frames, times, models and options that are not as they should be.
#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "engine/vision/face_tracker.h"
#include "tests/vision/tracker_scene.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinite = std::numeric_limits<float>::infinity();

FaceTracker tracker_of(std::unique_ptr<SpotModels> models, const TrackerOptions& options = {}) {
  return std::move(FaceTracker::create(std::move(models), options)).value();
}

Painting portrait() {
  Painting painting(320, 240);
  paint(painting, {{160, 110}, 60, 0});
  return painting;
}

}  // namespace

TEST_CASE("a picture that cannot be read says so, and the face is lost as if covered") {
  FaceTracker tracker = tracker_of(std::make_unique<SpotModels>());
  const Painting painting = portrait();
  REQUIRE(tracker.track(painting.view(), 1).faces.size() == 1);
  PictureView bad = painting.view();
  bad.pixels = nullptr;
  CHECK(tracker.track(bad, 1.1).fault == FrameFault::NoPixels);
  CHECK(tracker.track(bad, 1.1).state == TrackerState::Lost);
  bad = painting.view();
  bad.width = 0;
  CHECK(tracker.track(bad, 1.12).fault == FrameFault::Empty);
  bad = painting.view();
  bad.height = 9000;
  CHECK(tracker.track(bad, 1.14).fault == FrameFault::TooLarge);
  bad = painting.view();
  bad.stride_bytes = 959;
  CHECK(tracker.track(bad, 1.16).fault == FrameFault::StrideTooSmall);
  const TrackerResult& back = tracker.track(painting.view(), 1.2);
  CHECK(back.fault == FrameFault::None);
  CHECK(back.state == TrackerState::Tracking);
  CHECK(back.faces[0].id == 1);
  for (int i = 0; i < 20; ++i) tracker.track({}, 1.2 + 0.05 * i);
  CHECK(tracker.track({}, 2.3).state == TrackerState::Searching);
}

TEST_CASE("a time that is no number makes a frame count for nothing") {
  FaceTracker tracker = tracker_of(std::make_unique<SpotModels>());
  const Painting painting = portrait();
  tracker.track(painting.view(), 1);
  for (const double time : {double{kNan}, double{kInfinite}, -double{kInfinite}}) {
    const TrackerResult& result = tracker.track({}, time);
    CHECK(result.fault == FrameFault::TimeNotFinite);
    CHECK(result.state == TrackerState::Tracking);
    CHECK(result.faces.size() == 1);
  }
  const TrackerResult& next = tracker.track(painting.view(), 1.03);
  CHECK(next.fault == FrameFault::None);
  CHECK(next.faces[0].id == 1);
}

TEST_CASE("time that goes far back or leaps ahead starts afresh with new ids") {
  FaceTracker tracker = tracker_of(std::make_unique<SpotModels>());
  const Painting painting = portrait();
  tracker.track(painting.view(), 50);
  CHECK_FALSE(tracker.track(painting.view(), 49.9).restarted);
  CHECK(tracker.track(painting.view(), 50.1).faces[0].id == 1);
  const TrackerResult& back = tracker.track(painting.view(), 3);
  CHECK(back.restarted);
  REQUIRE(back.faces.size() == 1);
  CHECK(back.faces[0].id == 2);
  CHECK_FALSE(tracker.track(painting.view(), 3.03).restarted);
  const TrackerResult& ahead = tracker.track(painting.view(), 9);
  CHECK(ahead.restarted);
  CHECK(ahead.faces[0].id == 3);
}

TEST_CASE("it is no new start where nobody was known") {
  FaceTracker tracker = tracker_of(std::make_unique<SpotModels>());
  CHECK_FALSE(tracker.track(Painting(640, 480).view(), 50).restarted);
  CHECK_FALSE(tracker.track(Painting(640, 480).view(), 3).restarted);
  CHECK_FALSE(tracker.track(Painting(320, 240).view(), 3.03).restarted);
}

TEST_CASE("a frame that comes late was not seen before the face was first seen") {
  Scene scene;
  const double time = scene.time + kFrame;
  const TrackerResult& result = scene.show({kOne});
  REQUIRE(result.faces.size() == 1);
  scene.tracker->track(scene.painting.view(), time - 0.1);
  CHECK(result.faces[0].first_seen_seconds == time);
  CHECK(result.faces[0].last_seen_seconds == time);
}

TEST_CASE("a clock that stands still keeps a face tracked") {
  FaceTracker tracker = tracker_of(std::make_unique<SpotModels>());
  const Painting painting = portrait();
  for (int i = 0; i < 50; ++i) {
    const TrackerResult& result = tracker.track(painting.view(), 7);
    REQUIRE(result.faces.size() == 1);
    CHECK(result.faces[0].id == 1);
  }
}

TEST_CASE("a black or a plain frame shows nobody, whatever the networks claim") {
  auto models = std::make_unique<SpotModels>();
  models->false_candidate = 9;
  models->presence_none = 9;
  FaceTracker tracker = tracker_of(std::move(models));
  for (const uint8_t grey : {0, 128, 255}) {
    const TrackerResult& result = tracker.track(Painting(640, 480, grey).view(), 1);
    CHECK(result.fault == FrameFault::None);
    CHECK(result.state == TrackerState::Searching);
  }
}

TEST_CASE("pictures of odd and extreme sizes are searched without harm") {
  FaceTracker tracker = tracker_of(std::make_unique<SpotModels>());
  double time = 1;
  for (const auto& [width, height] : {std::pair{1, 1},
                                      {1, 2},
                                      {2, 1},
                                      {3, 3},
                                      {17, 5},
                                      {8192, 1},
                                      {1, 8192},
                                      {8192, 2},
                                      {333, 251},
                                      {127, 129}}) {
    Painting painting(width, height);
    painting.at(0, 0)[1] = 255;
    for (int i = 0; i < 6; ++i) {
      const TrackerResult& result = tracker.track(painting.view(), time += 0.03);
      CHECK(result.fault == FrameFault::None);
      CHECK(result.width == width);
      CHECK(result.faces.empty());
    }
  }
}

TEST_CASE("a camera that changes its size in the middle is followed") {
  FaceTracker tracker = tracker_of(std::make_unique<SpotModels>());
  const Painting painting = portrait();
  tracker.track(painting.view(), 1);
  Painting small(41, 31);
  for (int i = 0; i < 5; ++i) tracker.track(small.view(), 1.03 + 0.03 * i);
  CHECK(tracker.track(painting.view(), 1.2).faces.size() == 1);
}

TEST_CASE("whoever was in a picture of another size is nobody in this one") {
  Scene scene;
  const uint32_t id = scene.show_for(5, {kOne}).faces[0].id;
  Painting half(320, 240);
  half.clear_to_room();
  const PaintedFace there{{160, 110}, 45, 0};
  paint(half, there);
  const TrackerResult& result = scene.tracker->track(half.view(), scene.time += kFrame);
  CHECK(result.restarted);
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].id != id);
  CHECK(error(result.faces[0].landmarks, there) < 0.02f);
  CHECK_FALSE(scene.tracker->track(half.view(), scene.time += kFrame).restarted);
}

TEST_CASE("networks that answer NaN see nobody, and afterwards work again") {
  auto owned = std::make_unique<SpotModels>();
  SpotModels* models = owned.get();
  FaceTracker tracker = tracker_of(std::move(owned));
  const Painting painting = portrait();
  tracker.track(painting.view(), 1);
  for (const float spoilt : {kNan, kInfinite, -kInfinite, 1e30f}) {
    models->spoilt = spoilt;
    for (int i = 0; i < 25; ++i) {
      const TrackerResult& result = tracker.track(painting.view(), 1.03 + 0.03 * i);
      for (const TrackedFace& face : result.faces) CHECK(face.state == FaceState::Lost);
    }
    models->spoilt = 0;
    const TrackerResult& result = tracker.track(painting.view(), 1.8);
    REQUIRE(result.faces.size() == 1);
    CHECK(result.state == TrackerState::Tracking);
    tracker.reset();
    tracker.track(painting.view(), 1);
  }
}

TEST_CASE("one landmark that is claimed far outside loses the face, and leaves nothing behind") {
  auto owned = std::make_unique<SpotModels>();
  SpotModels* models = owned.get();
  FaceTracker tracker = tracker_of(std::move(owned));
  const Painting painting = portrait();
  tracker.track(painting.view(), 1);
  // The jaw is not counted in the region, so only the look itself can refuse it.
  for (const float far : {3e38f, -3e38f, 1e6f, 20.0f}) {
    models->far_jaw = far;
    CHECK(tracker.track(painting.view(), 1.03).state == TrackerState::Lost);
    models->far_jaw = 0;
    for (int i = 0; i < 3; ++i) {
      const TrackerResult& result = tracker.track(painting.view(), 1.06 + 0.03 * i);
      REQUIRE(result.faces.size() == 1);
      CHECK(result.faces[0].id == 1);
      CHECK(result.state == TrackerState::Tracking);
      for (Vec2 place : result.faces[0].landmarks) {
        CHECK((place.x > -100 && place.x < 1000 && place.y > -100 && place.y < 1000));
      }
    }
    tracker.track(painting.view(), 1.01);
  }
}

TEST_CASE("a pose that no head has loses the face, and leaves nothing behind") {
  Scene scene;
  for (float SpotModels::*angle : {&SpotModels::yaw, &SpotModels::pitch}) {
    REQUIRE(scene.show_for(5, {kOne}).state == TrackerState::Tracking);
    scene.models->*angle = 1e20f;
    const TrackerResult& broken = scene.show({kOne});
    REQUIRE(broken.faces.size() == 1);
    CHECK(broken.state == TrackerState::Lost);
    CHECK(std::isfinite(broken.faces[0].region.turn));
    scene.models->*angle = 0;
    CHECK(error(scene.show({kOne}).faces[0].landmarks, kOne) < 0.02f);
  }
  scene.models->correction.yaw = 1e20f;
  const TrackerResult& uncorrected = scene.show({kOne});
  CHECK(uncorrected.state == TrackerState::Tracking);
  CHECK(std::fabs(uncorrected.faces[0].pose.yaw) < 0.1f);
}

TEST_CASE("options out of range and missing or unfit models are refused by name") {
  const auto refusal = [](std::unique_ptr<FaceModels> models, const TrackerOptions& options) {
    const Result<FaceTracker> result = FaceTracker::create(std::move(models), options);
    REQUIRE_FALSE(result.ok());
    CHECK(result.status().code() == StatusCode::InvalidArgument);
    return result.status().message();
  };
  const auto good = [] { return std::make_unique<SpotModels>(); };
  using Catch::Matchers::Contains;
  CHECK_THAT(refusal(nullptr, {}), Contains("models"));
  CHECK_THAT(refusal(good(), {.most_faces = 0}), Contains("most_faces"));
  CHECK_THAT(refusal(good(), {.most_faces = 5}), Contains("most_faces"));
  CHECK_THAT(refusal(good(), {.focal_length = -1}), Contains("focal_length"));
  CHECK_THAT(refusal(good(), {.focal_length = kNan}), Contains("focal_length"));
  CHECK_THAT(refusal(good(), {.field_of_view = 4}), Contains("field_of_view"));
  CHECK_THAT(refusal(good(), {.field_of_view = kNan}), Contains("field_of_view"));
  CHECK_THAT(refusal(good(), {.newcomer_interval = -1}), Contains("newcomer_interval"));
  CHECK_THAT(refusal(std::make_unique<SpotModels>(8), {}), Contains("landmark network"));
  CHECK_THAT(refusal(std::make_unique<SpotModels>(513), {}), Contains("landmark network"));
}

TEST_CASE("files that are no weights give no models but a reason") {
  const std::vector<uint8_t> text{'h', 'e', 'l', 'l', 'o', '\n'};
  for (const std::span<const uint8_t> file : {std::span<const uint8_t>{}, std::span(text)}) {
    const Result<std::unique_ptr<FaceModels>> models = load_face_models({file, file, file, file});
    REQUIRE_FALSE(models.ok());
    CHECK_FALSE(models.status().message().empty());
  }
}
