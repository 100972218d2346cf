// SPDX-License-Identifier: MIT
// The way of a shopper through the sample campaign's scenes, and what is recorded of it.
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;
using input::PointerPhase;

namespace {

struct Shopper : AppFixture {
  Shopper() {
    REQUIRE(show_sample());
    run(2);
  }
  void go_to_product() {
    tap(middle_of("start"));
    run(60);
    tap(middle_of("open"));
    run(60);
    REQUIRE(shows("product-name"));
  }
  void drag(Vec2 from, Vec2 by) {
    send(7, PointerPhase::Down, from);
    for (int i = 1; i <= 10; ++i) {
      send(7, PointerPhase::Move, from + by * (0.1f * static_cast<float>(i)));
      run(1);
    }
    run(20);
    send(7, PointerPhase::Up, from + by);
    run(60);
  }
  std::string label_of(std::string_view name) {
    const ui::SemanticNode* node = app->semantics().find(name);
    return node ? node->label : std::string();
  }
};

}  // namespace

TEST_CASE("whoever cannot see the top bar is told whose screen and which shop it is") {
  Shopper shopper;
  CHECK(shopper.label_of("brand") == "SAMPLE ROUGE");
  CHECK(shopper.label_of("shop") == "样品演示店");
}

TEST_CASE("a price that was published is the one that title and every scene say") {
  AppFixture screen;
  std::string campaign = sample_campaign();
  for (size_t at = 0; (at = campaign.find("\"offer\": 500", at)) != std::string::npos; ++at) {
    campaign.replace(at, 12, "\"offer\": 450");
  }
  REQUIRE(screen.app->show_campaign(campaign, "campaign.json").ok());
  screen.run(2);
  CHECK(screen.app->title() == "68 元的口红，今天 4.50 元带走");
  const auto says = [&](std::string_view words) {
    const ui::SemanticTree& tree = screen.app->semantics();
    for (size_t i = 0; i < tree.size(); ++i) {
      if (tree[i].label.find(words) != std::string::npos) return true;
    }
    return false;
  };
  CHECK(says("今天 4.50 元带走"));
  CHECK(says("付 4.50 元"));
  CHECK_FALSE(says(" 5 元"));
  screen.tap(screen.middle_of("start"));
  screen.run(120);
  CHECK(says("4.50 元"));
  CHECK_FALSE(says(" 5 元"));
}

TEST_CASE("the product in the middle of the wall is the one that is opened") {
  Shopper shopper;
  shopper.tap(shopper.middle_of("start"));
  shopper.run(60);
  shopper.tap(shopper.middle_of("shade-7"));
  shopper.run(60);
  shopper.tap(shopper.middle_of("open"));
  shopper.run(60);
  CHECK(shopper.label_of("product-name") == "莓果冻");
  CHECK(shopper.app->semantics().find("shade-7")->state.selected);
  CHECK(shopper.stored_row("card_selected").find(R"("position":6)") != std::string::npos);
  CHECK(shopper.stored_row("product_viewed").find("berry-jelly") != std::string::npos);
  CHECK(shopper.stored_row("product_viewed").find(R"("scene":"product")") != std::string::npos);
}

TEST_CASE("whoever moves the row of shades by keys is told each product") {
  Shopper shopper;
  shopper.tap(shopper.middle_of("start"));
  shopper.run(60);
  const auto is_focused = [&] { return shopper.app->semantics().find("shades")->state.focused; };
  for (int i = 0; i < 40 && !is_focused(); ++i) {
    shopper.app->handle(app::Key::Tab);
    shopper.run(1);
  }
  REQUIRE(is_focused());
  const std::string before = shopper.label_of("product");
  shopper.app->handle(app::Key::Right);
  shopper.run(60);
  CHECK(shopper.label_of("product") != before);
  CHECK(ui::live_of(*shopper.app->semantics().find("product")) == ui::Live::Polite);
}

TEST_CASE("turning and twisting are recorded once they come to rest") {
  Shopper shopper;
  shopper.go_to_product();
  CHECK(shopper.shows("turn-hint"));
  shopper.drag({420, 800}, {110, 0});
  CHECK_FALSE(shopper.shows("turn-hint"));
  CHECK(shopper.stored_row("product_turned").find(R"("degrees":50)") != std::string::npos);
  shopper.tap({420, 800});
  shopper.run(120);
  CHECK(shopper.stored_row("product_twisted").find(R"("out_percent":0)") != std::string::npos);
  CHECK(shopper.stored("product_turned") == 1);
  CHECK(shopper.stored("product_twisted") == 1);
}

TEST_CASE("the price is struck and counted down once a visit") {
  Shopper shopper;
  shopper.go_to_product();
  shopper.run(120);
  CHECK(shopper.label_of("was") == "68 元");
  CHECK(shopper.label_of("now") == "5 元");
  CHECK(shopper.stored("price_revealed") == 1);
  CHECK(shopper.stored_row("price_revealed").find(R"("amount":6800,"offer":500)") !=
        std::string::npos);
  shopper.tap(shopper.middle_of("shade-4"));
  shopper.run(120);
  CHECK(shopper.stored("price_revealed") == 1);
}

