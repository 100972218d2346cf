// SPDX-License-Identifier: MIT
// Holds the published schema and the staff's document to the table the validator runs on.
#include "engine/campaign/format.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

#include "engine/base/json/json.h"
#include "engine/campaign/parse.h"

using namespace vitrine;
using namespace vitrine::campaign;

namespace {

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool lists(JsonValue array, std::string_view word) {
  for (JsonValue item = array.first(); item.exists(); item = item.next()) {
    if (item.string() == word) return true;
  }
  return false;
}

std::string_view schema_type(KeyKind kind) {
  switch (kind) {
    case KeyKind::String:
      return "string";
    case KeyKind::Integer:
      return "integer";
    case KeyKind::Number:
      return "number";
    case KeyKind::Boolean:
      return "boolean";
    case KeyKind::Object:
      return "object";
    case KeyKind::Array:
      return "array";
  }
  return "";
}

// Follows {"$ref": "#/$defs/NAME"} once.
JsonValue resolved(JsonValue root, JsonValue property) {
  const auto reference = property.find("$ref").string();
  if (!reference) return property;
  return root.find("$defs").find(reference->substr(std::string_view("#/$defs/").size()));
}

}  // namespace

TEST_CASE("the published schema has exactly the validator's keys, types and requirements") {
  const std::string text = read("assets/schema/campaign.schema.json");
  JsonDocument schema;
  REQUIRE(schema.parse(text));
  for (const ObjectRule& rule : campaign_objects()) {
    INFO(rule.name);
    const JsonValue object =
        rule.name == "campaign" ? schema.root() : schema.root().find("$defs").find(rule.name);
    REQUIRE(object.exists());
    const JsonValue properties = object.find("properties");
    CHECK(properties.size() == rule.keys.size());
    size_t required = 0;
    for (const KeyRule& key : rule.keys) {
      INFO(key.key);
      const JsonValue property = resolved(schema.root(), properties.find(key.key));
      CHECK(property.find("type").string() == schema_type(key.kind));
      CHECK(lists(object.find("required"), key.key) == (key.presence == Presence::Required));
      if (key.presence == Presence::Required) ++required;
    }
    CHECK(object.find("required").size() == required);
  }
}

TEST_CASE("the published schema has the validator's limits") {
  const std::string text = read("assets/schema/campaign.schema.json");
  JsonDocument schema;
  REQUIRE(schema.parse(text));
  const JsonValue root = schema.root();
  const JsonValue defs = root.find("$defs");
  const JsonValue properties = root.find("properties");
  auto limit = [](JsonValue value, std::string_view key) { return value.find(key).integer(); };
  CHECK(limit(properties.find("languages"), "maxItems") == int64_t{kMaxLanguages});
  CHECK(limit(properties.find("texts"), "maxProperties") == int64_t{kMaxTexts});
  CHECK(limit(properties.find("products"), "maxItems") == int64_t{kMaxProducts});
  CHECK(limit(properties.find("scenes"), "maxItems") == int64_t{kMaxScenes});
  CHECK(limit(properties.find("version"), "maximum") == kMaxVersion);
  CHECK(limit(defs.find("identifier"), "maxLength") == int64_t{kMaxIdLength});
  CHECK(limit(defs.find("words").find("additionalProperties"), "maxLength") ==
        int64_t{kMaxTextLength});
  CHECK(limit(defs.find("path"), "maxLength") == int64_t{kMaxPathLength});
  CHECK(limit(defs.find("product").find("properties").find("facts"), "maxItems") ==
        int64_t{kMaxFacts});
  CHECK(limit(defs.find("price").find("properties").find("amount"), "maximum") == kMaxAmount);
  CHECK(limit(defs.find("product").find("properties").find("stock"), "maximum") == kMaxStock);
  const JsonValue claim = defs.find("claim").find("properties");
  CHECK(limit(claim.find("hold_seconds"), "minimum") == kLeastHoldSeconds);
  CHECK(limit(claim.find("hold_seconds"), "maximum") == kMaxHoldSeconds);
  CHECK(limit(claim.find("guardian_age"), "maximum") == kMaxGuardianAge);
  CHECK(limit(claim.find("valid_hours"), "maximum") == kMaxValidHours);
  CHECK(limit(defs.find("scene").find("properties").find("parameters"), "maxProperties") ==
        int64_t{kMaxParameters});
  const JsonValue parameters = defs.find("scene").find("properties").find("parameters");
  for (const ParameterRange& range : parameter_ranges()) {
    INFO(range.key);
    const JsonValue published = parameters.find("properties").find(range.key);
    CHECK(published.find("minimum").number() == range.least);
    CHECK(published.find("maximum").number() == range.most);
  }
}

TEST_CASE("the document explains every key and every problem code") {
  const std::string text = read("docs/campaign-format.md");
  for (const ObjectRule& rule : campaign_objects()) {
    for (const KeyRule& key : rule.keys) {
      INFO(rule.name << "." << key.key);
      CHECK(text.find("`" + std::string(key.key) + "`") != std::string::npos);
    }
  }
  for (int code = 0; code <= static_cast<int>(ProblemCode::TooManyProblems); ++code) {
    const std::string name(problem_code_name(static_cast<ProblemCode>(code)));
    INFO(name);
    CHECK(name != "unknown");
    CHECK(text.find("`" + name + "`") != std::string::npos);
  }
}
