// SPDX-License-Identifier: MIT
// A program that comes in two parts: what waits for the second, and that nothing is lost meanwhile.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/scene/stage_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

int g_made = 0;

constexpr SceneKind kInTwoParts[] = {{"noting", make_noting},
                                     {"late",
                                      []() {
                                        ++g_made;
                                        return make_noting();
                                      },
                                      Arrival::Later}};

// As on a page whose second part is still on its way.
struct Half : Played {
  Half() : Played(kInTwoParts, false) { g_made = 0; }
};

size_t count(const Types& types, std::string_view wanted) {
  return static_cast<size_t>(std::count(types.begin(), types.end(), wanted));
}

}  // namespace

TEST_CASE("a scene that is still on its way comes in the first update after it has arrived") {
  Half played;
  CHECK_FALSE(played.stage.wish_waits());
  played.tap({100, 100});
  for (int i = 0; i < 100; ++i) played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  CHECK(played.stage.wish_waits());
  CHECK(g_made == 0);
  played.stage.set_whole();
  CHECK(played.stage.scene_id() == "first");  // not in the middle of whatever the shell does
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
  CHECK_FALSE(played.stage.wish_waits());
  CHECK(g_made == 1);
}

TEST_CASE("every touch of the wait is recorded once, and the scene is entered once") {
  Half played;
  for (int i = 0; i < 3; ++i) {
    played.tap({100, 100});
    played.pass(1000);
  }
  const Types waiting = played.taken();
  CHECK(count(waiting, "session_started") == 1);
  CHECK(count(waiting, "screen_touched") == 6);
  CHECK(count(waiting, "scene_entered") == 0);
  played.stage.set_whole();
  played.pass(16);
  played.pass(16);
  CHECK(played.taken() == Types{"scene_entered"});
}

TEST_CASE("while a scene is on its way, the language changes at once") {
  Half played;
  g_scene->go_on();
  played.pass(16);
  played.stage.set_language("en");
  CHECK(played.stage.language() == "en");
  played.stage.set_whole();
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
}

TEST_CASE("a sheet asked for too early opens when it can be drawn") {
  Half played;
  g_scene->open_accessibility();
  for (int i = 0; i < 10; ++i) played.pass(16);
  CHECK(played.stage.describe().find("prefer-reduced_motion") == nullptr);
  played.stage.set_whole();
  played.pass(16);
  CHECK(played.stage.describe().find("prefer-reduced_motion") != nullptr);
}

TEST_CASE("of a scene and a sheet asked for too early, the newer wish alone comes true") {
  Half played;
  const auto is_described = [&](const char* id) {
    return played.stage.describe().find(id) != nullptr;
  };
  SECTION("the sheet") {
    g_scene->go_on();
    played.pass(16);
    g_scene->open_accessibility();
    played.pass(16);
    played.stage.set_whole();
    for (int i = 0; i < 100; ++i) played.pass(16);
    CHECK(played.stage.scene_id() == "first");
    CHECK(is_described("prefer-reduced_motion"));
    CHECK(g_made == 0);
  }
  SECTION("the scene") {
    g_scene->open_accessibility();
    played.pass(16);
    g_scene->go_on();
    played.pass(16);
    played.stage.set_whole();
    for (int i = 0; i < 100; ++i) played.pass(16);
    CHECK(played.stage.scene_id() == "second");
    CHECK_FALSE(is_described("prefer-reduced_motion"));
  }
  SECTION("another sheet") {
    g_scene->open_accessibility();
    g_scene->open_languages();
    played.stage.set_whole();
    for (int i = 0; i < 100; ++i) played.pass(16);
    CHECK(is_described("language-1"));
    CHECK_FALSE(is_described("prefer-reduced_motion"));
  }
}

TEST_CASE("nobody is asked and no session ends by time before the question can be shown") {
  Half played;
  played.tap({900, 900});
  played.taken();
  for (int minute = 0; minute < 10; ++minute) played.pass(60'000);
  CHECK(played.stage.session().engaged());
  CHECK(played.taken().empty());
  played.stage.set_whole();
  played.pass(24'000);
  CHECK(played.taken().empty());  // the full time from now on
  played.pass(1'100);
  CHECK(played.taken() == Types{"idle_warned"});
}

TEST_CASE("a campaign cannot begin with what is not there") {
  Half played;
  const campaign::Campaign late(one_scene("late"));
  CHECK_FALSE(played.stage.can_play(late));
  CHECK(played.stage.can_play(two_scenes()));
  played.stage.set_whole();
  CHECK(played.stage.can_play(late));
}

TEST_CASE("neither pictures nor staff reach what is not there") {
  Half played;
  CHECK_FALSE(played.stage.show_state("second", "rest"));
  played.stage.begin_cleaning();
  CHECK_FALSE(played.stage.is_cleaning());
  REQUIRE(played.stage.show_state("first", "rest"));
  CHECK_FALSE(played.stage.show_overlay("still-there"));
  CHECK(g_made == 0);
}
