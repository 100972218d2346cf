// SPDX-License-Identifier: MIT
#include "engine/vision/face_tracker.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>
#include <type_traits>

#include "tests/fakes/counted_allocations.h"
#include "tests/vision/painted_faces.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr double kFrame = 1 / 30.0;

// A tracker before a painting, with its models at hand.
struct Scene {
  explicit Scene(int width = 640, int height = 480, const TrackerOptions& options = {})
      : painting(width, height) {
    painting.clear_to_room();
    auto owned = std::make_unique<SpotModels>();
    models = owned.get();
    tracker.emplace(std::move(FaceTracker::create(std::move(owned), options)).value());
  }

  // Paints these faces and shows them for one frame.
  const TrackerResult& show(std::initializer_list<PaintedFace> faces, double seconds = kFrame) {
    painting.clear_to_room();
    for (const PaintedFace& face : faces) paint(painting, face);
    time += seconds;
    return tracker->track(painting.view(), time);
  }
  const TrackerResult& show_for(int frames, std::initializer_list<PaintedFace> faces,
                                double seconds = kFrame) {
    for (int i = 1; i < frames; ++i) show(faces, seconds);
    return show(faces, seconds);
  }

  Painting painting;
  SpotModels* models = nullptr;
  std::optional<FaceTracker> tracker;
  double time = 100;
};

// Mean distance of the landmarks from the truth, in eye distances.
float error(const Landmarks& landmarks, const PaintedFace& truth) {
  const Landmarks expected = truth.landmarks();
  float sum = 0;
  for (size_t i = 0; i < kLandmarkCount; ++i) {
    const Vec2 d = landmarks[i] - expected[i];
    sum += std::sqrt(d.x * d.x + d.y * d.y);
  }
  return sum / kLandmarkCount / truth.eye_distance;
}

const PaintedFace kOne{{320, 220}, 90, 0};

}  // namespace

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

TEST_CASE("a face that is covered is lost, goes on as it moved, and comes back as the same") {
  Scene scene;
  PaintedFace face = kOne;
  uint32_t id = 0;
  for (int i = 0; i < 30; ++i) {
    face.middle.x += 4;
    id = scene.show({face}).faces[0].id;
  }
  const float seen_at = face.middle.x;
  const TrackerResult& hidden = scene.show_for(3, {});
  CHECK(hidden.state == TrackerState::Lost);
  REQUIRE(hidden.faces.size() == 1);
  CHECK(hidden.faces[0].state == FaceState::Lost);
  CHECK(hidden.faces[0].id == id);
  CHECK(hidden.faces[0].landmarks[kNoseTip].x > seen_at + 4);
  CHECK(hidden.faces[0].landmarks[kNoseTip].x < seen_at + 24);
  CHECK(hidden.faces[0].quality.score == 0);
  CHECK(hidden.faces[0].last_seen_seconds == Approx(scene.time - 3 * kFrame));
  face.middle.x += 16;
  const TrackerResult& back = scene.show({face});
  REQUIRE(back.faces.size() == 1);
  CHECK(back.state == TrackerState::Tracking);
  CHECK(back.faces[0].id == id);
  CHECK(error(back.faces[0].landmarks, face) < 0.02f);
}

TEST_CASE("a lost face that comes back elsewhere nearby is the same") {
  Scene scene;
  const uint32_t id = scene.show_for(10, {kOne}).faces[0].id;
  scene.show_for(6, {});
  const TrackerResult& back = scene.show_for(3, {{{410, 250}, 100, 0}});
  REQUIRE(back.faces.size() == 1);
  CHECK(back.faces[0].id == id);
}

TEST_CASE("after half a second a lost face is gone, and who comes back has a new id") {
  Scene scene;
  const uint32_t id = scene.show_for(10, {kOne}).faces[0].id;
  CHECK(scene.show_for(14, {}).state == TrackerState::Lost);
  const TrackerResult& gone = scene.show_for(3, {});
  CHECK(gone.state == TrackerState::Searching);
  CHECK(gone.faces.empty());
  const TrackerResult& back = scene.show({kOne});
  REQUIRE(back.faces.size() == 1);
  CHECK(back.faces[0].id != id);
}

TEST_CASE("one who leaves does not disturb the other") {
  Scene scene(1280, 720);
  const PaintedFace other{{900, 300}, 100, 0};
  scene.show_for(30, {{{350, 300}, 100, 0}, other});
  const TrackerResult& half = scene.show_for(5, {other});
  CHECK(half.state == TrackerState::Tracking);
  CHECK(half.faces.size() == 2);
  const TrackerResult& result = scene.show_for(30, {other});
  REQUIRE(result.faces.size() == 1);
  CHECK(error(result.faces[0].landmarks, other) < 0.01f);
}

