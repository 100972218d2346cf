// SPDX-License-Identifier: MIT
#include "engine/campaign/campaign.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

#include "engine/campaign/language.h"
#include "engine/campaign/parse.h"

using namespace vitrine;
using namespace vitrine::campaign;

namespace {

const Campaign& sample() {
  static const Campaign campaign = [] {
    std::ifstream file("assets/campaigns/lip-popup/campaign.json", std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    CampaignResult result = parse_campaign(bytes, "campaign.json");
    REQUIRE(result.ok());
    return std::move(*result.campaign);
  }();
  return campaign;
}

std::string amount(int64_t minor, std::string_view currency) {
  return std::string(AmountText(minor, currency).view());
}

}  // namespace

TEST_CASE("texts come in the language asked for, or the nearest") {
  CHECK(sample().text("wall.title", "zh") == "选一支你的红");
  CHECK(sample().text("wall.title", "en") == "Choose your red");
  CHECK(sample().text("wall.title", "en-GB") == "Choose your red");
  CHECK(sample().text("wall.title", "fr") == "选一支你的红");
  CHECK(sample().text("wall.title", "") == "选一支你的红");
  CHECK(sample().nearest_language("zh-TW") == "zh");
}

TEST_CASE("what a page says before any scene plays has the first scene's prices in it") {
  CHECK(sample().text("page.title", "en") == "A ¥68 lipstick, yours for ¥5 today");
  // A scene's own words are filled in with the product it shows.
  CHECK(sample().text("wall.now", "en") == "¥{offer}");
  CHECK(sample().product_of(sample().start_scene())->id == "true-red");
  CampaignData data;
  data.languages = {"en"};
  data.default_language = "en";
  data.texts = {{"page.offer", {"<b>{offer}</b> of {price} {offers}"}},
                {"page.title", {"{offer}"}}};
  data.scenes = {{"first", "attract", {{"product", Value(std::string("gone"))}}}};
  data.start_scene = "first";
  CHECK(Campaign(data).text("page.title", "en") == "{offer}");
  CHECK(Campaign(data).product_of(data.scenes[0]) == nullptr);
  data.products.resize(1);
  data.products[0].price = {1980, -1, {'J', 'P', 'Y'}};
  CHECK(Campaign(data).text("page.offer", "en") == "<b>1980</b> of 1980 {offers}");
  data.products[0].price.offer = 450;
  CHECK(Campaign(data).text("page.offer", "en") == "<b>450</b> of 1980 {offers}");
}

TEST_CASE("an unknown text shows its key instead of nothing") {
  CHECK(sample().text("wall.titel", "zh") == "wall.titel");
  CHECK_FALSE(sample().has_text("wall.titel"));
}

TEST_CASE("colours are found by name and missing ones take the fallback") {
  CHECK(sample().color("cherry") == Color::rgb(0x7A0C2E));
  CHECK(sample().color("dim").a == Approx(0x8F / 255.0f));
  CHECK(sample().color("mauve") == Color{1, 0, 1, 1});
  CHECK(sample().color("mauve", Color::rgb(0)) == Color::rgb(0));
}

TEST_CASE("theme parts are found by name, null when absent") {
  REQUIRE(sample().silk("night") != nullptr);
  CHECK(sample().silk("night")->sheen == Color::rgb(0xA83048));
  CHECK(sample().silk("dawn") == nullptr);
  REQUIRE(sample().button("cream") != nullptr);
  CHECK(sample().button("cream")->text == sample().color("cherry"));
  REQUIRE(sample().ramp("gold") != nullptr);
  CHECK(sample().ramp("gold")->colors.size() == 7);
  REQUIRE(sample().shadow("button") != nullptr);
  CHECK(sample().shadow("button")->spread == -14);
}

TEST_CASE("products keep their order, price and art") {
  REQUIRE(sample().products().size() == 8);
  CHECK(sample().products()[7].id == "jujube");
  const Product* product = sample().product("true-red");
  REQUIRE(product != nullptr);
  CHECK(product->code == "SR-02");
  CHECK(sample().product_name(*product, "en") == "True Red");
  CHECK(product->price.amount == 6800);
  CHECK(product->price.offer == 500);
  CHECK(product->price.currency_code() == "CNY");
  REQUIRE(product->facts.size() == 2);
  CHECK(sample().text(product->facts[0].name_text, "en") == "Finish");
  CHECK(sample().text(product->facts[0].value_text, "en") == "Velvet");
  CHECK(product->art_path("smear") == "art/smear-02-true-red.svg");
  CHECK(product->art_path("sound").empty());
  CHECK(sample().product("nothing") == nullptr);
}

TEST_CASE("a scene's parameters come with the scene's own defaults") {
  CHECK(sample().start_scene().id == "attract");
  const Scene* attract = sample().scene("attract");
  REQUIRE(attract != nullptr);
  CHECK(attract->number("idle_seconds", 10) == 45);
  CHECK(attract->string("product") == "true-red");
  CHECK(attract->number("product", 3) == 3);  // another type is as absent
  CHECK(attract->boolean("loud", true));
  CHECK(attract->list("products").empty());
  const Scene* wall = sample().scene_of_kind("wall");
  REQUIRE(wall != nullptr);
  REQUIRE(wall->list("products").size() == 8);
  CHECK(wall->list("products")[1].string("") == "true-red");
  CHECK(sample().scene("nowhere") == nullptr);
}

TEST_CASE("amounts are written as people write them") {
  CHECK(amount(6800, "CNY") == "68");
  CHECK(amount(6850, "CNY") == "68.50");
  CHECK(amount(5, "CNY") == "0.05");
  CHECK(amount(0, "CNY") == "0");
  CHECK(amount(1280, "JPY") == "1280");
  CHECK(amount(1005, "KWD") == "1.005");
  CHECK(amount(1005, "LYD") == "1.005");
  CHECK(amount(1280, "PYG") == "1280");
  CHECK(amount(1'000'000'000'000, "CNY") == "10000000000");
  CHECK(amount(-150, "CNY") == "-1.50");
  CHECK(amount(-5, "CNY") == "-0.05");
  CHECK(amount(INT64_MIN, "JPY") == "-9223372036854775808");
}

TEST_CASE("a language is told by its tag's first part, whatever script and region follow") {
  for (const char* tag : {"zh", "zh-Hant", "zh-TW", "zh-Hant-TW"}) {
    CHECK(is_chinese(tag));
    CHECK(is_written_in_han(tag));
  }
  CHECK(is_written_in_han("ja-JP"));
  for (const char* tag : {"", "en", "en-GB", "zha", "jav", "z"}) {
    CHECK_FALSE(is_chinese(tag));
    CHECK_FALSE(is_written_in_han(tag));
  }
}
