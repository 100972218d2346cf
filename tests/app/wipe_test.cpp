// SPDX-License-Identifier: MIT
// After a session every choice of every scene and overlay is as a fresh screen has it.
#include <catch2/catch.hpp>
#include <sstream>

#include "engine/base/json/json.h"
#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using input::PointerPhase;

namespace {

std::string described(const ui::SemanticTree& tree) {
  std::ostringstream text;
  for (size_t i = 0; i < tree.size(); ++i) {
    const ui::SemanticNode& node = tree[i];
    text << node.name << '|' << node.label << '|' << node.value << '|' << node.description << '|'
         << node.bounds.x << ',' << node.bounds.y << ',' << node.bounds.width << ','
         << node.bounds.height << '|' << node.state.selected << node.state.focused
         << node.state.disabled << static_cast<int>(node.state.checked) << '\n';
  }
  return text.str();
}

struct Shopper : AppFixture {
  Shopper() {
    REQUIRE(show_sample());
    run(2);
  }
  void press(std::string_view name, int frames = 60) {
    REQUIRE(shows(name));
    tap(middle_of(name));
    run(frames);
  }
  void drag(Vec2 from, Vec2 by) {
    send(7, PointerPhase::Down, from);
    for (int i = 1; i <= 10; ++i) {
      send(7, PointerPhase::Move, from + by * (0.1f * static_cast<float>(i)));
      run(1);
    }
    send(7, PointerPhase::Up, from + by);
    run(60);
  }
  void choose_preferences() {
    press("accessibility");
    for (const char* name :
         {"prefer-large_text", "prefer-high_contrast", "prefer-reduced_motion", "prefer-speech"}) {
      press(name, 20);
    }
    press("accessibility-done");
  }
  void be_louder() {
    for (int i = 0; i < 4; ++i) app->handle(app::Key::VolumeDown);
    app->handle(app::Key::Mute);
  }
  std::string statistic(const char* key) const {
    const std::string text = app->statistics_json();
    JsonDocument document;
    document.parse(text);
    const JsonValue value = document.root().find(key);
    if (const auto words = value.string()) return std::string(*words);
    return value.integer() ? std::to_string(*value.integer()) : "";
  }
  // Until the session is over; then as many frames as show that everything rests.
  void leave() {
    for (int i = 0; i < 60 * 20 && !app->session_id().is_none(); ++i) run(1, 50);
    REQUIRE(app->session_id().is_none());
    run(60);
  }
};

// Start, wall and product as this person finds them.
std::string walk(Shopper& shopper) {
  std::string seen = described(shopper.app->semantics());
  shopper.press("start");
  seen += described(shopper.app->semantics());
  shopper.press("open");
  shopper.run(120);
  return seen + described(shopper.app->semantics());
}

}  // namespace

TEST_CASE("the next shopper finds every scene as the first one did") {
  Shopper shopper;
  shopper.press("language");
  shopper.choose_preferences();
  shopper.be_louder();
  shopper.press("start");
  shopper.drag({540, 800}, {-300, 0});
  shopper.press("shade-5");
  shopper.press("open");
  shopper.drag({420, 800}, {110, 0});
  shopper.press("shade-8");
  shopper.app->handle(app::Key::Tab);
  shopper.run(1);
  shopper.leave();

  Shopper fresh;
  fresh.run(60);
  CHECK(shopper.statistic("language") == fresh.statistic("language"));
  CHECK(shopper.statistic("volume") == fresh.statistic("volume"));
  CHECK(shopper.statistic("scene") == fresh.statistic("scene"));
  CHECK(shopper.speech.said_now.empty());
  CHECK(walk(shopper) == walk(fresh));
}

TEST_CASE("choices made at the card of thanks end with its button") {
  Shopper shopper;
  shopper.press("start");
  shopper.press("open");
  shopper.press("shade-8");
  shopper.press("take", 240);
  shopper.press("done", 120);
  Shopper fresh;
  fresh.run(60);
  CHECK(walk(shopper) == walk(fresh));
}
