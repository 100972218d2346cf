// SPDX-License-Identifier: MIT
// One interaction as a value, and the row that carries it.
//
// Scenes make the typed structs of vitrine::interactions and give them to the Recorder; this is
// what comes out at the other end, in the server, in tools and in tests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/id128.h"
#include "engine/base/json/json_writer.h"
#include "engine/protocol/dictionary.h"

namespace vitrine::protocol {

enum class Mode : uint8_t { Live, Rehearsal, Test };

std::string_view mode_name(Mode mode);  // "live", "rehearsal", "test"
std::optional<Mode> find_mode(std::string_view name);

// What many rows share. Views belong to whoever made the value.
struct RowContext {
  Id128 session = {};              // none: nobody is engaged
  std::string_view campaign = {};  // identifier, at most 64
  std::string_view brand = {};     // identifier or ""
  std::string_view scene = {};     // identifier or ""
  Mode mode = Mode::Live;

  friend bool operator==(const RowContext&, const RowContext&) = default;
};

// Views point into the text it was decoded from (data) and into the decoder's document (the rest).
struct Interaction {
  uint64_t sequence = 0;  // from 1, within an incarnation
  TypeId type{};
  int64_t time_ms = 0;  // the device's own clock, milliseconds since 1970 UTC
  RowContext context = {};
  std::string_view data = {};  // a JSON object that agrees with the dictionary, as it was written
};

// A row is one JSON object. Whole, it is context members, then own members:
//   {"session":…,"campaign":…,"brand":…,"scene":…,"mode":…,"type":…,"time":…,"data":{…}}
// An outbox stores whole rows; in a batch the context stands once and a row that differs overrides.

// Appends `"session":"…",…,"mode":"live"` without braces.
void append_context_members(std::string& out, const RowContext& context);
// Appends `"type":"…","time":…,"data":` without braces or the data.
void append_own_members(std::string& out, TypeId type, int64_t time_ms);

// FNV-1a, 64 bits, of what a row says, however it was abbreviated: context, type, time and data
// bytes, each followed by a line feed (docs/protocol.md, "Row hash"). Resends are compared by it.
uint64_t row_hash(const Interaction& row);

// The same for rows that mostly share their context and type, as those of one batch: what these add
// to the hash is kept. The texts of the row before must still be there.
class RowHasher {
 public:
  uint64_t hash(const Interaction& row);

 private:
  RowContext context_;
  TypeId type_{};
  uint64_t begun_ = 0;  // the hash after context and type; 0: of none yet
};

}  // namespace vitrine::protocol
