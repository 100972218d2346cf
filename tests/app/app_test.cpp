// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using input::PointerPhase;

TEST_CASE("before any campaign a named screen says what staff can do") {
  AppFixture fixture;
  fixture.run(2);
  REQUIRE(fixture.shows("problem-code"));
  CHECK(fixture.app->semantics().find("problem-code")->label == "no_campaign");
  CHECK(fixture.app->semantics().find("problem")->label == "屏幕准备中");
  CHECK(fixture.app->semantics().find("problem-english")->label == "This screen is getting ready");
  CHECK_FALSE(fixture.app->show_campaign("{\"id\": 3", "campaign.json").ok());
  fixture.run(2);
  CHECK(fixture.app->semantics().find("problem-code")->label == "syntax");
}

TEST_CASE("a broken campaign changes nothing on screen and is recorded") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  CHECK_FALSE(fixture.app->show_campaign("[]", "campaign.json").ok());
  fixture.run(2);
  CHECK(fixture.shows("start"));
  CHECK(fixture.stored("campaign_rejected") == 1);
  CHECK(fixture.app->statistics_json().find("\"campaign_problem\":\"\"") == std::string::npos);
}

TEST_CASE("a touch leads from attract to the wall and is recorded once") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  fixture.tap(fixture.middle_of("start"));
  fixture.run(60);
  CHECK(fixture.shows("shade-3"));
  CHECK(fixture.stored("screen_touched") == 2);
  CHECK(fixture.stored("session_started") == 1);
  CHECK(fixture.stored("button_activated") == 1);
}

TEST_CASE("dragging the wall moves it and is recorded") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  fixture.tap(fixture.middle_of("start"));
  fixture.run(60);
  Vec2 finger{800, 800};
  fixture.send(7, PointerPhase::Down, finger);
  for (int i = 0; i < 20; ++i) {
    finger.x -= 22;
    fixture.send(7, PointerPhase::Move, finger);
    fixture.run(1);
  }
  fixture.run(20);
  fixture.send(7, PointerPhase::Up, finger);
  fixture.run(120);
  CHECK(fixture.app->semantics().find("shade-3")->state.selected);
  CHECK(fixture.stored("carousel_moved") == 1);
}

TEST_CASE("two people at one wall: one holds the row, the other's button still works") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  fixture.tap(fixture.middle_of("start"));
  fixture.run(60);
  fixture.send(1, PointerPhase::Down, {540, 800});
  fixture.send(1, PointerPhase::Move, {500, 800});
  fixture.tap(fixture.middle_of("language"), 2);
  CHECK(fixture.app->statistics_json().find("\"language\":\"en\"") != std::string::npos);
  fixture.send(1, PointerPhase::Cancel, {500, 800});
  fixture.run(60);
  CHECK(fixture.app->semantics().find("shade-2")->state.selected);
  CHECK_FALSE(fixture.shows("product-name"));
}

TEST_CASE("after 45 idle seconds the shopper's choices are gone") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  fixture.tap(fixture.middle_of("language"));
  fixture.tap(fixture.middle_of("start"));
  fixture.run(60);
  fixture.tap(fixture.middle_of("shade-5"));
  fixture.run(46 * 20, 50);
  CHECK(fixture.shows("start"));
  CHECK(fixture.app->statistics_json().find("\"language\":\"zh\"") != std::string::npos);
  CHECK(fixture.app->statistics_json().find("\"engaged\":false") != std::string::npos);
  fixture.tap(fixture.middle_of("start"));
  fixture.run(60);
  CHECK(fixture.app->semantics().find("shade-2")->state.selected);
  CHECK(fixture.stored("session_ended") == 1);
}

TEST_CASE("pausing cancels fingers that are down") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  const Vec2 start = fixture.middle_of("start");
  fixture.send(1, PointerPhase::Down, start);
  fixture.app->pause();
  fixture.app->resume();
  fixture.send(1, PointerPhase::Up, start);
  fixture.run(4);
  CHECK(fixture.shows("start"));
  CHECK(fixture.stored("button_activated") == 0);
}

TEST_CASE("a button's activation says whether it was a finger, a key or a screen reader") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  fixture.tap(fixture.middle_of("language"));
  CHECK(fixture.stored_row("button_activated").find(R"("by":"pointer")") != std::string::npos);
  fixture.app->activate(fixture.app->semantics().find("language")->id);
  fixture.run(2);
  CHECK(fixture.stored_row("button_activated").find(R"("by":"semantic")") != std::string::npos);
  for (int i = 0; i < 20 && !fixture.app->semantics().find("language")->state.focused; ++i) {
    fixture.app->handle(app::Key::Tab);
    fixture.run(1);
  }
  fixture.app->handle(app::Key::Enter);
  fixture.run(2);
  CHECK(fixture.stored_row("button_activated").find(R"("by":"keyboard")") != std::string::npos);
}