TEST_CASE("what the landmark network does not believe in is no face") {
  Scene scene;
  scene.models->false_candidate = 9;
  CHECK(scene.show_for(20, {}).faces.empty());
  scene.models->presence = 0.5f;  // too much doubt to enter, however sure the detector is
  CHECK(scene.show_for(20, {kOne}).faces.empty());
  scene.models->presence = 1.6f;
  CHECK(scene.show({kOne}).faces.size() == 1);
  scene.models->presence = 0;  // but enough to stay
  CHECK(scene.show_for(20, {kOne}).state == TrackerState::Tracking);
  scene.models->presence = -1;
  CHECK(scene.show({kOne}).state == TrackerState::Lost);
  scene.models->presence = 0.8f;  // and not enough to be found again
  CHECK(scene.show({kOne}).state == TrackerState::Lost);
  scene.models->presence = 1.6f;
  CHECK(scene.show({kOne}).state == TrackerState::Tracking);
}

TEST_CASE("two networks that are both half sure are not enough for a new face") {
  Scene scene;
  scene.models->candidate_score = 1;
  scene.models->presence = 1.8f;
  CHECK(scene.show_for(20, {kOne}).faces.empty());
  scene.models->presence = 2.2f;
  CHECK(scene.show({kOne}).faces.size() == 1);
}

TEST_CASE("a face found elsewhere than the detector said is none") {
  Scene scene;
  scene.models->presence_none = 6;  // the landmark network sees faces everywhere
  scene.models->stray = 1.2f;
  CHECK(scene.show_for(20, {kOne}).faces.empty());
}

TEST_CASE("a face that leaves the picture is lost when its middle is outside") {
  Scene scene;
  scene.models->presence_none = 6;
  PaintedFace face = kOne;
  TrackerState state = scene.show({face}).state;
  for (int i = 0; i < 60 && state == TrackerState::Tracking; ++i) {
    face.middle.x += 12;
    state = scene.show({face}).state;
  }
  CHECK(state == TrackerState::Lost);
  CHECK(face.middle.x > 560);
  CHECK(scene.show_for(30, {}).faces.empty());
}

TEST_CASE("what the detector never sees again is given up, unless the network is sure") {
  for (const bool sure : {false, true}) {
    Scene scene(640, 480, {.most_faces = 1});
    scene.models->presence = sure ? 6.0f : 2.0f;
    const uint32_t id = scene.show_for(10, {kOne}).faces[0].id;
    scene.models->candidate_score = -4;
    const TrackerResult& result = scene.show_for(150, {kOne});
    CHECK(result.faces.size() == (sure ? 1u : 0u));
    scene.models->candidate_score = 4;
    const TrackerResult& back = scene.show_for(3, {kOne});
    REQUIRE(back.faces.size() == 1);
    CHECK((back.faces[0].id == id) == sure);
  }
}

TEST_CASE("a detector that hesitates for a moment loses no face") {
  Scene scene;
  scene.models->presence = 2;
  const uint32_t id = scene.show_for(10, {kOne}).faces[0].id;
  scene.models->candidate_score = -4;
  CHECK(scene.show_for(9, {kOne}).state == TrackerState::Tracking);
  scene.models->candidate_score = -1;
  const TrackerResult& result = scene.show_for(100, {kOne});
  REQUIRE(result.faces.size() == 1);
  CHECK(result.state == TrackerState::Tracking);
  CHECK(result.faces[0].id == id);
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

TEST_CASE("reset forgets everybody and never gives an id twice") {
  Scene scene;
  const uint32_t id = scene.show_for(5, {kOne}).faces[0].id;
  scene.tracker->reset();
  const TrackerResult& result = scene.show({kOne});
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].id > id);
  CHECK_FALSE(result.restarted);
}

TEST_CASE("ids are never given twice, whoever comes and goes") {
  Scene scene(1280, 720);
  std::map<uint32_t, int> visits;
  for (int visit = 0; visit < 12; ++visit) {
    for (int i = 0; i < 4; ++i) {
      for (const TrackedFace& face : scene.show({{{400, 300}, 100, 0}, {{900, 300}, 90, 0}}).faces)
        visits[face.id] = visit;
    }
    for (const auto& [id, seen] : visits) CHECK(((seen == visit) == (id > 2u * visit)));
    scene.show_for(20, {});
  }
  CHECK(visits.size() == 24);
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
