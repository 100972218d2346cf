// SPDX-License-Identifier: MIT
// The least campaign that can be played, for a test to complete.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/campaign/campaign.h"

namespace vitrine::test {

// Its only scene has its kind for a name; the first language is the default.
inline campaign::CampaignData one_scene(std::string_view kind,
                                        std::vector<std::string> languages = {"en"}) {
  campaign::CampaignData data;
  data.id = "test";
  data.default_language = languages.front();
  data.brand.assign(languages.size(), "Sample");
  data.languages = std::move(languages);
  data.scenes.resize(1);
  data.scenes[0].id = data.scenes[0].kind = data.start_scene = kind;
  return data;
}

}  // namespace vitrine::test