TEST_CASE("a session that the program did not end is recorded as its own at the next start") {
  OutboxContents left;
  std::string session;
  {
    AppFixture fixture;
    REQUIRE(fixture.show_sample());
    fixture.run(2);
    CHECK(fixture.app->session_id().is_none());
    fixture.tap(fixture.middle_of("language"));
    session = fixture.app->session_id().to_hex();
    REQUIRE(fixture.stored("session_started") == 1);
    left = fixture.store.disk;
  }
  AppFixture fixture;
  fixture.store.disk = left;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  const std::string row = fixture.stored_row("session_ended");
  CHECK(row.find("\"" + session + "\"") != std::string::npos);
  CHECK(row.find(R"("campaign":"lip-popup","brand":"sample-rouge")") != std::string::npos);
  CHECK(row.find(R"("reason":"unclean")") != std::string::npos);
  CHECK(fixture.stored("session_ended") == 1);
  CHECK(fixture.stored_row("scene_entered").find(session) == std::string::npos);
}

TEST_CASE("the report says how long scenes moved: not while the clock stands still") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  const int64_t before = fixture.app->frame().scenes_us;
  CHECK(fixture.app->frame().scenes_us == before);
  fixture.clock.advance_ms(16);
  CHECK(fixture.app->frame().scenes_us == before + 16'000);
  fixture.clock.advance_ms(3'600'000);  // a machine that slept is not played through
  CHECK(fixture.app->frame().scenes_us == before + 16'000 + 250'000);
}

TEST_CASE("slow frames leave out effects, said in the statistics and recorded") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(300);
  CHECK(fixture.app->quality().rung() == 0);
  CHECK(fixture.stored("quality_changed") == 0);
  fixture.run(100, 50);
  CHECK(fixture.app->quality().rung() > 0);
  CHECK(fixture.app->statistics_json().find("\"quality_reason\":\"slow_frames\"") !=
        std::string::npos);
  CHECK(fixture.stored("quality_changed") > 0);
}

TEST_CASE("a frame rate that was asked for leaves out nothing, half of it does") {
  app::AppOptions options;
  options.frame_rate = 30;
  AppFixture fixture(options);
  REQUIRE(fixture.show_sample());
  fixture.run(600, 33);
  CHECK(fixture.app->quality().rung() == 0);
  CHECK(fixture.stored("quality_changed") == 0);
  fixture.run(100, 66);
  CHECK(fixture.app->quality().rung() > 0);
}

TEST_CASE("sounds are asked for after the first frame, and the statistics tell of them") {
  AppFixture fixture;
  fixture.show_sample();
  CHECK(fixture.audio.loaded.empty());
  fixture.run(3);
  CHECK(fixture.audio.loaded.size() == audio::kSounds);
  fixture.tap({540, 1700});
  CHECK(fixture.audio.times("tick") == 1);
  const std::string statistics = fixture.app->statistics_json();
  CHECK(statistics.find("\"audio\":\"running\"") != std::string::npos);
  CHECK(statistics.find("\"audio_played\":1") != std::string::npos);
}

TEST_CASE("a screen that sleeps is silent and its first touch afterwards is heard") {
  AppFixture fixture;
  fixture.show_sample();
  fixture.run(3);
  fixture.app->pause();
  CHECK(fixture.audio.suspended);
  fixture.app->resume();
  CHECK_FALSE(fixture.audio.suspended);
}

TEST_CASE("a finger that is down when the glass is dry again means nothing until it is lifted") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  const Vec2 start = fixture.middle_of("start");
  fixture.send(1, PointerPhase::Down, start);
  fixture.app->begin_cleaning();
  fixture.run(1);
  const int before = fixture.stored("screen_touched");
  fixture.send(1, PointerPhase::Move, start);
  fixture.send(2, PointerPhase::Down, start);
  fixture.run(31, 1000);
  CHECK_FALSE(fixture.app->is_cleaning());
  fixture.send(1, PointerPhase::Up, start);
  fixture.send(2, PointerPhase::Up, start);
  fixture.run(2);
  CHECK(fixture.stored("screen_touched") == before);
  CHECK(fixture.app->session_id().is_none());
  fixture.tap(start);
  CHECK_FALSE(fixture.app->session_id().is_none());
}

TEST_CASE("the device's volume is heard, stays with the next campaign and ends a shopper's own") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  fixture.run(3);
  fixture.app->handle(app::Key::VolumeDown);
  fixture.app->set_volume(35);
  CHECK(fixture.app->statistics_json().find("\"volume\":35") != std::string::npos);
  CHECK(fixture.audio.times("chime") == 1);
  REQUIRE(fixture.show_sample());
  CHECK(fixture.app->statistics_json().find("\"volume\":35") != std::string::npos);
}
