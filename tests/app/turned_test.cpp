// SPDX-License-Identifier: MIT
// A screen that is turned or resized in the middle of something, and one that is too small for what
// it shows: in the end everything is where it would have been, and every button can be had.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr Size kUpright{1080, 1920};
constexpr Size kLying{1920, 1080};

void rest(AppFixture& fixture) {
  fixture.run(200);
}

void activate(AppFixture& fixture, std::string_view name) {
  const ui::SemanticNode* node = fixture.app->semantics().find(name);
  INFO(name);
  REQUIRE(node);
  REQUIRE(fixture.app->activate(node->id));
}

// Name and place of all there is.
std::vector<std::string> places(const AppFixture& fixture) {
  std::vector<std::string> out;
  const ui::SemanticTree& tree = fixture.app->semantics();
  for (size_t i = 0; i < tree.size(); ++i) {
    const Rect& at = tree[i].bounds;
    out.push_back(tree[i].name + " " + std::to_string(int(at.x)) + "," + std::to_string(int(at.y)) +
                  " " + std::to_string(int(at.width)) + "x" + std::to_string(int(at.height)));
  }
  return out;
}

// The scene or sheet that `button` leads to, on a screen that is turned after so many frames.
std::vector<std::string> turned_after(int frames, Size before, Size after,
                                      std::string_view button) {
  AppFixture fixture;
  fixture.resize(before);
  REQUIRE(fixture.show_sample());
  rest(fixture);
  activate(fixture, button);
  fixture.run(frames);
  fixture.resize(after);
  rest(fixture);
  return places(fixture);
}

constexpr Size kSmall[] = {{200, 200}, {200, 260}, {260, 200}, {320, 320}, {4000, 300}, {300, 300}};

// Pushes what scrolls up by a finger until all of `name` is on screen.
bool scroll_to(AppFixture& fixture, Size size, std::string_view name) {
  for (int times = 0; times < 30; ++times) {
    const ui::SemanticNode* node = fixture.app->semantics().find(name);
    if (node && node->bounds.y >= 0 && node->bounds.bottom() <= size.height + 0.5f) return true;
    const Vec2 middle{size.width / 2, size.height * 0.6f};
    fixture.send(7, input::PointerPhase::Down, middle);
    for (int step = 1; step <= 5; ++step) {
      fixture.run(1);
      fixture.send(7, input::PointerPhase::Move, {middle.x, middle.y - 12.0f * float(step)});
    }
    fixture.run(10);
    fixture.send(7, input::PointerPhase::Up, {middle.x, middle.y - 60});
    fixture.run(20);
  }
  return false;
}

}  // namespace

TEST_CASE("a screen turned in the middle of a change rests as one that always hung so") {
  for (const std::string_view button : {"start", "accessibility"}) {
    for (const auto& [before, after] : {std::pair{kUpright, kLying}, std::pair{kLying, kUpright}}) {
      const std::vector<std::string> expected = turned_after(0, after, after, button);
      for (const int frames : {1, 12, 30}) {
        INFO(button << ", turned after " << frames << " frames");
        CHECK(turned_after(frames, before, after, button) == expected);
      }
    }
  }
}

TEST_CASE("the last button of the preferences can be had by a finger, however small the window") {
  for (const Size size : kSmall) {
    for (const bool large : {false, true}) {
      INFO(size.width << "x" << size.height << (large ? ", large text" : ""));
      AppFixture fixture;
      fixture.resize(size);
      REQUIRE(fixture.show_sample());
      rest(fixture);
      activate(fixture, "accessibility");
      rest(fixture);
      if (large && fixture.shows("prefer-large_text")) activate(fixture, "prefer-large_text");
      rest(fixture);
      REQUIRE(fixture.shows("accessibility-sheet"));
      CHECK(scroll_to(fixture, size, "accessibility-done"));
      fixture.tap(fixture.middle_of("accessibility-done"), 9);
      rest(fixture);
      CHECK_FALSE(fixture.shows("accessibility-sheet"));
    }
  }
}
