// SPDX-License-Identifier: MIT
#include "engine/vision/face_tracker.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <type_traits>

#include "tests/fakes/counted_allocations.h"
#include "tests/vision/tracker_scene.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("an empty picture is searched and nobody is found") {
  Scene scene;
  const TrackerResult& result = scene.show_for(5, {});
  CHECK(result.state == TrackerState::Searching);
  CHECK(result.fault == FrameFault::None);
  CHECK(result.faces.empty());
  CHECK(result.width == 640);
  CHECK(result.height == 480);
}

TEST_CASE("a face is found in its first frame, where it is") {
  Scene scene;
  const TrackerResult& result = scene.show({kOne});
  REQUIRE(result.faces.size() == 1);
  CHECK(result.state == TrackerState::Tracking);
  const TrackedFace& face = result.faces[0];
  CHECK(face.id != 0);
  CHECK(face.state == FaceState::Tracked);
  CHECK(error(face.landmarks, kOne) < 0.01f);
  CHECK(error(face.raw_landmarks, kOne) < 0.01f);
  CHECK(face.eye_distance == Approx(90).margin(1));
  CHECK(face.first_seen_seconds == scene.time);
  CHECK(face.last_seen_seconds == scene.time);
}

TEST_CASE("faces of all sizes are found, also those that need a closer view") {
  for (const float eye_distance : {14.0f, 40.0f, 150.0f, 260.0f}) {
    Scene scene(1280, 720);
    const PaintedFace face{{640, 330}, eye_distance, 0};
    const TrackerResult& result = scene.show_for(3, {face});
    CAPTURE(eye_distance);
    REQUIRE(result.faces.size() == 1);
    CHECK(error(result.faces[0].landmarks, face) < 0.02f);
  }
}

TEST_CASE("a face that is followed keeps its id and its landmarks stay on it") {
  Scene scene;
  PaintedFace face = kOne;
  uint32_t id = 0;
  for (int i = 0; i < 90; ++i) {
    face.middle = {320 + 120 * std::sin(static_cast<float>(i) * 0.07f),
                   220 + 40 * std::cos(static_cast<float>(i) * 0.11f)};
    face.eye_distance = 90 + 30 * std::sin(static_cast<float>(i) * 0.05f);
    face.roll = 0.5f * std::sin(static_cast<float>(i) * 0.06f);
    const TrackerResult& result = scene.show({face});
    REQUIRE(result.faces.size() == 1);
    if (i == 0) id = result.faces[0].id;
    CHECK(result.faces[0].id == id);
    CHECK(error(result.faces[0].raw_landmarks, face) < 0.012f);
    CHECK(error(result.faces[0].landmarks, face) < 0.09f);
    CHECK(result.faces[0].pose.roll == Approx(face.roll).margin(0.08));
  }
}

TEST_CASE("following takes one look a frame and the detector now and then") {
  Scene scene;
  scene.show_for(30, {kOne});
  scene.models->looks = scene.models->detections = 0;
  scene.show_for(90, {kOne});
  CHECK(scene.models->looks == 90);
  CHECK(scene.models->detections >= 8);
  CHECK(scene.models->detections <= 10);
}

TEST_CASE("while nobody is there the detector runs once a frame") {
  Scene scene;
  scene.show_for(40, {});
  CHECK(scene.models->detections == 40);
  CHECK(scene.models->looks == 0);
}

TEST_CASE("with all places taken nobody else is looked at") {
  Scene scene(640, 480, {.most_faces = 1});
  const PaintedFace second{{540, 300}, 70, 0};
  scene.show_for(5, {kOne, second});
  scene.models->looks = 0;
  CHECK(scene.show_for(60, {kOne, second}).faces.size() == 1);
  CHECK(scene.models->looks == 60);
}

TEST_CASE("at rest the network sees the same square frame after frame") {
  Scene scene;
  scene.models->shake = 0.01f;
  scene.show_for(60, {kOne});
  const Vec2 first =
      scene.tracker->track(scene.painting.view(), scene.time += kFrame).faces[0].skin.region.middle;
  for (int i = 0; i < 30; ++i) CHECK(scene.show({kOne}).faces[0].skin.region.middle == first);
}

