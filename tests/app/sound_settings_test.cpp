// SPDX-License-Identifier: MIT
#include "engine/app/sound_settings.h"

#include <catch2/catch.hpp>

#include "tests/fakes/small_campaign.h"

using namespace vitrine;

namespace {

campaign::Campaign with(std::vector<std::pair<std::string, double>> numbers) {
  campaign::CampaignData data = test::one_scene("start");
  for (auto& [key, value] : numbers) {
    data.scenes[0].parameters.push_back({key, campaign::Value(value)});
  }
  return campaign::Campaign(std::move(data));
}

}  // namespace

TEST_CASE("a campaign that says nothing has the engine's own volume and no quiet hours") {
  CHECK(app::sound_settings(with({}), {}) == audio::SoundSettings{});
}

TEST_CASE("volume and quiet hours are read from the start scene") {
  const audio::SoundSettings settings = app::sound_settings(with({{"sound_volume", 0.55},
                                                                  {"quiet_from", 21.5},
                                                                  {"quiet_until", 9},
                                                                  {"quiet_volume", 0.2}}),
                                                            {});
  CHECK(settings.volume == 55);
  CHECK(settings.quiet == audio::QuietHours{21 * 60 + 30, 9 * 60, 0.2f});
}

TEST_CASE("the device's own volume comes first, its silence too") {
  CHECK(app::sound_settings(with({{"sound_volume", 0.55}}), 30).volume == 30);
  CHECK(app::sound_settings(with({{"sound_volume", 0.55}}), 0).volume == 0);
}

TEST_CASE("from 0 to 24 it is always quiet") {
  const audio::SoundSettings settings =
      app::sound_settings(with({{"quiet_from", 0}, {"quiet_until", 24}}), {});
  for (const int minute : {0, 12 * 60, kMinutesOfDay - 1}) CHECK(settings.quiet.contain(minute));
}

TEST_CASE("midnight may be written as 24") {
  const audio::SoundSettings settings =
      app::sound_settings(with({{"quiet_from", 20}, {"quiet_until", 24}}), {});
  CHECK(settings.quiet.contain(23 * 60));
  CHECK_FALSE(settings.quiet.contain(0));
}