TEST_CASE("another shade changes name, facts and what goes back to the wall, and is recorded") {
  Shopper shopper;
  shopper.go_to_product();
  CHECK(shopper.label_of("fact-1") == "质地: 丝绒");
  shopper.tap(shopper.middle_of("shade-6"));
  shopper.run(60);
  CHECK(shopper.label_of("product-name") == "蜜桃气泡");
  CHECK(shopper.label_of("fact-1") == "质地: 水光");
  CHECK(shopper.app->semantics().find("shade-6")->state.selected);
  const std::string row = shopper.stored_row("shade_chosen");
  CHECK(row.find(R"("product_id":"peach-fizz","from":"true-red","position":5)") !=
        std::string::npos);
  shopper.tap(shopper.middle_of("shade-6"));
  CHECK(shopper.stored("shade_chosen") == 1);
  shopper.tap(shopper.middle_of("back"));
  shopper.run(60);
  CHECK(shopper.app->semantics().find("shade-6")->state.selected);
  CHECK(shopper.label_of("product") == "蜜桃气泡");
  CHECK(shopper.stored_row("product_left").find("peach-fizz") != std::string::npos);
}

TEST_CASE("shades chosen faster than the lipstick can change end at the last one") {
  Shopper shopper;
  shopper.go_to_product();
  for (const char* shade : {"shade-1", "shade-8", "shade-3", "shade-5"}) {
    shopper.tap(shopper.middle_of(shade));
    shopper.run(3);
  }
  shopper.run(60);
  CHECK(shopper.label_of("product-name") == "裸茶");
  CHECK(shopper.stored("shade_chosen") == 4);
}

TEST_CASE("a product's screen without a way there falls back to what the campaign names") {
  Shopper shopper;
  REQUIRE(shopper.app->show_state("product", "rest"));
  shopper.run(1);
  CHECK(shopper.label_of("product-name") == "正红宣言");
  REQUIRE(shopper.app->show_state("product", "chosen_other"));
  shopper.run(1);
  CHECK(shopper.label_of("product-name") == "蜜桃气泡");
}

TEST_CASE("taking it shows the chosen shade's number, and done wipes everything") {
  Shopper shopper;
  shopper.go_to_product();
  shopper.tap(shopper.middle_of("shade-8"));
  shopper.run(60);
  shopper.tap(shopper.middle_of("take"));
  shopper.run(240);
  CHECK(shopper.label_of("number") == "SR-08");
  CHECK(shopper.label_of("chosen") == "枣泥");
  CHECK(shopper.stored_row("choice_shown").find("jujube") != std::string::npos);
  CHECK(shopper.stored("choice_shown") == 1);
  shopper.tap(shopper.middle_of("done"));
  shopper.run(60);
  CHECK(shopper.shows("start"));
  CHECK(shopper.stored_row("session_ended").find(R"("reason":"finished")") != std::string::npos);
  shopper.tap(shopper.middle_of("start"));
  shopper.run(60);
  CHECK(shopper.app->semantics().find("shade-2")->state.selected);
}

TEST_CASE("a choice is recorded once though frames come without any time between them") {
  Shopper shopper;
  shopper.go_to_product();
  shopper.tap(shopper.middle_of("take"));
  for (int i = 0; i < 120; ++i) {
    shopper.run(1);
    shopper.run(2, 0);
  }
  CHECK(shopper.shows("number"));
  CHECK(shopper.stored("choice_shown") == 1);
}

TEST_CASE("see another leads back to the wall with the same shade in the middle") {
  Shopper shopper;
  shopper.go_to_product();
  shopper.tap(shopper.middle_of("shade-3"));
  shopper.run(60);
  shopper.tap(shopper.middle_of("take"));
  shopper.run(240);
  shopper.tap(shopper.middle_of("again"));
  shopper.run(60);
  CHECK(shopper.app->semantics().find("shade-3")->state.selected);
  CHECK(shopper.shows("open"));
}

TEST_CASE("who goes on in the middle of the celebration interrupts nothing for the next one") {
  Shopper shopper;
  shopper.go_to_product();
  shopper.tap(shopper.middle_of("take"));
  shopper.run(45);  // the burst
  shopper.tap(shopper.middle_of("back"));
  shopper.run(60);
  CHECK(shopper.shows("open"));
  shopper.tap(shopper.middle_of("open"));
  shopper.run(60);
  CHECK(shopper.label_of("product-name") == "正红宣言");
  CHECK(shopper.stored("choice_shown") == 1);
}

TEST_CASE("a campaign without products is walked through, and nothing is told of a product") {
  constexpr std::string_view kEmpty = R"({
    "id": "empty", "version": 1, "brand": {"en": "Sample"}, "languages": ["en"], "texts": {},
    "scenes": [{"id": "wall", "kind": "wall", "parameters": {"next": "product"}},
               {"id": "product", "kind": "product", "parameters": {"next": "thanks"}},
               {"id": "thanks", "kind": "thanks", "parameters": {"back": "wall"}}]})";
  AppFixture fixture;
  REQUIRE(fixture.app->show_campaign(kEmpty, "campaign.json").ok());
  fixture.run(2);
  fixture.tap(fixture.middle_of("open"));
  fixture.run(60);
  fixture.tap(fixture.middle_of("take"));
  fixture.run(60);
  CHECK(fixture.stored("scene_entered") >= 3);
  for (const OutboxRow& row : fixture.store.disk.rows) {
    INFO(row.row);
    CHECK(row.row.find("product_id") == std::string::npos);
  }
}
