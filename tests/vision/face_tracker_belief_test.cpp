// SPDX-License-Identifier: MIT
// What is believed to be a face, by which of the two networks, and what is given up again.
#include <catch2/catch.hpp>
#include <vector>

#include "engine/vision/face_track.h"
#include "tests/vision/tracker_scene.h"

using namespace vitrine;
using namespace vitrine::test;

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

TEST_CASE("where the detector is in doubt, landmarks must turn both ways") {
  for (float SpotModels::*const stray :
       {&SpotModels::stray_leaning_left, &SpotModels::stray_leaning_right}) {
    Scene scene;
    scene.models->*stray = 0.3f;
    scene.models->candidate_score = 1.5f;
    CHECK(scene.show_for(20, {kOne}).faces.empty());
  }
}

TEST_CASE("a detector in doubt is enough where landmarks turn with the picture") {
  Scene scene;
  scene.models->candidate_score = 1.5f;
  CHECK(scene.show({kOne}).faces.size() == 1);
}

TEST_CASE("what is found elsewhere than expected is believed only where the network is sure") {
  for (const bool is_sure : {false, true}) {
    Scene scene;
    scene.show_for(5, {kOne});
    scene.models->candidate_score = -9;
    scene.models->stray = 0.3f;
    scene.models->presence = is_sure ? 3.2f : 2.8f;
    CHECK(scene.show({kOne}).state == (is_sure ? TrackerState::Tracking : TrackerState::Lost));
  }
}

TEST_CASE("a face that leaps is believed where landmarks turn both ways") {
  const auto state_with = [](float SpotModels::*stray) {
    Scene scene;
    scene.show_for(5, {kOne});
    scene.models->candidate_score = -9;
    scene.models->presence = 2.8f;
    if (stray) scene.models->*stray = 0.3f;
    return scene.show({{kOne.middle + Vec2{35, 0}, kOne.eye_distance, 0}}).state;
  };
  CHECK(state_with(nullptr) == TrackerState::Tracking);
  CHECK(state_with(&SpotModels::stray_leaning_left) == TrackerState::Lost);
  CHECK(state_with(&SpotModels::stray_leaning_right) == TrackerState::Lost);
}

TEST_CASE("a face found elsewhere than the detector said is none") {
  Scene scene;
  scene.models->presence_none = 6;  // the landmark network sees faces everywhere
  scene.models->stray = 1.2f;
  CHECK(scene.show_for(20, {kOne}).faces.empty());
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

TEST_CASE("the frame in which a face is found does not speak against it") {
  Scene scene;
  scene.models->presence = 2;
  scene.show({});
  // At this rhythm each frame is searched in three views, of which only the very first sees it.
  scene.models->seeing_detections = scene.models->detections + 1;
  REQUIRE(scene.show({kOne}, 0.2).faces.size() == 1);
  REQUIRE(scene.models->detections == 4);
  for (int frames_unseen = 0; frames_unseen < kLooksToDoubt;) {
    const int before = scene.models->detections;
    CHECK(scene.show({kOne}, 0.2).state == TrackerState::Tracking);
    frames_unseen += scene.models->detections > before;
  }
  CHECK(scene.show({kOne}, 0.2).state == TrackerState::Lost);
}

TEST_CASE("a wall of what is nearly a face takes little time") {
  Scene scene;
  scene.models->presence = 0;  // enough for a second look, not to be a face
  std::vector<PaintedFace> wall;
  for (int i = 0; i < 15; ++i)
    wall.push_back(
        {{70 + 125 * static_cast<float>(i % 5), 80 + 150 * static_cast<float>(i / 5)}, 40, 0});
  scene.show(wall);
  CHECK(scene.models->looks == 12);  // two at each of six
  for (int i = 0; i < 10; ++i) {
    const int before = scene.models->looks;
    CHECK(scene.show(wall, 0.2).faces.empty());
    CHECK(scene.models->looks - before == 12);
  }
}

TEST_CASE("a wall of what is nearly a face in one part of the picture hides nobody in another") {
  Scene scene;
  scene.models->lean_costs = 12;
  std::vector<PaintedFace> faces{{{560, 240}, 40, 0}};
  for (int i = 0; i < 12; ++i)
    faces.push_back(
        {{40 + 60 * static_cast<float>(i % 2), 40 + 75 * static_cast<float>(i / 2)}, 24, 0.7f});
  const TrackerResult& result = scene.show_for(3, faces, 0.2);
  REQUIRE(result.faces.size() == 1);
  CHECK(result.faces[0].landmarks[kNoseTip].x > 500);
}
