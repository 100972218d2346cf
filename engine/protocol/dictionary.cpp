// SPDX-License-Identifier: MIT
#include "engine/protocol/dictionary.h"

#include <algorithm>
#include <array>

#include "engine/base/assert.h"

namespace vitrine::protocol {
namespace {

#include "engine/protocol/generated/dictionary_table.inc"

constexpr std::array<bool, 256> make_identifier_bytes() {
  std::array<bool, 256> allowed{};
  for (int c = '0'; c <= '9'; ++c) allowed[static_cast<size_t>(c)] = true;
  for (int c = 'a'; c <= 'z'; ++c) allowed[static_cast<size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) allowed[static_cast<size_t>(c)] = true;
  for (char c : {'.', '_', ':', '-'}) allowed[static_cast<size_t>(c)] = true;
  return allowed;
}

constexpr std::array<bool, 256> kIdentifierBytes = make_identifier_bytes();

}  // namespace

std::string_view funnel_stage_name(FunnelStage stage) {
  static constexpr std::string_view kNames[kFunnelStageCount] = {
      "none", "pass", "stop", "touch", "engage", "claim", "redeem", "join"};
  return kNames[static_cast<uint8_t>(stage)];
}

std::span<const TypeInfo> dictionary() {
  return kTypes;
}

const TypeInfo& type_info(TypeId id) {
  VITRINE_ASSERT(static_cast<uint16_t>(id) < kTypeCount);
  return kTypes[static_cast<uint16_t>(id)];
}

const TypeInfo* find_type(std::string_view name) {
  const auto* found = std::lower_bound(
      std::begin(kTypes), std::end(kTypes), name,
      [](const TypeInfo& type, std::string_view wanted) { return type.name < wanted; });
  return found != std::end(kTypes) && found->name == name ? found : nullptr;
}

bool is_identifier(std::string_view text, size_t max_length) {
  if (text.empty() || text.size() > max_length) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return kIdentifierBytes[static_cast<unsigned char>(c)]; });
}

}  // namespace vitrine::protocol
