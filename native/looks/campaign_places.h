// SPDX-License-Identifier: MIT
// Where in campaign.json something stands that was seen on a screen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/json/json.h"

namespace vitrine::looks {

struct Place {
  uint32_t line = 1;
  uint32_t column = 1;
  std::string path;  // "texts.attract.step_1.en"; "" when it was not found
};

class CampaignPlaces {
 public:
  // `json` is the text of a campaign that parse_campaign() accepts; it outlives this.
  explicit CampaignPlaces(std::string_view json);

  // Of the words of `language` that come out as `drawn`: prices filled in, strikes gone. Keys that
  // begin with the scene's `kind` are looked through first.
  Place of_words(std::string_view drawn, std::string_view language, std::string_view kind) const;
  // Of a scene's entry.
  Place of_scene(std::string_view scene_id) const;

 private:
  Place found(JsonValue value, std::string path) const;

  JsonDocument document_;
};

// Whether words of a campaign come out as `drawn`: a variable stands for at least one character,
// ~ for none.
bool comes_out_as(std::string_view words, std::string_view drawn);

}  // namespace vitrine::looks
