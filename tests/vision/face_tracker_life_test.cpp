// SPDX-License-Identifier: MIT
// Who is let in, who is lost, who comes back as whom.
#include <catch2/catch.hpp>
#include <map>

#include "engine/vision/face_track.h"
#include "tests/vision/tracker_scene.h"

using namespace vitrine;
using namespace vitrine::test;

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

TEST_CASE("one who is lost does not take the face of another who is still there") {
  Scene scene;
  const PaintedFace near{{300, 320}, 90, 0}, far{{360, 300}, 40, 0};
  const uint32_t first = scene.show_for(5, {near}).faces[0].id;
  const TrackerResult& both = scene.show_for(20, {near, far});
  REQUIRE(both.faces.size() == 2);
  const uint32_t second = both.faces[1].id;
  REQUIRE(first < second);
  // Whoever is far stands within the square in which the near one is looked for.
  const Vec2 inside = to_region(both.faces[0].region, both.faces[1].region.middle);
  REQUIRE((std::fabs(inside.x) < 1 && std::fabs(inside.y) < 1));
  for (int i = 0; i < 30; ++i) {
    const TrackerResult& result = scene.show({far});
    const TrackedFace* left = nullptr;
    for (const TrackedFace& face : result.faces) {
      if (face.state == FaceState::Tracked) left = &face;
    }
    REQUIRE(left != nullptr);
    CHECK(left->id == second);
    CHECK(error(left->landmarks, far) < 0.05f);
  }
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

TEST_CASE("where the detector is in doubt the landmark network must be surer") {
  Scene scene;
  scene.models->candidate_score = 1;
  scene.models->presence = 3.8f;
  CHECK(scene.show_for(20, {kOne}).faces.empty());
  scene.models->presence = 4.2f;
  CHECK(scene.show({kOne}).faces.size() == 1);
}

TEST_CASE("where the detector is in doubt, landmarks must turn with what is in the picture") {
  Scene scene;
  scene.models->stray = 0.3f;  // to the right of the truth in the square, however it is turned
  scene.models->candidate_score = 1.5f;
  CHECK(scene.show_for(20, {kOne}).faces.empty());
  scene.models->candidate_score = 2.5f;
  CHECK(scene.show({kOne}).faces.size() == 1);
}

TEST_CASE("a detector in doubt is enough where landmarks turn with the picture") {
  Scene scene;
  scene.models->candidate_score = 1.5f;
  CHECK(scene.show({kOne}).faces.size() == 1);
}

TEST_CASE("what is enough for a new face is enough for a lost one to be who it was") {
  Scene scene;
  const uint32_t id = scene.show_for(5, {kOne}).faces[0].id;
  scene.models->presence = -1;
  REQUIRE(scene.show_for(3, {kOne}).state == TrackerState::Lost);
  scene.models->presence = 1.2f;
  const TrackerResult& result = scene.show({kOne});
  CHECK(result.state == TrackerState::Tracking);
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].id == id);
}

TEST_CASE("a lost face that convinces only in its own square keeps its id") {
  Scene scene;
  scene.models->presence = 3;
  scene.models->lean_costs = 12;  // 0.6 in the detector's upright square
  const PaintedFace leaning{kOne.middle, kOne.eye_distance, 0.2f};
  const TrackerResult& first = scene.show_for(5, {leaning});
  REQUIRE(first.faces.size() == 1);
  const uint32_t id = first.faces[0].id;
  // Outside the square in which it is expected, and near enough to be it.
  PaintedFace near = leaning;
  near.middle.x += 0.8f * first.faces[0].region.side;
  const TrackerResult& result = scene.show_for(3, {near});
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].id == id);
  CHECK(result.state == TrackerState::Tracking);
}

TEST_CASE("nobody who is lost turns into what would be no face if it were new") {
  for (const bool turns : {false, true}) {
    Scene scene;
    const TrackerResult& first = scene.show_for(5, {kOne});
    const uint32_t id = first.faces[0].id;
    // Outside the square in which it is expected, and near enough to be it.
    const PaintedFace near{{kOne.middle.x + 0.8f * first.faces[0].region.side, 220}, 90, 0};
    scene.models->candidate_score = 1.5f;
    scene.models->stray = turns ? 0.0f : 0.3f;
    const TrackerResult& result = scene.show_for(3, {near});
    REQUIRE(result.faces.size() == 1);
    CHECK(result.faces[0].id == id);
    CHECK(result.state == (turns ? TrackerState::Tracking : TrackerState::Lost));
  }
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

TEST_CASE("at few frames a second one frame without the detector's word gives up nobody") {
  Scene scene;
  scene.models->presence = 2;
  const uint32_t id = scene.show_for(10, {kOne}, 0.1).faces[0].id;
  scene.models->candidate_score = -4;
  const int before = scene.models->detections;
  while (scene.models->detections == before) scene.show({kOne}, 0.1);
  REQUIRE(scene.models->detections == before + 3);  // all views, and the face is in each
  const TrackerResult& result = scene.show({kOne}, 0.1);
  CHECK(result.state == TrackerState::Tracking);
  CHECK(result.faces[0].id == id);
}

TEST_CASE("of two who were lost the one comes back who was nearest to the place") {
  Scene scene;
  const PaintedFace larger{{262, 200}, 66, 0}, smaller{{380, 200}, 60, 0};
  const TrackerResult& both = scene.show_for(10, {larger, smaller});
  REQUIRE(both.faces.size() == 2);
  const uint32_t id = both.faces[1].id;
  const FaceRegion first = both.faces[0].region, second = both.faces[1].region;
  scene.show_for(3, {});
  // Outside the square in which its own track looks, and within reach of the other, too.
  const PaintedFace back{
      {smaller.middle.x - 0.4f * second.side, smaller.middle.y + 0.55f * second.side}, 60, 0};
  const TrackerResult& result = scene.show_for(2, {back});
  const TrackedFace* seen = nullptr;
  for (const TrackedFace& face : result.faces) {
    if (face.state == FaceState::Tracked) seen = &face;
  }
  REQUIRE(seen != nullptr);
  REQUIRE(may_be_same(first, seen->region));
  CHECK(seen->id == id);
}

TEST_CASE("reset forgets everybody, empties the networks and never gives an id twice") {
  Scene scene;
  const TrackerResult& before = scene.show_for(5, {kOne});
  const uint32_t id = before.faces[0].id;
  scene.tracker->reset();
  CHECK(scene.models->forgotten == 1);
  CHECK(before.faces.empty());
  CHECK(before.state == TrackerState::Searching);
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
