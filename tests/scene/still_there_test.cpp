// SPDX-License-Identifier: MIT
#include "engine/scene/still_there.h"

#include <catch2/catch.hpp>

#include "tests/scene/stage_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("the question has every finger: none falls through to the scene") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  const ui::SemanticNode* dialog = played.stage.describe().find("still-there");
  REQUIRE(dialog);
  CHECK(dialog->state.modal);
  CHECK_FALSE(played.stage.describe().find("next")->reachable);
  CHECK_FALSE(played.stage.activate(ui::widget_id("next"), Entry::Semantic));
  played.taken();
  // Where the scene's own button is.
  played.tap({100, 100});
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  CHECK(played.stage.session().engaged());
  CHECK_FALSE(played.stage.describe().find("still-there"));
  CHECK(played.taken() == Types{"screen_touched", "screen_touched", "session_extended"});
}

TEST_CASE("a person can say ten times and more that they are still there") {
  Played played;
  played.tap({900, 900});
  const Id128 id = played.stage.session().id();
  for (int times = 0; times < 12; ++times) {
    played.pass(25'000);
    played.pass(19'000);
    played.tap(played.middle_of("stay"));
    played.pass(16);
    CHECK(played.stage.session().id() == id);
  }
  played.taken();
  played.pass(24'900);
  CHECK_FALSE(played.stage.describe().find("still-there"));
}

TEST_CASE("finish ends at once, whoever slides off it has more time") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  const Vec2 finish = played.middle_of("finish");
  played.stage.handle({1, PointerPhase::Down, finish, 0}, 0);
  played.pass(5'000, true);
  played.stage.handle({1, PointerPhase::Move, {5, 5}, 0}, 0);
  played.stage.handle({1, PointerPhase::Up, {5, 5}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.session().engaged());
  played.pass(25'000);
  played.taken();
  played.tap(played.middle_of("finish"));
  played.pass(16);
  CHECK_FALSE(played.stage.session().engaged());
  CHECK(played.taken() == Types{"screen_touched", "screen_touched", "button_activated",
                                "session_ended", "scene_entered", "screen_attracted"});
}

TEST_CASE("two people at the question: who stays outvotes who would finish") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  played.stage.handle({1, PointerPhase::Down, played.middle_of("finish"), 0}, 0);
  played.tap({20, 20}, 2);
  played.pass(16, true);
  played.stage.handle({1, PointerPhase::Up, played.middle_of("finish"), 0}, 0);
  played.pass(16);
  CHECK(played.stage.session().engaged());
}

TEST_CASE("a finger that the system takes answers nothing") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  played.stage.handle({1, PointerPhase::Down, {20, 20}, 0}, 0);
  played.stage.handle({1, PointerPhase::Cancel, {20, 20}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.describe().find("still-there"));
}

TEST_CASE("by keyboard the question begins at its answer and any blind key stays") {
  Played played;
  played.stage.move_focus(+1);
  played.pass(25'000);
  CHECK(played.stage.describe().find("stay")->state.focused);
  played.pass(19'000);
  played.stage.move_focus(+1);  // somebody reads: the question's time begins anew
  played.pass(19'000);
  CHECK(played.stage.describe().find("finish")->state.focused);
  played.stage.move_focus(-1);
  played.stage.activate_focused();
  played.pass(16);
  CHECK_FALSE(played.stage.describe().find("still-there"));
  CHECK(played.stage.describe().find("next")->state.focused);

  Played blind;
  blind.tap({900, 900});
  blind.pass(25'000);
  blind.stage.activate_focused();
  blind.pass(16);
  CHECK(blind.stage.session().engaged());
  CHECK_FALSE(blind.stage.describe().find("still-there"));
}

TEST_CASE("the question says how long it waits, rarely enough to be heard") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  const auto told = [&] { return played.stage.describe().find("still-there-countdown")->label; };
  CHECK(told() == "还有 20 秒");
  played.pass(9'000);
  CHECK(told() == "还有 20 秒");
  played.pass(1'000);
  CHECK(told() == "还有 10 秒");
  played.pass(5'000);
  CHECK(told() == "还有 5 秒");
}
