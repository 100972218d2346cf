// SPDX-License-Identifier: MIT
#include "native/looks/campaign_places.h"

#include <utility>

#include "engine/campaign/format.h"

namespace vitrine::looks {
namespace {

// The length of the variable that `words` begin with, 0 when there is none.
size_t variable_at(std::string_view words) {
  if (!words.starts_with('{')) return 0;
  words.remove_prefix(1);
  for (const std::string_view name : campaign::kTextVariables) {
    if (words.starts_with(name) && words.substr(name.size()).starts_with('}')) {
      return name.size() + 2;
    }
  }
  return 0;
}

}  // namespace

bool comes_out_as(std::string_view words, std::string_view drawn) {
  while (!words.empty()) {
    if (words.front() == '~') {
      words.remove_prefix(1);
      continue;
    }
    if (const size_t length = variable_at(words)) {
      const std::string_view rest = words.substr(length);
      for (size_t taken = 1; taken <= drawn.size(); ++taken) {
        if (comes_out_as(rest, drawn.substr(taken))) return true;
      }
      return false;
    }
    if (drawn.empty() || drawn.front() != words.front()) return false;
    words.remove_prefix(1);
    drawn.remove_prefix(1);
  }
  return drawn.empty();
}

CampaignPlaces::CampaignPlaces(std::string_view json) {
  document_.parse(json);
}

Place CampaignPlaces::found(JsonValue value, std::string path) const {
  const JsonDocument::Position at = document_.position(value.key_offset());
  return {at.line, at.column, std::move(path)};
}

Place CampaignPlaces::of_words(std::string_view drawn, std::string_view language,
                               std::string_view kind) const {
  const std::string own = std::string(kind) + ".";
  for (const bool only_own : {true, false}) {
    JsonValue text = document_.root().find("texts").first();
    for (; text.exists(); text = text.next()) {
      if (only_own && !text.key().starts_with(own)) continue;
      const JsonValue words = text.find(language);
      if (!comes_out_as(words.string().value_or(""), drawn)) continue;
      return found(words, "texts." + std::string(text.key()) + "." + std::string(language));
    }
  }
  return {};
}

Place CampaignPlaces::of_scene(std::string_view scene_id) const {
  JsonValue scene = document_.root().find("scenes").first();
  for (; scene.exists(); scene = scene.next()) {
    if (scene.find("id").string() == scene_id) {
      return found(scene, "scenes[" + std::string(scene_id) + "]");
    }
  }
  return {};
}

}  // namespace vitrine::looks
