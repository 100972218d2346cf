// SPDX-License-Identifier: MIT
// What docs/scenes.md walks through compiles, plays and is printed there as it is here.
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"
#include "tests/scenes/walkthrough_scene.inc"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr const char* kCampaign = "tests/scenes/walkthrough_campaign.json";
constexpr scene::SceneKind kKinds[] = {{"greeting", scenes::make_greeting}};

}  // namespace

#include "tests/scenes/walkthrough_case.inc"

TEST_CASE("the walk-through prints what is tested") {
  const std::string document = read_file("docs/scenes.md");
  for (const char* part :
       {"tests/scenes/walkthrough_scene.inc", kCampaign, "tests/scenes/walkthrough_case.inc"}) {
    INFO(part);
    const std::string code = read_file(part);
    REQUIRE_FALSE(code.empty());
    CHECK(document.find(code) != std::string::npos);
  }
}

TEST_CASE("the walk-through's scene fits every size in both of its states") {
  AppFixture fixture(kKinds);
  REQUIRE(fixture.app->show_campaign(read_file(kCampaign), "campaign.json").ok());
  for (const Size size : {Size{320, 568}, Size{390, 844}, Size{1080, 1920}, Size{1920, 1080}}) {
    fixture.resize(size);
    for (const char* state : {"rest", "answered"}) {
      REQUIRE(fixture.app->show_state("greeting", state));
      fixture.run(1);
      CHECK(fixture.shows("answer") == (std::string_view(state) == "answered"));
      const ui::SemanticNode* wave = fixture.app->semantics().find("wave");
      REQUIRE(wave);
      CHECK(wave->bounds.bottom() <= size.height);
      CHECK(wave->bounds.height >= 44);
    }
  }
}
