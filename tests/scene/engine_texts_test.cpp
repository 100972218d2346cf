// SPDX-License-Identifier: MIT
#include "engine/scene/engine_texts.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/fakes/small_campaign.h"

using namespace vitrine;
using namespace vitrine::scene;

namespace {

campaign::Campaign with_own_title() {
  campaign::CampaignData data = test::one_scene("only", {"zh", "fr"});
  data.texts.push_back({"idle.title", {"还在挑吗？", "Encore là ?"}});
  return campaign::Campaign(std::move(data));
}

}  // namespace

TEST_CASE("a campaign's own words come first, the engine's where it has none") {
  const campaign::Campaign campaign = with_own_title();
  CHECK(text_of(campaign, "idle.title", "fr") == "Encore là ?");
  CHECK(text_of(campaign, "idle.stay", "zh") == "我还在，接着看");
  CHECK(text_of(campaign, "idle.stay", "fr") == "I'm here, keep going");
  CHECK(text_of(campaign, "nobody.has_this", "zh") == "nobody.has_this");
}

TEST_CASE("every engine text is there in both languages, once") {
  std::set<std::string_view> keys;
  for (const EngineText& text : engine_texts()) {
    INFO(text.key);
    CHECK(keys.insert(text.key).second);
    CHECK_FALSE(text.chinese.empty());
    CHECK_FALSE(text.english.empty());
    CHECK((text.chinese.find("{seconds}") == std::string_view::npos) ==
          (text.english.find("{seconds}") == std::string_view::npos));
  }
}

TEST_CASE("seconds are filled in wherever a language puts them") {
  CHECK(with_seconds("还有 {seconds} 秒", 11) == "还有 11 秒");
  CHECK(with_seconds("{seconds} seconds left", 5) == "5 seconds left");
  CHECK(with_seconds("soon", 5) == "soon");
}
