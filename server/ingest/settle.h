// SPDX-License-Identifier: MIT
// The last steps of ingest, on the writer's thread: deduplicate and append. Pure: no clock, no
// thread, no disk; what it decides is put into a Group and takes effect when that was appended.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/ingest/batch.h"

namespace vitrine {

// How many of the last rows of a stream a resend is compared with.
constexpr size_t kComparedRows = 256;

// What the writer remembers of a stream.
struct StreamMemory {
  StreamNumber stream = 0;
  uint64_t mark = 0;
  // Hash of the row with sequence s at s % kComparedRows, for compared_from <= s <= mark. Empty
  // until the first row. 0 stands for "no row" (a loss).
  std::vector<uint64_t> hashes;
  uint64_t compared_from = 1;
  // This stream's place in the group being built; the writer resets it after every append.
  static constexpr uint32_t kNoUpdate = UINT32_MAX;
  uint32_t update = kNoUpdate;
};

enum class SettleKind : uint8_t { Settled, Gap };

struct SettleResult {
  SettleKind kind = SettleKind::Settled;
  uint64_t mark = 0;  // after the group is durable; on Gap the mark as it is
  uint32_t rows = 0;
  uint32_t quarantined = 0;
  uint64_t lost = 0;
  uint32_t duplicates = 0;
  uint32_t conflicts = 0;
  uint32_t uncompared = 0;
};

// Puts what of `batch` is new into `group` and moves `memory` forward as if the group were durable
// already: several batches of one stream may share a group. If the append fails, the caller forgets
// the memory of every stream in the group and reads the marks again. A batch with an undeclared gap
// adds nothing at all. `batch` must stay alive until the group was appended.
SettleResult settle_batch(const IngestBatch& batch, StreamMemory& memory, Group& group);

}  // namespace vitrine
