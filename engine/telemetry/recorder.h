// SPDX-License-Identifier: MIT
// What scenes call when something happened:
//
//   recorder.record(interactions::CardSelected{.product_id = "p3", .position = 2});
//
// The interaction is stamped with the device's clock and the context of the moment, copied into
// memory set aside at start, and that is all: no allocation, no waiting, no failure to handle. The
// Outbox takes it from there. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/id128.h"
#include "engine/base/json/json_writer.h"
#include "engine/protocol/dictionary.h"
#include "engine/protocol/interaction.h"

namespace vitrine::telemetry {

// Identifiers are checked when a campaign is parsed; expects them valid (docs/protocol.md).
struct RecordingContext {
  Id128 session = {};         // none: nobody is engaged
  std::string campaign = {};  // until one is accepted: "none"
  std::string brand = {};
  std::string scene = {};
  protocol::Mode mode = protocol::Mode::Live;
};

class Recorder {
 public:
  static constexpr size_t kDefaultCapacity = 256 * 1024;

  // `clock` outlives the recorder. `capacity` in bytes: about a thousand interactions between two
  // polls of the outbox.
  explicit Recorder(const Clock& clock, size_t capacity = kDefaultCapacity);

  // Applies to what is recorded from now on. May allocate; called on session and scene changes.
  void set_context(const RecordingContext& context);
  const RecordingContext& context() const { return context_; }

  template <typename Typed>
  void record(const Typed& interaction) {
    JsonWriter writer = begin(Typed::kType);
    interaction.append_properties(writer);
    end(Typed::kType);
  }

  // Everything recorded since start, and of these what did not fit because nobody took it away.
  uint64_t recorded() const { return recorded_; }
  uint64_t overflowed() const { return overflowed_; }

  // For the Outbox. A row in two halves, without braces.
  struct Row {
    protocol::TypeId type{};
    std::string_view context_members;  // "session":…,"mode":"live"
    std::string_view own_members;      // "type":…,"time":…,"data":{…}
  };
  // The oldest row not yet taken; false when there is none. The views live until pop().
  bool front(Row& row) const;
  void pop();

  // What did not fit since the last call, counted by type. All of it is younger than every row that
  // is still inside. Resets the counts.
  using Overflow = std::array<uint32_t, protocol::kTypeCount>;
  bool take_overflow(Overflow& counts);

 private:
  struct Header {
    uint16_t type = 0;
    uint16_t context_size = 0;
    uint32_t own_size = 0;
  };

  JsonWriter begin(protocol::TypeId type);
  void end(protocol::TypeId type);
  bool push(const Header& header);
  Header header_at(size_t offset) const;

  const Clock& clock_;
  RecordingContext context_;
  std::string context_members_;
  std::string scratch_;

  // Records lie one behind the other; one that would cross the end begins at 0 instead.
  std::vector<char> ring_;
  size_t head_ = 0, tail_ = 0, wrap_ = 0;  // wrap_: where the bytes before the jump to 0 end
  size_t rows_ = 0;

  uint64_t recorded_ = 0;
  uint64_t overflowed_ = 0;
  bool has_overflow_ = false;
  Overflow overflow_{};
};

}  // namespace vitrine::telemetry