TEST_CASE("a newcomer is found within a second") {
  Scene scene;
  scene.show_for(10, {kOne});
  const PaintedFace second{{540, 300}, 40, 0};
  const TrackerResult& result = scene.show_for(30, {kOne, second});
  REQUIRE(result.faces.size() == 2);
  CHECK(error(result.faces[1].landmarks, second) < 0.02f);
  CHECK(result.faces[0].id != result.faces[1].id);
}

TEST_CASE("up to four faces are followed, a fifth is left out") {
  Scene scene(1280, 720);
  const TrackerResult& result = scene.show_for(60, {{{150, 200}, 60, 0},
                                                    {{400, 220}, 62, 0},
                                                    {{650, 200}, 61, 0},
                                                    {{900, 220}, 60, 0},
                                                    {{1130, 210}, 63, 0}});
  CHECK(result.faces.size() == 4);
  std::set<uint32_t> ids;
  for (const TrackedFace& face : result.faces) ids.insert(face.id);
  CHECK(ids.size() == 4);
}

TEST_CASE("one face in front of the camera is never two") {
  Scene scene(1280, 720);
  for (int i = 0; i < 120; ++i) {
    const float x = 640 + 400 * std::sin(static_cast<float>(i) * 0.06f);
    CHECK(scene.show({{{x, 300}, 110, 0}}).faces.size() == 1);
  }
}

TEST_CASE("the nearest stands first, and people side by side do not swap places") {
  Scene scene(1280, 720);
  const PaintedFace left{{350, 300}, 100, 0};
  PaintedFace right{{900, 300}, 80, 0};
  scene.show_for(30, {left, right});
  const uint32_t first = scene.show({left, right}).faces[0].id;
  CHECK(scene.tracker->track(scene.painting.view(), scene.time += kFrame)
            .faces[0]
            .landmarks[kNoseTip]
            .x < 640);
  right.eye_distance = 110;  // a tenth nearer is not enough
  CHECK(scene.show_for(30, {left, right}).faces[0].id == first);
  right.eye_distance = 120;
  CHECK(scene.show_for(60, {left, right}).faces[0].id != first);
  right.eye_distance = 95;  // nor does it fall back for a little
  CHECK(scene.show_for(60, {left, right}).faces[0].id != first);
  right.eye_distance = 80;
  CHECK(scene.show_for(60, {left, right}).faces[0].id == first);
}

TEST_CASE("a face is followed at 5, 15 and 60 frames a second and at an uneven rhythm") {
  for (const double seconds : {0.2, 1 / 15.0, 1 / 60.0, -1.0}) {
    Scene scene;
    uint32_t id = 0;
    double now = 0;
    for (int i = 0; i < 40; ++i) {
      const double step = seconds > 0 ? seconds : (i % 3 == 0 ? 0.19 : 0.018);
      now += step;
      const PaintedFace face{
          {320 + 90 * static_cast<float>(std::sin(now)), 220}, 90, 0};  // one eye distance a second
      const TrackerResult& result = scene.show({face}, step);
      CAPTURE(seconds, i);
      REQUIRE(result.faces.size() == 1);
      if (i == 0) id = result.faces[0].id;
      CHECK(result.faces[0].id == id);
      CHECK(error(result.faces[0].landmarks, face) < 0.05f);
    }
  }
}

TEST_CASE("at 5 frames a second all views are searched in each frame") {
  Scene scene(1280, 720);
  const PaintedFace far{{640, 400}, 14, 0};
  scene.show({}, 0.2);
  CHECK(scene.show({far}, 0.2).faces.size() == 1);
}

TEST_CASE("a leap of most of a face's width in one frame is followed") {
  Scene scene;
  const uint32_t id = scene.show_for(10, {kOne}, 0.2).faces[0].id;
  const PaintedFace leapt{{390, 240}, 100, 0.3f};
  const TrackerResult& result = scene.show({leapt}, 0.2);
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].id == id);
  CHECK(error(result.faces[0].raw_landmarks, leapt) < 0.02f);
}

