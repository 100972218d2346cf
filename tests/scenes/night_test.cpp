// SPDX-License-Identifier: MIT
// What the start scene shows while the shop is closed.
#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int64_t kMidnightMs = 1767225600000;  // 2026-01-01, UTC
constexpr int64_t kHourMs = 3'600'000;

std::string with_hours(const std::string& hours) {
  std::string campaign = sample_campaign();
  const std::string_view next = "\"next\": \"wall\"";
  const size_t at = campaign.find(next);
  REQUIRE(at != campaign.npos);
  return campaign.insert(at, hours + ", ");
}

struct Shop : AppFixture {
  // Open from ten to ten, in a place eight hours ahead of UTC.
  explicit Shop(double hour, const std::string& hours = R"("open_from": 10, "open_until": 22)") {
    clock.utc_offset = 8 * 60;
    set_hour(hour);
    REQUIRE(app->show_campaign(with_hours(hours), "campaign.json").ok());
    run(100, 100);
  }
  void set_hour(double hour) {
    clock.set_wall_ms(kMidnightMs + static_cast<int64_t>((hour - 8) * kHourMs));
  }
  std::string line() const {
    const ui::SemanticNode* node = app->semantics().find("night-line");
    return node ? node->label : "";
  }
};

}  // namespace

TEST_CASE("while the shop is closed its window says when it opens, in the language shown") {
  Shop shop(23);
  CHECK(shop.line() == "10:00 见");
  CHECK_FALSE(shop.shows("headline-1"));
  shop.app->set_language("en");
  shop.run(2);
  CHECK(shop.line() == "See you at 10:00");
  CHECK(Shop(6, R"("open_from": 9.5, "open_until": 21)").line() == "9:30 见");
}

TEST_CASE("a touch wakes it: it leads on as by day, and the night comes back after the session") {
  Shop shop(23);
  shop.tap({540, 900});
  shop.run(60);
  CHECK(shop.app->statistics_json().find("\"scene\":\"wall\"") != std::string::npos);
  shop.run(60, 1000);
  REQUIRE(shop.app->session_id().is_none());
  CHECK(shop.line() == "10:00 见");
}

TEST_CASE("it gets light when the shop opens and dark when it closes, by itself") {
  Shop shop(9.99);
  CHECK(shop.line() == "10:00 见");
  shop.run(100, 1000);
  CHECK(shop.line().empty());
  CHECK(shop.shows("headline-1"));
  shop.set_hour(22.01);
  shop.run(100, 100);
  CHECK(shop.line() == "10:00 见");
}

TEST_CASE(
    "no night without opening hours, in a shop that never closes, on a clock nobody has set") {
  CHECK(Shop(3, R"("sound_volume": 0.5)").line().empty());
  CHECK(Shop(3, R"("open_from": 0, "open_until": 24)").line().empty());
  Shop unset(3);
  REQUIRE_FALSE(unset.line().empty());
  unset.clock.was_set = false;
  unset.run(100, 100);
  CHECK(unset.line().empty());
}

TEST_CASE("a closed shop's window has a code for phones where the campaign has an address") {
  Shop shop(23);
  REQUIRE(shop.shows("night-code"));
  CHECK(shop.app->semantics().find("night-code")->label == "https://vitrine.example/c/lip-popup");
  CHECK(shop.shows("night-scan"));
  // A phone need not scan itself.
  shop.resize({390, 844});
  shop.run(2);
  CHECK_FALSE(shop.shows("night-code"));
  shop.resize({1920, 1080});
  shop.set_hour(12);
  shop.run(100, 100);
  CHECK_FALSE(shop.shows("night-code"));
  std::string nowhere = with_hours(R"("open_from": 10, "open_until": 22)");
  nowhere.erase(nowhere.find("\"address\""),
                nowhere.find("\"languages\"") - nowhere.find("\"address\""));
  shop.set_hour(23);
  REQUIRE(shop.app->show_campaign(nowhere, "campaign.json").ok());
  shop.run(100, 100);
  CHECK_FALSE(shop.line().empty());
  CHECK_FALSE(shop.shows("night-code"));
}

TEST_CASE("who asked for less motion gets the night at once") {
  Shop shop(12);
  ui::Preferences preferences;
  preferences.set(ui::Preference::ReducedMotion, true);
  shop.app->set_preferences(preferences);
  shop.set_hour(23);
  shop.run(2);
  CHECK(shop.line() == "10:00 见");
}
