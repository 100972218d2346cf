// SPDX-License-Identifier: MIT
// A driver that takes its context away while one scene gives way to the next: the picture comes
// back, the one that would have been there, and the shopper's session goes on.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "tests/app/app_fixture.h"
#include "tests/fakes/offscreen_context.h"
#include "tests/fakes/without_pixels.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr Size kSmall{135, 240};
constexpr int kFramesInto = 9, kFramesApart = 6;  // of 16 ms: before it is lost, and without it

struct Visit {
  AppFixture fixture;
  std::unique_ptr<OffscreenContext> context =
      OffscreenContext::create(static_cast<int>(kSmall.width), static_cast<int>(kSmall.height));

  Visit() {
    for (const auto& file : std::filesystem::directory_iterator("assets/campaigns/lip-popup/art")) {
      fixture.assets.files["art/" + file.path().filename().string()] = "100 100";
    }
    fixture.app->context_created();
    fixture.resize(kSmall);
    REQUIRE(fixture.show_sample());
    fixture.run(3);
  }

  // Nobody looks at these frames' pixels, which software takes long for.
  void run_unseen() {
    const WithoutPixels unseen;
    fixture.run(30, 100);
  }
  // Through the scenes by these buttons, the last of which begins a transition.
  void begin_transition(const std::vector<const char*>& buttons) {
    for (size_t i = 0; i < buttons.size(); ++i) {
      if (i > 0) run_unseen();
      fixture.tap(fixture.middle_of(buttons[i]));
    }
  }
  void lose_context() {
    fixture.app->context_lost();
    fixture.run(kFramesApart);
    context->replace();
    fixture.app->context_created();
  }
  // Once everything has come.
  std::vector<uint8_t> picture() {
    run_unseen();
    fixture.run(3);
    const Result<Image> image = fixture.app->read_pixels();
    REQUIRE(image.ok());
    return image.value().pixels;
  }
};

// The largest difference of one colour of one pixel.
int furthest_apart(const std::vector<uint8_t>& one, const std::vector<uint8_t>& other) {
  REQUIRE(one.size() == other.size());
  int most = 0;
  for (size_t i = 0; i < one.size(); ++i) most = std::max(most, std::abs(one[i] - other[i]));
  return most;
}

}  // namespace

TEST_CASE("a context lost in the middle of a transition changes nothing that comes after it") {
  const auto buttons = GENERATE(std::vector<const char*>{"start"},
                                std::vector<const char*>{"start", "open", "take"});
  INFO(buttons.back());
  std::vector<uint8_t> undisturbed;
  {
    Visit visit;
    REQUIRE(visit.context);
    visit.begin_transition(buttons);
    visit.fixture.run(kFramesInto + kFramesApart);
    undisturbed = visit.picture();
  }
  Visit visit;
  visit.begin_transition(buttons);
  visit.fixture.run(kFramesInto);
  visit.lose_context();
  // A scene whose drawings have to come again begins a moment later: its rays have turned less.
  CHECK(furthest_apart(visit.picture(), undisturbed) <= 8);
  CHECK(visit.fixture.stored("context_restored") == 1);
  CHECK(visit.fixture.stored("session_started") == 1);
  CHECK(visit.fixture.stored("session_ended") == 0);
}
