// SPDX-License-Identifier: MIT
// Checks rows against the dictionary; the hot path of the server.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/json/json.h"
#include "engine/protocol/codes.h"
#include "engine/protocol/interaction.h"

namespace vitrine::protocol {

// A context as far as it has been read. One bit a field that is missing or wrong, so that a row can
// cure a bad common field by overriding it.
struct ContextFields {
  enum Bit : uint32_t {
    kSession = 1,
    kCampaign = 2,
    kBrand = 4,
    kScene = 8,
    kMode = 16,
    kOther = 32
  };

  RowContext context;
  uint32_t wrong = kCampaign | kMode;

  // The refusal of the first wrong field, nothing when all are right.
  std::optional<RowRefusal> refusal() const;
};

// Reads one member; false when `key` is not a context field.
bool read_context_member(std::string_view key, JsonValue value, ContextFields& fields);

// Reads one row whose context begins as `common`. `compacted` receives data that contains line
// breaks; it must have room for the whole frame so that views into it stay.
std::optional<RowRefusal> read_row(JsonValue row, const ContextFields& common,
                                   std::string& compacted, Interaction& out);

// Checks `data` against the dictionary's properties of `type`.
std::optional<RowRefusal> check_data(JsonValue data, const TypeInfo& type);

// `data` as it was written, on one line.
std::string_view one_line(std::string_view raw, std::string& compacted);

// 0..kMaxTimeMs.
std::optional<int64_t> read_time(JsonValue value);

}  // namespace vitrine::protocol
