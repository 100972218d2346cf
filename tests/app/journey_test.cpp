// SPDX-License-Identifier: MIT
// The whole journey of a shopper, from attract by the button that leads on to the last scene the
// sample campaign has, and back again; by each way there is to use a screen.
#include <catch2/catch.hpp>

#include <functional>
#include <iterator>
#include <string>

#include "engine/base/json/json.h"
#include "tests/app/app_fixture.h"
#include "tests/fakes/fake_claims.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr Size kScreens[] = {{1080, 1920}, {1920, 1080}, {390, 844}};
// What leads on, from scene to scene.
constexpr std::string_view kLeadsOn[] = {"start", "open", "take"};

// Presses the control with this stable name; false when it cannot.
using Press = std::function<bool(AppFixture&, std::string_view)>;

std::string scene_of(const AppFixture& fixture) {
  const std::string text = fixture.app->statistics_json();
  JsonDocument statistics;
  statistics.parse(text);
  return std::string(statistics.root().find("scene").string().value_or(""));
}

bool by_touch(AppFixture& fixture, std::string_view name) {
  if (!fixture.shows(name)) return false;
  fixture.tap(fixture.middle_of(name));
  return true;
}

bool by_keyboard(AppFixture& fixture, std::string_view name) {
  for (size_t presses = 0; presses < 2 * fixture.app->semantics().size(); ++presses) {
    fixture.app->handle(app::Key::Tab);
    fixture.run(1);
    const ui::SemanticNode* node = fixture.app->semantics().find(name);
    if (node == nullptr) return false;
    if (!node->state.focused) continue;
    fixture.app->handle(app::Key::Enter);
    return true;
  }
  return false;
}

bool by_screen_reader(AppFixture& fixture, std::string_view name) {
  const ui::SemanticNode* node = fixture.app->semantics().find(name);
  return node != nullptr && fixture.app->activate(node->id);
}

bool has_focus(const AppFixture& fixture, std::string_view name) {
  const ui::SemanticNode* node = fixture.app->semantics().find(name);
  return node != nullptr && node->state.focused;
}

void press_switch(AppFixture& fixture, app::Key key) {
  fixture.app->handle(key);
  fixture.run(6);
  fixture.app->key_up(key);
  fixture.run(40);
}

// The only switch: waits for the focus, and says when asked that somebody is there.
bool by_one_switch(AppFixture& fixture, std::string_view name) {
  if (scene_of(fixture) == "attract") press_switch(fixture, app::Key::Space);  // wakes it
  for (int tenths = 0; tenths < 1200; ++tenths) {
    if (has_focus(fixture, "stay")) press_switch(fixture, app::Key::Space);
    if (has_focus(fixture, name)) {
      press_switch(fixture, app::Key::Space);
      return true;
    }
    fixture.run(1, 100);
  }
  return false;
}

bool by_two_switches(AppFixture& fixture, std::string_view name) {
  for (size_t presses = 0; presses < 2 * fixture.app->semantics().size(); ++presses) {
    press_switch(fixture, app::Key::Space);
    if (!has_focus(fixture, name)) continue;
    press_switch(fixture, app::Key::Enter);
    return true;
  }
  return false;
}

bool by_escape(AppFixture& fixture, std::string_view) {
  fixture.app->handle(app::Key::Escape);
  return true;
}

// Where the campaign leads from this scene; "" when it ends there.
std::string next_of(std::string_view scene) {
  const std::string text = sample_campaign();
  JsonDocument campaign;
  campaign.parse(text);
  JsonValue entry = campaign.root().find("scenes").first();
  while (entry.exists() && entry.find("id").string() != scene) entry = entry.next();
  return std::string(entry.find("parameters").find("next").string().value_or(""));
}

// Longer than any transition.
void settle(AppFixture& fixture) {
  fixture.run(100, 50);
}

size_t walk_on(AppFixture& fixture, const Press& press) {
  size_t steps = 0;
  for (const std::string_view button : kLeadsOn) {
    const std::string scene = scene_of(fixture), next = next_of(scene);
    if (next.empty()) break;
    INFO(button << " of " << scene);
    REQUIRE(press(fixture, button));
    settle(fixture);
    REQUIRE(scene_of(fixture) == next);
    ++steps;
  }
  return steps;
}

void walk_back(AppFixture& fixture, const Press& press) {
  for (int steps = 0; scene_of(fixture) != "attract"; ++steps) {
    INFO(scene_of(fixture));
    REQUIRE(steps < 10);
    REQUIRE(press(fixture, "back"));
    settle(fixture);
  }
}

void walk_there_and_back(const Press& press, const Press& press_back,
                         input::SwitchMode switches = input::SwitchMode::Off) {
  for (const Size screen : kScreens) {
    INFO(screen.width << "x" << screen.height);
    fakes::FakeClaims claims;
    app::AppOptions options;
    options.switches.mode = switches;
    options.claims = &claims;
    AppFixture fixture(options);
    fixture.resize(screen);
    REQUIRE(fixture.show_sample());
    fixture.run(2);
    const size_t steps = walk_on(fixture, press);
    CHECK(steps == std::size(kLeadsOn));
    walk_back(fixture, press_back);
    CHECK(fixture.shows("start"));
    CHECK(fixture.stored("session_started") == 1);
    CHECK(fixture.stored("scene_entered") >= static_cast<int>(2 + steps));
  }
}

}  // namespace

TEST_CASE("the journey there and back by touch") {
  walk_there_and_back(by_touch, by_touch);
}

TEST_CASE("the journey there and back by Tab and Enter alone") {
  walk_there_and_back(by_keyboard, by_keyboard);
}

TEST_CASE("the journey there by Tab and Enter, back by Escape") {
  walk_there_and_back(by_keyboard, by_escape);
}

TEST_CASE("the journey there and back as a screen reader presses") {
  walk_there_and_back(by_screen_reader, by_screen_reader);
}

TEST_CASE("the journey there and back by one switch alone") {
  walk_there_and_back(by_one_switch, by_one_switch, input::SwitchMode::One);
}

TEST_CASE("the journey there and back by two switches alone") {
  walk_there_and_back(by_two_switches, by_two_switches, input::SwitchMode::Two);
}

TEST_CASE("a focus that moves by itself is nobody: it begins no session and keeps none") {
  app::AppOptions options;
  options.switches.mode = input::SwitchMode::One;
  AppFixture fixture(options);
  REQUIRE(fixture.show_sample());
  fixture.run(600, 100);
  CHECK(fixture.app->session_id().is_none());
  REQUIRE(by_one_switch(fixture, "start"));
  settle(fixture);
  REQUIRE(scene_of(fixture) == "wall");
  fixture.run(800, 100);
  CHECK(scene_of(fixture) == "attract");
  CHECK(fixture.app->session_id().is_none());
  CHECK(fixture.stored("session_started") == 1);
}

TEST_CASE("a journey that nobody ends is ended by the clock") {
  fakes::FakeClaims claims;
  app::AppOptions options;
  options.claims = &claims;
  AppFixture fixture(options);
  REQUIRE(fixture.show_sample());
  fixture.run(2);
  walk_on(fixture, by_touch);
  fixture.run(70 * 5, 200);
  CHECK(scene_of(fixture) == "attract");
  CHECK(fixture.app->session_id().is_none());
  CHECK(fixture.stored("session_ended") == 1);
}
