// SPDX-License-Identifier: MIT
// A batch between the loop, which decodes it, and the writer, which settles it. Owns its bytes, so
// that it can cross threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/id128.h"
#include "server/store/store.h"

namespace vitrine {

// Keeps copies of texts at addresses that do not move. Movable; not thread-safe.
class TextArena {
 public:
  TextArena() = default;
  TextArena(TextArena&& other) noexcept { *this = std::move(other); }
  TextArena& operator=(TextArena&& other) noexcept {
    chunks_ = std::exchange(other.chunks_, {});
    free_ = std::exchange(other.free_, 0);
    next_ = std::exchange(other.next_, nullptr);
    bytes_ = std::exchange(other.bytes_, 0);
    return *this;
  }

  std::string_view keep(std::string_view text);
  // Room for so many bytes at once, when that is known; else it grows by itself.
  void reserve(size_t bytes);
  // Memory taken, used or not: what a queue's limit has to count.
  size_t bytes() const { return bytes_; }

 private:
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t free_ = 0;  // at the end of the last chunk
  char* next_ = nullptr;
  size_t bytes_ = 0;
};

// A row that goes to the store.
struct IngestRow {
  uint64_t sequence = 0;
  uint64_t hash = 0;  // protocol::row_hash, for comparing resends; never 0
  int64_t device_time = 0;
  protocol::Mode mode = protocol::Mode::Live;
  Id128 session;
  std::string_view type, campaign, brand, scene, data;
};

struct IngestRefusal {
  uint64_t sequence = 0;
  std::string_view reason;  // name of a protocol::RowRefusal
  std::string_view row;     // the bytes as they came, clipped
};

struct IngestLoss {
  uint64_t first = 0;
  uint64_t last = 0;
  std::string_view reason;
  std::string_view count_by_type;  // a JSON object
};

// Settles `first` to `last` without holes: every sequence is a row, a refusal or inside a loss.
struct IngestBatch {
  std::string device;
  Id128 incarnation;
  int64_t sent_time = 0;
  int64_t received_time = 0;
  uint64_t first = 1;
  uint64_t last = 0;
  std::vector<IngestRow> rows;         // ascending
  std::vector<IngestRefusal> refused;  // ascending
  std::vector<IngestLoss> losses;      // ascending
  TextArena text;

  size_t bytes() const {
    return text.bytes() + rows.size() * sizeof(IngestRow) + refused.size() * sizeof(IngestRefusal);
  }
};

}  // namespace vitrine
