// SPDX-License-Identifier: MIT
// Every scene in every state, at every size a screen may have, in both languages: nothing leaves
// the screen, every target is large enough for a finger, no two share a place.
#include <catch2/catch.hpp>

#include "engine/scene/overlay.h"
#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr Size kSizes[] = {{320, 568}, {360, 640},  {390, 844},   {430, 932},   {768, 1024},
                           {844, 390}, {1024, 768}, {1080, 1920}, {1920, 1080}, {2160, 3840}};

constexpr Size kOddSizes[] = {{1, 1},     {50, 50},     {200, 200},  {200, 260},  {260, 200},
                              {320, 320}, {60, 3000},   {3000, 60},  {200, 3000}, {8192, 200},
                              {900, 900}, {1000, 1010}, {4000, 4000}};

bool overlap(const Rect& a, const Rect& b) {
  const float slack = 1;
  return a.x + slack < b.right() && b.x + slack < a.right() && a.y + slack < b.bottom() &&
         b.y + slack < a.bottom();
}

void check_nodes(const ui::SemanticTree& tree, Size size) {
  for (size_t i = 0; i < tree.size(); ++i) {
    const ui::SemanticNode& node = tree[i];
    INFO(node.name << " at " << node.bounds.x << "," << node.bounds.y << " " << node.bounds.width
                   << "x" << node.bounds.height);
    CHECK_FALSE(node.label.empty());
    CHECK(node.bounds.x >= -0.5f);
    CHECK(node.bounds.y >= -0.5f);
    CHECK(node.bounds.right() <= size.width + 0.5f);
    CHECK(node.bounds.bottom() <= size.height + 0.5f);
    if (!node.can_focus()) continue;
    CHECK(node.bounds.width >= 43.5f);
    CHECK(node.bounds.height >= 43.5f);
    for (size_t k = i + 1; k < tree.size(); ++k) {
      INFO("against " << tree[k].name);
      if (tree[k].can_focus()) CHECK_FALSE(overlap(node.bounds, tree[k].bounds));
    }
  }
}

// Every state of every scene, and what lies over them.
void check_looks(AppFixture& fixture, Size size) {
  fixture.resize(size);
  for (const char* language : {"zh", "en"}) {
    fixture.app->set_language(language);
    for (const scene::SceneKind& kind : scenes::all_kinds()) {
      const auto specimen = kind.make();
      for (const std::string_view state : specimen->states()) {
        INFO(size.width << "x" << size.height << " " << language << " " << kind.name << " "
                        << state);
        REQUIRE(fixture.app->show_state(kind.name, state));
        fixture.run(1);
        check_nodes(fixture.app->semantics(), size);
      }
    }
    for (const std::string_view overlay : scene::overlay_names()) {
      INFO(size.width << "x" << size.height << " " << language << " overlay " << overlay);
      REQUIRE(fixture.app->show_state("wall", "first"));
      REQUIRE(fixture.app->show_overlay(overlay));
      fixture.run(1);
      check_nodes(fixture.app->semantics(), size);
    }
  }
}

}  // namespace

TEST_CASE("nothing is cut, too small or in another's place, at any size in any language") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  for (const Size size : kSizes) check_looks(fixture, size);
}

TEST_CASE("nor with large text") {
  app::AppOptions options;
  options.preferences.set(ui::Preference::LargeText, true);
  AppFixture fixture(options);
  REQUIRE(fixture.show_sample());
  for (const Size size : kSizes) check_looks(fixture, size);
}

TEST_CASE("nor in the part of a panel that is within reach") {
  // 43 and 55 inches upright, at 400, 700 and 900 mm.
  for (const ui::Panel& panel : {ui::Panel{941, 529, 400, 90}, ui::Panel{941, 529, 700, 90},
                                 ui::Panel{1210, 680, 700, 90}, ui::Panel{1210, 680, 900, 90}}) {
    for (const bool large : {false, true}) {
      app::AppOptions options;
      options.panel = panel;
      options.preferences.set(ui::Preference::Reach, true);
      options.preferences.set(ui::Preference::LargeText, large);
      AppFixture fixture(options);
      REQUIRE(fixture.show_sample());
      INFO(panel.width_mm << " mm at " << panel.bottom_edge_mm << " mm, large " << large);
      check_looks(fixture, {1080, 1920});
    }
  }
}

TEST_CASE("a screen that no scene was made for still shows every scene") {
  AppFixture fixture;
  REQUIRE(fixture.show_sample());
  for (const Size size : kOddSizes) {
    fixture.resize(size);
    for (const scene::SceneKind& kind : scenes::all_kinds()) {
      const auto specimen = kind.make();
      for (const std::string_view state : specimen->states()) {
        INFO(size.width << "x" << size.height << " " << kind.name << " " << state);
        REQUIRE(fixture.app->show_state(kind.name, state));
        fixture.run(1);
        CHECK(fixture.app->semantics().size() > 0);
      }
    }
    REQUIRE(fixture.app->show_state("wall", "first"));
    for (const std::string_view overlay : scene::overlay_names()) {
      INFO(size.width << "x" << size.height << " overlay " << overlay);
      REQUIRE(fixture.app->show_overlay(overlay));
      fixture.run(1);
    }
  }
}
