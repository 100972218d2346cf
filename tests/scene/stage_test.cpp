// SPDX-License-Identifier: MIT
#include "engine/scene/stage.h"

#include <catch2/catch.hpp>

#include "tests/scene/stage_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("the first touch starts a session and every press and release is recorded once") {
  Played played;
  played.tap({900, 900});
  CHECK(played.taken() == Types{"session_started", "screen_touched", "screen_touched"});
  played.tap({900, 900});
  CHECK(played.taken() == Types{"screen_touched", "screen_touched"});
}

TEST_CASE("a button leads on, the product travels with it") {
  Played played;
  g_log.clear();
  played.tap({100, 100});
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
  CHECK(g_log.front() == "enter second with product");
}

TEST_CASE("after the idle time everything of the shopper is gone") {
  Played played;
  played.tap({100, 100});
  played.pass(16);
  const Id128 before = played.stage.session().id();
  played.taken();
  played.pass(25'000);
  CHECK(played.taken() == Types{"idle_warned"});
  played.pass(19'999);
  CHECK(played.stage.session().engaged());
  played.pass(1);
  CHECK_FALSE(played.stage.session().engaged());
  CHECK(played.stage.scene_id() == "first");
  CHECK(played.taken() == Types{"session_ended", "scene_entered", "screen_attracted"});
  played.tap({900, 900});
  CHECK_FALSE(played.stage.session().id() == before);
}

TEST_CASE("a held finger keeps the session") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {900, 900}, 0}, 0);
  played.pass(60'000, true);
  CHECK(played.stage.session().engaged());
}

TEST_CASE("what a session ends is recorded under that session, what follows is not") {
  Played played;
  played.tap({900, 900});
  const std::string hex = played.stage.session().id().to_hex();
  played.pass(25'000);
  played.taken();
  played.sessions.clear();
  played.pass(20'000);
  REQUIRE(played.taken().size() == 3);
  CHECK(played.sessions[0].find(hex) != std::string::npos);
  CHECK(played.sessions[1].find(hex) == std::string::npos);
  CHECK(played.sessions[2].find(hex) == std::string::npos);
}

TEST_CASE("a cancelled finger activates nothing and is recorded as cancelled") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {100, 100}, 0}, 0);
  played.stage.handle({1, PointerPhase::Cancel, {100, 100}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
}

TEST_CASE("two people at once: one presses, the other's finger changes nothing") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {100, 100}, 0}, 0);
  played.stage.handle({2, PointerPhase::Down, {900, 900}, 0}, 1);
  played.stage.handle({2, PointerPhase::Up, {100, 100}, 0}, 1);
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  played.stage.handle({1, PointerPhase::Up, {100, 100}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
}

TEST_CASE("what answers a finger ticks, an empty place is silent") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {900, 900}, 0}, 0);
  CHECK(played.audio.played.empty());
  played.stage.handle({2, PointerPhase::Down, {100, 100}, 0}, 1);
  CHECK(played.audio.times("tick") == 1);
  played.stage.handle({2, PointerPhase::Move, {101, 100}, 0}, 1);
  played.stage.handle({2, PointerPhase::Up, {101, 100}, 0}, 1);
  CHECK(played.audio.times("tick") == 1);
}

TEST_CASE("the volume a shopper chose and what still sounds go with them") {
  Played played;
  played.tap({900, 900});
  played.sounds.step_volume(-1);
  played.pass(26'000);
  CHECK(played.audio.times("soft") == 1);  // is anybody still there?
  played.pass(1'000);
  CHECK(played.audio.times("soft") == 1);
  CHECK_FALSE(played.audio.voices.empty());
  played.pass(20'000);
  CHECK(played.sounds.volume() == audio::SoundSettings{}.volume);
  CHECK(played.audio.voices.empty());
}

TEST_CASE("the keyboard walks the same tree that screen readers hear") {
  Played played;
  played.stage.move_focus(+1);
  const ui::SemanticTree& tree = played.stage.describe();
  REQUIRE(tree.find("next"));
  CHECK(tree.find("next")->state.focused);
  played.stage.activate_focused();
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
}

TEST_CASE("a screen reader's activation starts a session too") {
  Played played;
  CHECK(played.stage.activate(ui::widget_id("next"), Entry::Semantic));
  CHECK(played.taken().front() == "session_started");
  CHECK_FALSE(played.stage.activate(4242, Entry::Semantic));
}

TEST_CASE("another campaign ends the session of whoever was there") {
  Played played;
  played.tap({900, 900});
  played.taken();
  played.stage.play(two_scenes(), "en");
  CHECK(played.taken() == Types{"session_ended", "scene_entered", "screen_attracted"});
  CHECK(played.stage.language() == "en");
}

TEST_CASE("an unknown state or scene is refused") {
  Played played;
  CHECK_FALSE(played.stage.show_state("nowhere", "rest"));
  CHECK_FALSE(played.stage.show_state("first", "upside-down"));
  CHECK(played.stage.show_state("first", "rest"));
  CHECK(played.stage.show_state("", ""));
}

TEST_CASE("what a scene says of being left by the end of a session belongs to the session") {
  Played played;
  played.tap({900, 900});
  const std::string hex = played.stage.session().id().to_hex();
  g_scene->says_left = true;
  played.taken();
  played.sessions.clear();
  g_scene->end_session();
  played.pass(16);
  CHECK(played.taken() ==
        Types{"product_left", "session_ended", "scene_entered", "screen_attracted"});
  CHECK(played.sessions[0].find(hex) != std::string::npos);
  CHECK(played.sessions[2].find(hex) == std::string::npos);
}

TEST_CASE("where somebody wanted to go in the frame that ended their session nobody is taken") {
  Played played;
  played.tap({900, 900});
  g_log.clear();
  g_scene->end_session();
  g_scene->go_on();
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  CHECK(g_log == std::vector<std::string>{"enter first", "layout zh"});
}

TEST_CASE("chance after a session does not tell how often the last shopper's was asked") {
  uint64_t next[2];
  for (int asked = 0; asked < 2; ++asked) {
    Played played;
    played.tap({900, 900});
    for (int i = 0; i < 7 * asked; ++i) g_scene->random().next();
    g_scene->end_session();
    played.pass(16);
    next[asked] = g_scene->random().next();
  }
  CHECK(next[0] == next[1]);
}

TEST_CASE("a session's traces may go once nothing of it is on screen any more, and once") {
  Played played;
  CHECK_FALSE(played.stage.take_wiped());
  played.tap({900, 900});
  g_scene->end_session();
  played.pass(16);
  CHECK_FALSE(played.stage.take_wiped());  // the scene is fading away
  played.pass(700);
  CHECK(played.stage.take_wiped());
  CHECK_FALSE(played.stage.take_wiped());
}

TEST_CASE("arrows that choose a neighbour take the focus along, others leave it where it is") {
  Played played;
  g_scene->show_choice();
  played.pass(16);
  const auto is_focused = [&](const char* name) {
    return played.stage.describe().find(name)->state.focused;
  };
  played.stage.set_focus(ui::widget_id("next"), true);
  played.stage.step(+1);
  CHECK(is_focused("next"));
  played.stage.set_focus(ui::widget_id("dark"), true);
  played.stage.step(+1);
  CHECK(is_focused("light"));
  played.stage.step(+1);
  CHECK(is_focused("dark"));
}
