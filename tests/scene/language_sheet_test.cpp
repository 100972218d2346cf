// SPDX-License-Identifier: MIT
#include "engine/scene/language_sheet.h"

#include <catch2/catch.hpp>

#include "tests/scene/stage_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

campaign::Campaign in_three_languages() {
  campaign::CampaignData data = one_scene("noting", {"zh", "en", "fr"});
  data.texts.push_back(
      {"language.switch", {"切换到中文", "Switch to English", "Passer au français"}});
  return campaign::Campaign(std::move(data));
}

struct Opened : Played {
  Opened() {
    stage.play(in_three_languages(), "");
    tap({900, 900});
    g_scene->open_languages();
    pass(16);
    pass(2'000);
    taken();
  }
  std::string label(std::string_view name) {
    const ui::SemanticNode* node = stage.describe().find(name);
    return node ? node->label : "";
  }
};

}  // namespace

TEST_CASE("every language says in its own words what it is, and the one shown is chosen") {
  Opened opened;
  CHECK(opened.label("language-1") == "切换到中文");
  CHECK(opened.label("language-2") == "Switch to English");
  CHECK(opened.label("language-3") == "Passer au français");
  CHECK(opened.label("language-4").empty());
  const ui::SemanticTree& tree = opened.stage.describe();
  CHECK(tree.find("language-1")->role == ui::Role::Radio);
  CHECK(tree.find("language-1")->state.checked == ui::Toggle::On);
  CHECK(tree.find("language-3")->state.checked == ui::Toggle::Off);
  CHECK_FALSE(tree.find("next")->reachable);
}

TEST_CASE("the language that is pressed is shown and recorded, and the list goes") {
  Opened opened;
  opened.tap(opened.middle_of("language-3"));
  opened.pass(16);
  CHECK(opened.stage.language() == "fr");
  CHECK(opened.taken() ==
        Types{"screen_touched", "screen_touched", "button_activated", "language_changed"});
  opened.pass(2'000);
  CHECK_FALSE(opened.stage.describe().find("language-sheet"));
  CHECK(opened.stage.describe().find("next")->reachable);
}

TEST_CASE("the language shown already, Escape and a tap beside the list change nothing") {
  for (int way = 0; way < 3; ++way) {
    Opened opened;
    if (way == 0) opened.tap(opened.middle_of("language-1"));
    if (way == 1) opened.stage.back();
    if (way == 2) opened.tap({540, 20});
    opened.pass(16);
    opened.pass(2'000);
    CHECK(opened.stage.language() == "zh");
    CHECK_FALSE(opened.stage.describe().find("language-sheet"));
    for (const std::string& type : opened.taken()) CHECK(type != "language_changed");
  }
}

TEST_CASE("the next shopper reads the device's own language") {
  Opened opened;
  opened.tap(opened.middle_of("language-2"));
  opened.pass(16);
  REQUIRE(opened.stage.language() == "en");
  opened.pass(25'000);
  opened.pass(20'000);
  CHECK(opened.stage.language() == "zh");
}
