// SPDX-License-Identifier: MIT
// Who is lost, and who comes back as whom.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <vector>

#include "engine/vision/face_track.h"
#include "tests/vision/tracker_scene.h"

using namespace vitrine;
using namespace vitrine::test;

// kOne outside the square in which it is expected as `seen` there, and near enough to be it.
static PaintedFace beside(const TrackedFace& seen) {
  return {{kOne.middle.x + 0.8f * seen.region.side, kOne.middle.y}, kOne.eye_distance, 0};
}

// Who is seen, where it is one; null: nobody.
static const TrackedFace* seen_in(const TrackerResult& result) {
  for (const TrackedFace& face : result.faces) {
    if (face.state == FaceState::Tracked) return &face;
  }
  return nullptr;
}

TEST_CASE("a face that is covered is lost, goes on as it moved, and comes back as the same") {
  Scene scene;
  PaintedFace face = kOne;
  uint32_t id = 0;
  CameraPlace place;
  for (int i = 0; i < 30; ++i) {
    face.middle.x += 4;
    const TrackedFace& seen = scene.show({face}).faces[0];
    id = seen.id;
    place = seen.scale.place;
  }
  const float seen_at = face.middle.x;
  const TrackerResult& hidden = scene.show_for(3, {});
  CHECK(hidden.state == TrackerState::Lost);
  REQUIRE(hidden.faces.size() == 1);
  CHECK(hidden.faces[0].state == FaceState::Lost);
  CHECK(hidden.faces[0].id == id);
  CHECK(hidden.faces[0].landmarks[kNoseTip].x > seen_at + 4);
  CHECK(hidden.faces[0].landmarks[kNoseTip].x < seen_at + 24);
  CHECK(hidden.faces[0].scale.place.x > place.x + 1);  // millimetres
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
    const TrackedFace* const left = seen_in(result);
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
  PaintedFace back = beside(first.faces[0]);
  back.roll = leaning.roll;
  const TrackerResult& result = scene.show_for(3, {back});
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].id == id);
  CHECK(result.state == TrackerState::Tracking);
}

TEST_CASE("the face's own size tells who has come back, not the detector's") {
  Scene scene;
  const TrackerResult& first = scene.show_for(5, {kOne});
  const uint32_t id = first.faces[0].id;
  PaintedFace nearer = beside(first.faces[0]);
  nearer.eye_distance *= 1.25f;
  scene.models->candidate_scale = 1.55f;
  const TrackerResult& result = scene.show_for(3, {nearer});
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].id == id);
  CHECK(result.state == TrackerState::Tracking);
}

TEST_CASE("nobody who is lost turns into what would be no face if it were new") {
  struct Doubt {
    float candidate_score, presence, stray;
    TrackerState state;
  };
  for (const Doubt& doubt : {Doubt{1.5f, 6, 0, TrackerState::Tracking},
                             Doubt{1.5f, 6, 0.3f, TrackerState::Lost},  // turns with the square
                             Doubt{1.5f, 3.8f, 0, TrackerState::Lost},  // neither network is sure
                             Doubt{4, 0.8f, 0, TrackerState::Lost},     // hardly a face
                             Doubt{4, 6, 1.2f, TrackerState::Lost}}) {  // elsewhere than was said
    Scene scene;
    const TrackerResult& first = scene.show_for(5, {kOne});
    const uint32_t id = first.faces[0].id;
    scene.models->candidate_score = doubt.candidate_score;
    scene.models->presence = doubt.presence;
    scene.models->stray = doubt.stray;
    scene.models->presence_none = doubt.stray > 1 ? 6.0f : -6.0f;
    const TrackerResult& result = scene.show_for(3, {beside(first.faces[0])});
    REQUIRE(result.faces.size() == 1);
    CHECK(result.faces[0].id == id);
    CHECK(result.state == doubt.state);
  }
}

TEST_CASE("where it is expected a lost face comes back without the detector, if it convinces") {
  Scene scene;
  const uint32_t id = scene.show_for(5, {kOne}).faces[0].id;
  scene.models->presence = -1;
  scene.models->candidate_score = -9;
  REQUIRE(scene.show({kOne}).state == TrackerState::Lost);
  scene.models->presence = 1.4f;
  CHECK(scene.show({kOne}).state == TrackerState::Lost);
  scene.models->presence = 1.6f;
  const TrackerResult& result = scene.show({kOne});
  CHECK(result.state == TrackerState::Tracking);
  CHECK(result.faces[0].id == id);
}

