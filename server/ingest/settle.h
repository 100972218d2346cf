// SPDX-License-Identifier: MIT
// The last steps of ingest, on the writer's thread: deduplicate, and put what is new into the group
// to append. Pure: no clock, no thread, no disk. A stream's memory is a value; what is decided here
// takes effect when the group was appended.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/protocol/limits.h"
#include "server/ingest/batch.h"

namespace vitrine {

// What the writer remembers of a stream.
class StreamMemory {
 public:
  static constexpr uint32_t kNoUpdate = UINT32_MAX;

  StreamNumber stream = 0;
  uint64_t mark = 0;
  // This stream's place in the group being built; the writer resets it after every append.
  uint32_t update = kNoUpdate;
  // Whether the hashes of what was stored before this memory began are known, as far as they can
  // be.
  bool tail_known = false;

  // The hash of the row with that sequence; 0 when it is unknown, not a row, or too old.
  uint64_t hash_of(uint64_t sequence) const;
  // Expects: sequence <= mark.
  void remember(uint64_t sequence, uint64_t hash);
  // Moves the mark on; what lies between is unknown until remembered. Expects: not backwards.
  void advance(uint64_t new_mark);

 private:
  static constexpr size_t kSlots = protocol::kHashWindowRows;

  // Of sequence s at s % kSlots, for the last kSlots up to the mark. None until the first row.
  std::unique_ptr<std::array<uint64_t, kSlots>> hashes_;
};

enum class SettleKind : uint8_t { Settled, Gap };

struct SettleResult {
  SettleKind kind = SettleKind::Settled;
  uint64_t mark = 0;  // once the group is durable; on Gap the mark as it is
  uint32_t rows = 0;
  uint32_t quarantined = 0;
  uint64_t lost = 0;
  uint32_t duplicates = 0;  // rows that were settled before
  uint32_t conflicts = 0;   // of these: differ from what is stored
  uint32_t uncompared = 0;  // of these: too old to compare
};

// Puts what of `batch` is new into `group` and moves `memory` on as if the group were durable:
// several batches of one stream may share a group. If the append fails, the caller forgets the
// memory of every stream in the group. A batch that does not follow the mark adds nothing at all.
// `batch` must stay alive until the group was appended.
SettleResult settle_batch(const IngestBatch& batch, StreamMemory& memory, Group& group);

// The memories of the streams that are in use. Those not asked for in a long time are dropped: the
// store has the marks.
class StreamTable {
 public:
  // Between `capacity` and twice as many are kept.
  explicit StreamTable(size_t capacity) : capacity_(capacity) {}

  // Null when nothing is remembered. Pointers are valid until the next trim().
  StreamMemory* find(const std::string& device, const Id128& incarnation);
  // Expects: not there.
  StreamMemory& add(const std::string& device, const Id128& incarnation);
  void forget(const std::string& device, const Id128& incarnation);
  // Between groups.
  void trim();
  void clear();

 private:
  using Map = std::unordered_map<std::string, StreamMemory>;

  size_t capacity_;
  Map young_, old_;
};

}  // namespace vitrine
