// SPDX-License-Identifier: MIT
// The campaign format as a table: every object, its keys, and every limit. The validator runs on
// it; tests hold assets/schema/campaign.schema.json and docs/campaign-format.md to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vitrine::campaign {

enum class KeyKind : uint8_t { String, Integer, Number, Boolean, Object, Array };

enum class Presence : uint8_t { Required, Optional };

struct KeyRule {
  std::string_view key;
  KeyKind kind;
  Presence presence;
};

struct ObjectRule {
  std::string_view name;  // the schema's $defs name
  std::span<const KeyRule> keys;
};

// Every object with fixed keys. Objects whose keys the campaign chooses (texts, colours, …) are not
// in the table.
std::span<const ObjectRule> campaign_objects();
// Expects: an object of that name is in the table.
const ObjectRule& object_rule(std::string_view name);

// What a scene parameter refers to, told by its key or the key's end: "title_text", "products".
enum class Reference : uint8_t { None, Text, Color, Silk, Background, Product, Scene, Art };

struct ParameterRule {
  std::string_view one;   // the key, or its end after "_": one string
  std::string_view many;  // the same for a list of strings; "" when there is none
  Reference reference;
};
std::span<const ParameterRule> parameter_rules();

struct ParameterMeaning {
  Reference reference = Reference::None;
  bool is_list = false;
};
ParameterMeaning parameter_meaning(std::string_view key);

// Numbers that mean the same in every kind of scene, and between which limits they are.
struct ParameterRange {
  std::string_view key;
  double least, most;
};
std::span<const ParameterRange> parameter_ranges();

// How long nobody may touch before a session ends, and how long before that the screen asks whether
// anybody is still there; seconds. WCAG 2.2.1 wants at least 20 for an answer, and it is asked only
// of people who were left in peace for a while.
inline constexpr double kIdleSeconds = 45;
inline constexpr double kWarningSeconds = 20;
inline constexpr double kLeastUndisturbedSeconds = 5;

// What scenes and overlays put into texts, in braces: "only {price}".
inline constexpr std::string_view kTextVariables[] = {"price", "offer", "saved", "seconds", "time",
                                                      "day",   "month", "date",  "age"};

// What is recorded before there is a campaign (docs/protocol.md): no campaign's id.
inline constexpr std::string_view kNoCampaign = "none";

// Kinds of scenes that people are led to by a code: to claim something, to a number in a line.
inline constexpr std::string_view kClaimKind = "claim", kQueueKind = "queue";

// The moving backgrounds of engine/gfx, in its order; a test holds the two together.
inline constexpr std::string_view kBackgrounds[] = {"silk", "plain", "aurora", "night"};

// How interactions may be marked; the words of docs/protocol.md.
inline constexpr std::string_view kModes[] = {"live", "rehearsal", "test"};

// Limits. Counts are the most that is accepted; lengths count characters, not bytes.
inline constexpr size_t kMaxFileBytes = 512 * 1024;
inline constexpr size_t kMaxProblems = 200;
inline constexpr size_t kMaxIdLength = 64;
inline constexpr size_t kMaxCodeLength = 32;
inline constexpr size_t kMaxPathLength = 128;
inline constexpr size_t kMaxTextLength = 500;
inline constexpr size_t kMaxStringLength = 200;   // brand, note, a parameter
inline constexpr size_t kMaxAddressLength = 200;  // what a code on screen holds
inline constexpr size_t kMaxLanguages = 8;
inline constexpr size_t kMaxTexts = 2000;
inline constexpr size_t kMaxProducts = 200;
inline constexpr size_t kMaxArt = 16;   // of one product
inline constexpr size_t kMaxFacts = 4;  // of one product
inline constexpr size_t kMaxScenes = 32;
inline constexpr size_t kMaxParameters = 64;  // of one scene
inline constexpr size_t kMaxListItems = 64;   // of one parameter
inline constexpr size_t kMaxColors = 64;
inline constexpr size_t kMaxStyles = 16;  // silk ramps, ramps, buttons, shadows: of each
inline constexpr size_t kMinStops = 2;
inline constexpr size_t kMaxStops = 16;
inline constexpr int64_t kMaxVersion = 1'000'000'000;
inline constexpr int64_t kMaxAmount = 1'000'000'000'000;
inline constexpr int64_t kMaxStock = 1'000'000'000;  // of one product
// How long a thing is kept for somebody who follows and pays, seconds; how long a voucher holds.
inline constexpr int64_t kLeastHoldSeconds = 30;
inline constexpr int64_t kMaxHoldSeconds = 900;
inline constexpr int64_t kMaxGuardianAge = 21;
inline constexpr int64_t kMaxValidHours = 8760;

}  // namespace vitrine::campaign