TEST_CASE("a much larger face where somebody is lost is somebody new at once") {
  Scene scene;
  const PaintedFace far{kOne.middle, kOne.eye_distance / 2, 0};
  const uint32_t id = scene.show_for(5, {far}).faces[0].id;
  REQUIRE(scene.show({}).state == TrackerState::Lost);
  scene.models->presence = 2;
  const TrackerResult& result = scene.show({kOne});
  REQUIRE(result.faces.size() == 2);
  CHECK(result.faces[0].state == FaceState::Tracked);
  CHECK(result.faces[0].id != id);
}

TEST_CASE("half a face where somebody is lost is nobody new, until who is lost has gone") {
  Scene scene;
  const uint32_t id = scene.show_for(5, {kOne}).faces[0].id;
  scene.models->presence = 2;
  const PaintedFace half{kOne.middle, kOne.eye_distance / 2, 0};
  const TrackerResult& soon = scene.show_for(14, {half});
  REQUIRE(soon.faces.size() == 1);
  CHECK(soon.faces[0].id == id);
  CHECK(soon.state == TrackerState::Lost);
  const TrackerResult& later = scene.show_for(5, {half});
  REQUIRE(later.faces.size() == 1);
  CHECK(later.faces[0].id != id);
  CHECK(later.state == TrackerState::Tracking);
}

TEST_CASE("who is hidden behind somebody that walks past comes back as the same") {
  Scene scene;
  const PaintedFace hidden{{420, 220}, 60, 0};
  PaintedFace walker{{220, 220}, 72, 0};
  const TrackerResult& both = scene.show_for(10, {walker, hidden});
  REQUIRE(both.faces.size() == 2);
  const uint32_t walker_id = both.faces[0].id, hidden_id = both.faces[1].id;
  int frames_hidden = 0;
  while (walker.middle.x < 560) {
    walker.middle.x += 20;
    if (std::fabs(walker.middle.x - hidden.middle.x) > 100) {
      scene.show({walker, hidden});
    } else {
      scene.show({walker});
      ++frames_hidden;
    }
  }
  REQUIRE(frames_hidden > 8);
  const TrackerResult& result = scene.show_for(3, {walker, hidden});
  REQUIRE(result.faces.size() == 2);
  for (const TrackedFace& face : result.faces) {
    CHECK(face.state == FaceState::Tracked);
    CHECK(face.id == (face.landmarks[0].x > 480 ? walker_id : hidden_id));
  }
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
  const TrackedFace* const seen = seen_in(result);
  REQUIRE(seen != nullptr);
  REQUIRE(may_be_same(first, seen->region));
  CHECK(seen->id == id);
}

TEST_CASE("of two who were lost and are both looked for there, too, it is the nearest") {
  for (const bool is_first : {false, true}) {
    Scene scene;
    const PaintedFace first{{290, 170}, 62, 0}, second{{290, 226}, 60, 0};
    const TrackerResult& both = scene.show_for(10, {first, second});
    REQUIRE(both.faces.size() == 2);
    const uint32_t id = both.faces[is_first ? 0 : 1].id;
    scene.show_for(2, {});
    const int detections = scene.models->detections;
    const TrackerResult& result = scene.show({{{290, is_first ? 197.0f : 206.0f}, 50, 0}});
    REQUIRE(scene.models->detections == detections + 1);  // which comes after they are looked for
    REQUIRE(seen_in(result) != nullptr);
    CHECK(seen_in(result)->id == id);
  }
}

TEST_CASE("who is far too large to be the one who was lost there is somebody else") {
  Scene scene;
  const uint32_t id = scene.show_for(10, {kOne}).faces[0].id;
  scene.show_for(2, {});
  const TrackerResult& result = scene.show_for(3, {{kOne.middle, 1.9f * kOne.eye_distance, 0}});
  REQUIRE(seen_in(result) != nullptr);
  CHECK(seen_in(result)->id != id);
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
