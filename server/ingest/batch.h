// SPDX-License-Identifier: MIT
// A batch between the loop, which decodes it, and the writer, which settles it. Owns its bytes, so
// that it can cross threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id128.h"
#include "server/store/store.h"

namespace vitrine {

// Keeps copies of texts at addresses that do not move. Movable; not thread-safe.
class TextArena {
 public:
  std::string_view keep(std::string_view text);
  size_t bytes() const { return bytes_; }

 private:
  static constexpr size_t kChunk = 16 * 1024;

  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t used_ = kChunk;  // of the last chunk
  size_t bytes_ = 0;
};

// One row of a batch. Its sequence is IngestBatch::first plus its index.
struct IngestRow {
  uint64_t hash = 0;            // of the row's bytes as they came, for comparing resends
  std::string_view quarantine;  // empty: good; else the reason's name
  std::string_view raw;         // the bytes as they came; only when quarantined
  // The rest only when good; see RowToStore.
  int64_t device_time = 0;
  InteractionMode mode = InteractionMode::Live;
  Id128 session;
  std::string_view type, campaign, brand, scene, data;
};

struct IngestLoss {
  uint64_t first = 0;
  uint64_t last = 0;
  std::string_view reason;
  std::string_view count_by_type;
};

// Losses and rows, together without holes between first() and last().
struct IngestBatch {
  std::string device;
  Id128 incarnation;
  int64_t sent_time = 0;
  int64_t received_time = 0;
  uint64_t first_row = 1;  // sequence of rows[0]
  std::vector<IngestRow> rows;
  std::vector<IngestLoss> losses;  // ascending, not overlapping the rows or each other
  TextArena text;

  size_t bytes() const { return text.bytes() + rows.size() * sizeof(IngestRow); }
};

}  // namespace vitrine
