// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "engine/gfx/renderer.h"
#include "engine/ui/widget.h"
#include "native/looks/look_rules.h"
#include "tests/fakes/gfx_seams.h"
#include "tests/fakes/small_campaign.h"

using namespace vitrine;
using namespace vitrine::looks;

namespace {

DrawnText text_at(std::string words, const Rect& bounds) {
  DrawnText text;
  text.words = std::move(words);
  text.style = {.size = bounds.height, .line_height = 1, .color = {}};
  text.size = bounds.height;
  text.bounds = bounds;
  text.clip = {0, 0, 1080, 1920};
  text.measure = {bounds.width, bounds.height, 1, false};
  return text;
}

struct Meter {
  test::FakeGlyphSource glyphs;
  test::FakeAssets assets;
  test::FakeImageDecoder decoder;
  test::FakeVectorRasterizer vectors;
  std::unique_ptr<gfx::Renderer> renderer =
      gfx::Renderer::create({glyphs, assets, decoder, vectors});
};

std::vector<Finding> cut(const DrawnText& text) {
  Meter meter;
  return find_cut_texts({text}, ui::metrics_for({1080, 1920}, {}), meter.renderer->canvas());
}

ui::SemanticNode& add(ui::SemanticTree& tree, const char* name, const Rect& bounds) {
  ui::SemanticNode& node = tree.add();
  node.id = ui::widget_id(name);
  node.name = node.label = name;
  node.bounds = bounds;
  node.activatable = true;
  return node;
}

std::vector<Finding> small(Size screen, const Rect& bounds, bool activatable = true) {
  ui::SemanticTree tree;
  tree.begin();
  add(tree, "start", bounds).activatable = activatable;
  tree.end();
  return find_small_targets(tree, ui::metrics_for(screen, {}));
}

campaign::Campaign campaign_with(std::vector<campaign::Text> texts) {
  campaign::CampaignData data = test::one_scene("s");
  data.texts = std::move(texts);
  return campaign::Campaign(std::move(data));
}

}  // namespace

TEST_CASE("words within the screen are fine, also right at its edge") {
  CHECK(cut(text_at("Start", {0, 0, 200, 40})).empty());
  CHECK(cut(text_at("Start", {880, 1880, 200, 40})).empty());
}

TEST_CASE("words that leave the screen or their clip are cut, by so much") {
  const auto beyond = cut(text_at("Start", {950, 100, 200, 40}));
  REQUIRE(beyond.size() == 1);
  CHECK(beyond[0].code == "text_cut");
  CHECK(beyond[0].message == "\"Start\" is cut by 64 points");
  DrawnText clipped = text_at("Start", {100, 100, 200, 40});
  clipped.clip = {0, 0, 200, 500};
  CHECK(cut(clipped).size() == 1);
}

TEST_CASE("an ellipsis is a cut") {
  DrawnText text = text_at("A long promise", {0, 0, 200, 40});
  text.measure.cut = true;
  const auto found = cut(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].is_words);
  CHECK(found[0].subject == "A long promise");
}

TEST_CASE("a Latin word broken inside is a cut; Chinese breaks anywhere") {
  DrawnText text = text_at("an unbreakable word", {0, 0, 100, 20});
  text.style.size = 20;
  text.max_width = 100;
  text.measure.lines = 3;
  REQUIRE(cut(text).size() == 1);
  CHECK(cut(text)[0].message.find("broken inside \"unbreakable\"") != std::string::npos);
  text.words = "一支口红今天五元带走";
  CHECK(cut(text).empty());
  text.words = "an easy word";
  CHECK(cut(text).empty());
}

TEST_CASE("a finger needs 44 points on a phone and 88 on a panel") {
  CHECK(small({390, 844}, {0, 0, 44, 44}).empty());
  CHECK(small({390, 844}, {0, 0, 40, 60}).size() == 1);
  CHECK(small({1080, 1920}, {0, 0, 88, 88}).empty());
  CHECK(small({1080, 1920}, {0, 0, 87, 300}).size() == 1);
  CHECK(small({390, 844}, {0, 0, 10, 10}, false).empty());
  // A tablet's points are smaller than scene units: 1080 of these are 768 of those.
  CHECK(small({768, 1024}, {0, 0, 62, 62}).empty());
  CHECK(small({768, 1024}, {0, 0, 60, 62}).size() == 1);
  // A panel of twice the size draws everything twice as large.
  CHECK(small({2160, 3840}, {0, 0, 44, 44}).empty());
}

TEST_CASE("a key that is shown itself is missing; words that look like one are not") {
  const campaign::Campaign campaign = campaign_with({{"wall.title", {"Choose"}}});
  ui::SemanticTree tree;
  tree.begin();
  add(tree, "hint", {}).label = "wall.hint";
  tree.end();
  const std::vector<DrawnText> texts = {text_at("wall.button", {}), text_at("Choose", {}),
                                        text_at("www", {}), text_at("U.S.", {}), text_at("5.", {})};
  const auto found = find_missing_texts(texts, tree, campaign);
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject == "wall.button");
  CHECK(found[1].subject == "wall.hint");
  CHECK(found[0].code == "missing_text");
}

TEST_CASE("what lies under an open sheet is no control until it closes") {
  ui::SemanticTree tree;
  tree.begin();
  add(tree, "back", {0, 1000, 88, 88});
  ui::SemanticNode& sheet = add(tree, "sheet", {0, 900, 1080, 1020});
  sheet.role = ui::Role::Dialog;
  sheet.state.modal = true;
  sheet.activatable = false;
  tree.open();
  add(tree, "close", {496, 920, 88, 88});
  tree.close();
  tree.end();
  const auto found = wordless_controls(tree, {}, ui::metrics_for({1080, 1920}, {}));
  REQUIRE(found.size() == 1);
  CHECK(found[0]->name == "close");
}

TEST_CASE("controls without words on them must be told apart by their shape") {
  ui::SemanticTree tree;
  tree.begin();
  add(tree, "back", {0, 0, 88, 88});
  add(tree, "start", {100, 1500, 800, 150});
  add(tree, "row", {0, 300, 1080, 900});
  add(tree, "off", {900, 0, 88, 88}).activatable = false;
  tree.end();
  const auto found = wordless_controls(tree, {text_at("Start", {300, 1550, 200, 50})},
                                       ui::metrics_for({1080, 1920}, {}));
  REQUIRE(found.size() == 1);
  CHECK(found[0]->name == "back");
}

TEST_CASE("words that stand in other words are told, once a pair, with how deep") {
  const ui::Metrics metrics = ui::metrics_for({1080, 1920}, {});
  const DrawnText code = text_at("SR-02 ・ Velvet", {64, 100, 400, 40});
  const auto crossed = [&](const Rect& bounds, float opacity = 1) {
    DrawnText price = text_at("68", bounds);
    price.opacity = opacity;
    return find_crossed_texts({code, price}, 0, metrics);
  };
  const std::vector<Finding> found = crossed({444, 104, 60, 40});
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "text_crossed");
  CHECK(found[0].subject == "68");
  CHECK(found[0].message.find("stands in \"SR-02 ・ Velvet\" by 20 points") != std::string::npos);
  CHECK(crossed({466, 104, 60, 40}).empty());                   // beside it
  CHECK(crossed({300, 136, 60, 40}).empty());                   // below it
  CHECK(crossed({444, 104, 60, 40}, 0.3f).empty());             // on its way
  CHECK(find_crossed_texts({code, code}, 1, metrics).empty());  // the other lies under an overlay
}
