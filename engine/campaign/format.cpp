// SPDX-License-Identifier: MIT
#include "engine/campaign/format.h"

#include "engine/base/assert.h"

namespace vitrine::campaign {
namespace {

using enum KeyKind;
using enum Presence;

constexpr KeyRule kCampaign[] = {
    {"$schema", String, Optional},
    {"note", String, Optional},
    {"id", String, Required},
    {"version", Integer, Required},
    {"brand", Object, Required},
    {"brand_id", String, Optional},
    {"address", String, Optional},
    {"languages", Array, Required},
    {"default_language", String, Optional},
    {"texts", Object, Required},
    {"theme", Object, Optional},
    {"products", Array, Optional},
    {"scenes", Array, Required},
    {"start", String, Optional},
    {"ends", String, Optional},
    {"modes", Array, Optional},
    {"claim", Object, Optional},
};
constexpr KeyRule kTheme[] = {
    {"note", String, Optional},    {"colors", Object, Optional}, {"background", String, Optional},
    {"silk", Object, Optional},    {"ramps", Object, Optional},  {"buttons", Object, Optional},
    {"shadows", Object, Optional}, {"type", Object, Optional},   {"kiosk", Object, Optional},
    {"phone", Object, Optional},   {"motion", Object, Optional},
};
constexpr KeyRule kSilk[] = {
    {"angle", Number, Optional},
    {"scale", Number, Optional},
    {"ramps", Object, Required},
};
constexpr KeyRule kButton[] = {
    {"gradient", Array, Required},
    {"middle_at", Number, Optional},
    {"text", String, Required},
};
constexpr KeyRule kShadow[] = {
    {"x", Number, Optional},      {"y", Number, Optional},     {"blur", Number, Optional},
    {"spread", Number, Optional}, {"color", String, Required},
};
constexpr KeyRule kType[] = {
    {"display_line", Number, Optional},
    {"text_line", Number, Optional},
};
constexpr KeyRule kSizeClass[] = {
    {"type", Array, Optional},    {"grid", Number, Optional},   {"margin", Number, Optional},
    {"target", Number, Optional}, {"radius", Object, Optional},
};
constexpr KeyRule kRadius[] = {
    {"chip", Number, Optional},
    {"card", Number, Optional},
    {"panel", Number, Optional},
    {"sheet", Number, Optional},
};
constexpr KeyRule kMotion[] = {
    {"press", Number, Optional},          {"out", Number, Optional},
    {"in_out", Number, Optional},         {"emphasised", Number, Optional},
    {"stagger", Number, Optional},        {"settle_response", Number, Optional},
    {"settle_damping", Number, Optional},
};
constexpr KeyRule kProduct[] = {
    {"note", String, Optional},      {"id", String, Required},    {"code", String, Required},
    {"name_text", String, Required}, {"shade", String, Required}, {"price", Object, Required},
    {"facts", Array, Optional},      {"art", Object, Optional},   {"stock", Integer, Optional},
};
constexpr KeyRule kFact[] = {
    {"name_text", String, Required},
    {"value_text", String, Required},
};
constexpr KeyRule kPrice[] = {
    {"amount", Integer, Required},
    {"offer", Integer, Optional},
    {"currency", String, Required},
};
constexpr KeyRule kClaim[] = {
    {"note", String, Optional},          {"hold_seconds", Integer, Optional},
    {"terms_version", String, Optional}, {"guardian_age", Integer, Optional},
    {"valid_hours", Integer, Optional},  {"provider", String, Optional},
    {"queue", Boolean, Optional},
};
constexpr KeyRule kScene[] = {
    {"note", String, Optional},
    {"id", String, Required},
    {"kind", String, Required},
    {"parameters", Object, Optional},
};

constexpr ObjectRule kObjects[] = {
    {"campaign", kCampaign},    {"theme", kTheme},   {"silk", kSilk},
    {"button", kButton},        {"shadow", kShadow}, {"type", kType},
    {"size_class", kSizeClass}, {"radius", kRadius}, {"motion", kMotion},
    {"product", kProduct},      {"fact", kFact},     {"price", kPrice},
    {"scene", kScene},          {"claim", kClaim},
};

constexpr ParameterRule kParameters[] = {
    {"text", "texts", Reference::Text},    {"color", "colors", Reference::Color},
    {"silk", "silks", Reference::Silk},    {"product", "products", Reference::Product},
    {"scene", "scenes", Reference::Scene}, {"art", "arts", Reference::Art},
    {"next", "", Reference::Scene},        {"back", "", Reference::Scene},
    {"first", "", Reference::Product},     {"background", "", Reference::Background},
};

constexpr ParameterRange kRanges[] = {
    {"idle_seconds", 25, 3600}, {"warning_seconds", 20, 120}, {"sound_volume", 0, 1},
    {"quiet_from", 0, 24},      {"quiet_until", 0, 24},       {"quiet_volume", 0, 1},
    {"open_from", 0, 24},       {"open_until", 0, 24},
};

// Whether `key` is `word` or ends with "_word". No key is or ends with "".
bool names(std::string_view key, std::string_view word) {
  if (word.empty() || !key.ends_with(word)) return false;
  return key.size() == word.size() || key[key.size() - word.size() - 1] == '_';
}

}  // namespace

std::span<const ObjectRule> campaign_objects() {
  return kObjects;
}

const ObjectRule& object_rule(std::string_view name) {
  for (const ObjectRule& rule : kObjects) {
    if (rule.name == name) return rule;
  }
  VITRINE_ASSERT(!"no such object in the campaign format");
  return kObjects[0];
}

std::span<const ParameterRule> parameter_rules() {
  return kParameters;
}

std::span<const ParameterRange> parameter_ranges() {
  return kRanges;
}

ParameterMeaning parameter_meaning(std::string_view key) {
  for (const ParameterRule& rule : kParameters) {
    if (names(key, rule.one)) return {rule.reference, false};
    if (names(key, rule.many)) return {rule.reference, true};
  }
  return {};
}

}  // namespace vitrine::campaign
