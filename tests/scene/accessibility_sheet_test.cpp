// SPDX-License-Identifier: MIT
#include "engine/scene/accessibility_sheet.h"

#include <catch2/catch.hpp>

#include "tests/scene/stage_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

using ui::Preference;

namespace {

// With the sheet open, as by the button of a scene's top bar.
struct Opened : Played {
  Opened() {
    tap({900, 900});
    g_scene->open_accessibility();
    pass(16);
    pass(2'000);  // it has risen
    taken();
  }
  void switch_by_finger(std::string_view name) {
    tap(middle_of(name));
    pass(16);
  }
  ui::Toggle shown(std::string_view name) { return stage.describe().find(name)->state.checked; }
};

}  // namespace

TEST_CASE("a preference switched is at once in force, shown and recorded") {
  Opened opened;
  CHECK(opened.shown("prefer-reduced_motion") == ui::Toggle::Off);
  opened.switch_by_finger("prefer-reduced_motion");
  CHECK(opened.stage.preferences().has(Preference::ReducedMotion));
  CHECK(opened.shown("prefer-reduced_motion") == ui::Toggle::On);
  CHECK(g_log.back() == "layout zh still");
  CHECK(opened.taken() ==
        Types{"screen_touched", "screen_touched", "button_activated", "preference_changed"});
  opened.switch_by_finger("prefer-reduced_motion");
  CHECK_FALSE(opened.stage.preferences().has(Preference::ReducedMotion));
}

TEST_CASE("only what would change something here is offered") {
  Opened opened;
  CHECK(opened.stage.describe().find("prefer-large_text"));
  CHECK_FALSE(opened.stage.describe().find("prefer-reach"));
  CHECK_FALSE(opened.stage.activate(ui::widget_id("prefer-reach"), Entry::Semantic));
  opened.stage.set_offered(kAlwaysOffered.with(Preference::Reach, true));
  opened.stage.resize(ui::metrics_for({1080, 1920}, {}));
  CHECK(opened.stage.describe().find("prefer-reach"));
}

TEST_CASE("the sheet closes by its button, its grip, a tap beside it and by Escape") {
  for (int way = 0; way < 4; ++way) {
    Opened opened;
    REQUIRE(opened.stage.describe().find("accessibility-sheet"));
    if (way == 0) opened.tap(opened.middle_of("accessibility-done"));
    if (way == 1) opened.tap({540, 20});
    if (way == 2) opened.stage.back();
    if (way == 3) opened.tap(opened.middle_of("accessibility-close"));
    opened.pass(16);
    CHECK_FALSE(opened.stage.describe().find("accessibility-sheet"));
    CHECK(opened.stage.scene_id() == "first");
  }
}

TEST_CASE("a tap on the sheet itself changes and closes nothing") {
  Opened opened;
  const ui::Preferences before = opened.stage.preferences();
  opened.tap(opened.middle_of("accessibility-title"));
  opened.pass(16);
  CHECK(opened.stage.describe().find("accessibility-sheet"));
  CHECK(opened.stage.preferences() == before);
}

TEST_CASE("the sheet goes down with a finger that pulls it") {
  Opened opened;
  const Vec2 grip = opened.middle_of("accessibility-title");
  opened.stage.handle({1, PointerPhase::Down, grip, 0}, 0);
  for (int i = 1; i <= 10; ++i) {
    const Vec2 at = grip + Vec2{0, 60.0f * static_cast<float>(i)};
    opened.stage.handle({1, PointerPhase::Move, at, i * 16'000}, 0);
  }
  opened.stage.handle({1, PointerPhase::Up, grip + Vec2{0, 600}, 176'000}, 0);
  opened.pass(16);
  CHECK_FALSE(opened.stage.describe().find("accessibility-sheet"));
  opened.pass(2'000);
  CHECK(opened.stage.describe().find("next")->reachable);
}

TEST_CASE("by keyboard: into the sheet, switch, out of it, back to where one was") {
  Played played;
  played.stage.move_focus(+1);
  g_scene->open_accessibility();
  played.pass(16);
  CHECK(played.stage.describe().find("prefer-large_text")->state.focused);
  played.stage.move_focus(+1);
  played.stage.activate_focused();
  played.pass(16);
  CHECK(played.stage.preferences().has(Preference::HighContrast));
  played.stage.back();
  played.pass(16);
  CHECK(played.stage.describe().find("next")->state.focused);
}

TEST_CASE("the next shopper finds the screen as the device has it") {
  Opened opened;
  opened.switch_by_finger("prefer-high_contrast");
  opened.pass(25'000);
  // The question lies over the sheet.
  CHECK(opened.stage.describe().find("still-there")->reachable);
  CHECK_FALSE(opened.stage.describe().find("prefer-large_text")->reachable);
  opened.pass(20'000);
  CHECK_FALSE(opened.stage.session().engaged());
  CHECK(opened.stage.preferences() == ui::Preferences());
  CHECK_FALSE(opened.stage.describe().find("accessibility-sheet"));
}

TEST_CASE("what was switched in the frame that ended the session is not the next shopper's") {
  Opened opened;
  opened.tap(opened.middle_of("prefer-high_contrast"));
  g_scene->end_session();
  opened.pass(16);
  REQUIRE_FALSE(opened.stage.session().engaged());
  opened.pass(16);
  CHECK(opened.stage.preferences() == ui::Preferences());
}

TEST_CASE("what the device's owner chooses meanwhile waits for who chose otherwise") {
  const ui::Preferences still = ui::Preferences().with(Preference::ReducedMotion, true);
  Opened chose;
  chose.switch_by_finger("prefer-large_text");
  chose.stage.set_default_preferences(still);
  CHECK_FALSE(chose.stage.preferences().has(Preference::ReducedMotion));
  // Not even when it happens to be what they see.
  chose.stage.set_default_preferences(chose.stage.preferences());
  chose.stage.set_default_preferences(still);
  CHECK(chose.stage.preferences().has(Preference::LargeText));
  chose.pass(25'000);
  chose.pass(20'000);
  CHECK(chose.stage.preferences() == still);
  Played nobody;
  nobody.stage.set_default_preferences(still);
  CHECK(nobody.stage.preferences() == still);
}
