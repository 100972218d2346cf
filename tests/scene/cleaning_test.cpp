// SPDX-License-Identifier: MIT
// While staff wipe the glass nothing answers, nothing is recorded, and the screen says so.
#include <catch2/catch.hpp>

#include "tests/scene/stage_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int64_t kCleaningMs = Stage::kCleaningUs / 1000;

// A wet cloth: many fingers, everywhere.
void wipe_glass(Played& played) {
  for (uint64_t finger = 1; finger <= 10; ++finger) {
    const float x = 100.0f * static_cast<float>(finger);
    played.stage.handle({finger, PointerPhase::Down, {x, 100}, 0}, 0);
    played.stage.handle({finger, PointerPhase::Move, {x, 900}, 0}, 0);
    played.stage.handle({finger, PointerPhase::Up, {x, 900}, 0}, 0);
  }
}

bool shows_notice(Played& played) {
  return played.stage.describe().find("cleaning") != nullptr;
}

}  // namespace

TEST_CASE("a cloth, a tap and every key do nothing while the glass is wiped and leave no trace") {
  Played played;
  played.stage.begin_cleaning();
  played.pass(16);
  CHECK(shows_notice(played));
  wipe_glass(played);
  played.tap({100, 100});
  played.stage.move_focus(+1);
  played.stage.activate_focused();
  played.stage.step(+1);
  played.stage.back();
  played.stage.change_volume(+1);
  played.stage.toggle_mute();
  CHECK_FALSE(played.stage.activate(ui::widget_id("next"), Entry::Semantic));
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  CHECK(played.stage.is_cleaning());
  CHECK_FALSE(played.stage.session().engaged());
  CHECK(played.sounds.volume() == 80);
  CHECK_FALSE(played.sounds.muted());
  CHECK(played.taken().empty());
  CHECK(played.audio.played.empty());
}

TEST_CASE("it ends by itself after thirty seconds, however the glass is touched, and not before") {
  Played played;
  played.stage.begin_cleaning();
  for (int i = 0; i < 29; ++i) {
    wipe_glass(played);
    played.pass(1000);
  }
  CHECK(shows_notice(played));
  played.pass(1000);
  CHECK_FALSE(played.stage.is_cleaning());
  CHECK_FALSE(shows_notice(played));
  played.tap({100, 100});
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
}

TEST_CASE("who was there has their session ended first, and the start scene waits behind") {
  Played played;
  played.tap({100, 100});
  played.pass(16);
  REQUIRE(played.stage.scene_id() == "second");
  played.stage.change_volume(-1);
  played.taken();
  played.stage.begin_cleaning();
  CHECK(played.taken() == Types{"session_ended", "scene_entered", "screen_attracted"});
  CHECK(played.stage.scene_id() == "first");
  CHECK(played.sounds.volume() == 80);
  played.pass(kCleaningMs);
  CHECK(played.taken().empty());
}

TEST_CASE("the question whether anybody is there does not outlive the session it was for") {
  Played played;
  played.tap({900, 900});
  played.pass(26'000);
  REQUIRE(played.stage.describe().find("still-there"));
  played.stage.begin_cleaning();
  played.pass(16);
  CHECK_FALSE(played.stage.describe().find("still-there"));
  CHECK(shows_notice(played));
}

TEST_CASE("staff end it early, and a second time it lasts as long as the first") {
  Played played;
  played.stage.begin_cleaning();
  played.pass(20'000);
  played.stage.end_cleaning();
  played.pass(1000);
  CHECK_FALSE(shows_notice(played));
  played.stage.begin_cleaning();
  played.pass(kCleaningMs - 1000);
  CHECK(played.stage.is_cleaning());
  played.pass(1000);
  CHECK_FALSE(played.stage.is_cleaning());
}

TEST_CASE("the notice stands in both languages, and asking twice changes nothing") {
  Played played;
  played.stage.begin_cleaning();
  played.pass(10'000);
  played.stage.begin_cleaning();
  const ui::SemanticTree& tree = played.stage.describe();
  REQUIRE(tree.find("cleaning-title"));
  REQUIRE(tree.find("cleaning-title-2"));
  CHECK(tree.find("cleaning-title")->label == "正在擦拭屏幕");
  CHECK(tree.find("cleaning-title-2")->label == "We are cleaning this screen");
  CHECK_FALSE(tree.find("next")->reachable);
  played.pass(20'000);
  CHECK_FALSE(played.stage.is_cleaning());
}

TEST_CASE("a campaign that comes while the glass is wiped waits behind the notice") {
  Played played;
  played.stage.begin_cleaning();
  played.pass(10'000);
  played.stage.play(two_scenes(), "");
  played.pass(16);
  CHECK(shows_notice(played));
  played.pass(20'000);
  CHECK_FALSE(shows_notice(played));
}