TEST_CASE("a picture stored turned, mirrored, as RGBA or bottom up gives the same landmarks") {
  for (int i = 0; i < 8; ++i) {
    Scene scene(641, 479);
    const PaintedFace face{{250, 260}, 83, 0.2f};
    paint(scene.painting, face);
    const StoredPicture stored(scene.painting, i % 2 ? PixelFormat::Rgba8 : PixelFormat::Rgb8,
                               static_cast<QuarterTurns>(i / 2), i % 2 == 1, 3 * i, i % 3 == 0);
    scene.tracker->track(stored.view, 1);
    const TrackerResult& result = scene.tracker->track(stored.view, 1.03);
    CAPTURE(i);
    REQUIRE(result.faces.size() == 1);
    CHECK(result.width == 641);
    CHECK(error(result.faces[0].landmarks, face) < 0.01f);
  }
}

TEST_CASE("the same picture seen in a mirror gives the mirrored landmarks and pose") {
  Scene scene;
  paint(scene.painting, {{250, 260}, 83, 0.2f});
  PictureView view = scene.painting.view();
  const TrackedFace plain = scene.tracker->track(view, 1).faces[0];
  view.mirrored = true;
  scene.tracker->reset();
  const TrackerResult& result = scene.tracker->track(view, 2);
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].pose.roll == Approx(-plain.pose.roll).margin(0.01));
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    const Vec2 there = result.faces[0].landmarks[mirrored_landmarks()[i]];
    CHECK(there.x == Approx(639 - plain.landmarks[i].x).margin(0.6));
    CHECK(there.y == Approx(plain.landmarks[i].y).margin(0.6));
  }
}

TEST_CASE("uncertainty is in eye distances and follows the network's own") {
  Scene scene;
  const float before = scene.show_for(5, {kOne}).faces[0].uncertainty[0];
  scene.models->log_spread = -4 + std::log(2.0f);
  const TrackerResult& result = scene.show({kOne});
  CHECK(result.faces[0].uncertainty[0] == Approx(2 * before).epsilon(0.02));
  CHECK(before == Approx(std::exp(-4.0f) * result.faces[0].region.side / 2 / 90).epsilon(0.03));
}

TEST_CASE("visible skin lies on the face's place in the picture") {
  Scene scene;
  const TrackedFace& face = scene.show({kOne}).faces[0];
  CHECK(face.skin.side == 24);
  CHECK(face.skin.at({320, 260}) > 0.95f);
  CHECK(face.skin.at({20, 20}) == 0);
  CHECK(face.skin.at({NAN, 20}) == 0);
}

TEST_CASE("millimetres come with the face, and the lens may be told") {
  Scene scene(640, 480, {.focal_length = 600});
  const TrackedFace& face = scene.show_for(10, {kOne}).faces[0];
  REQUIRE(face.scale.eye_distance.known());
  CHECK(face.scale.eye_distance.value == Approx(11.7 / 0.13).epsilon(0.02));
  CHECK(face.scale.place.z == Approx(600 * 11.7 / 0.13 / 90).epsilon(0.02));
}

TEST_CASE("no frame allocates, whatever happens in it") {
  Scene scene(1280, 720);
  const auto run = [&] {
    const size_t before = allocations;
    for (int i = 0; i < 5; ++i) scene.tracker->track(scene.painting.view(), scene.time += kFrame);
    return allocations - before;
  };
  paint(scene.painting, {{350, 300}, 100, 0});
  CHECK(run() == 0);
  paint(scene.painting, {{900, 300}, 60, 0.2f});
  scene.time += 0.4;
  CHECK(run() == 0);
  paint(scene.painting, {{620, 560}, 60, 0});
  scene.models->candidate_score = 1.5f;
  scene.time += 0.4;
  CHECK(run() == 0);
  scene.painting.clear_to_room();
  CHECK(run() == 0);
  scene.models->spoilt = NAN;
  CHECK(run() == 0);
  const size_t before = allocations;
  scene.tracker->track({}, scene.time += kFrame);
  scene.tracker->track(scene.painting.view(), NAN);
  scene.tracker->track(scene.painting.view(), 3);
  scene.tracker->reset();
  CHECK(allocations == before);
}

TEST_CASE("a tracker can be moved, not copied") {
  CHECK_FALSE(std::is_copy_constructible_v<FaceTracker>);
  Scene scene;
  scene.show_for(3, {kOne});
  FaceTracker moved = std::move(*scene.tracker);
  CHECK(moved.track(scene.painting.view(), scene.time + kFrame).faces.size() == 1);
}
