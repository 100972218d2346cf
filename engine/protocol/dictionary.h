// SPDX-License-Identifier: MIT
// The data dictionary (assets/dictionary) as tables compiled into the program. What a row may hold
// is decided here and nowhere else; docs/dictionary.md is written from the same source.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/protocol/generated/interactions.h"

namespace vitrine::protocol {

enum class FunnelStage : uint8_t { None, Pass, Stop, Touch, Engage, Claim, Redeem, Join };
inline constexpr uint32_t kFunnelStageCount = 8;

std::string_view funnel_stage_name(FunnelStage stage);  // "none", "pass", ...

enum class PropertyKind : uint8_t { Integer, Number, Boolean, Enumerated, Identifier };

struct PropertyInfo {
  std::string_view name;
  PropertyKind kind;
  bool required;
  bool personal;                             // none is, a test says so
  double min, max;                           // Integer, Number
  uint16_t max_length;                       // Identifier, bytes
  std::span<const std::string_view> values;  // Enumerated
};

struct TypeInfo {
  TypeId id;
  std::string_view name;
  FunnelStage stage;
  std::span<const PropertyInfo> properties;  // at most 32
  uint32_t required;                         // one bit a property that must be there
  bool needed_for_claims;                    // a claim cannot be followed without it
};

// All types, ordered by name; index = TypeId.
std::span<const TypeInfo> dictionary();
const TypeInfo& type_info(TypeId id);
// Null when there is no such type.
const TypeInfo* find_type(std::string_view name);

// 1..max_length bytes of A-Z a-z 0-9 . _ : -
bool is_identifier(std::string_view text, size_t max_length);

}  // namespace vitrine::protocol
