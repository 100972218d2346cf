// SPDX-License-Identifier: MIT
// The totals (table `counter`) that a group adds to. Private to the SQLite store.
#pragma once

#include <cstdint>
#include <vector>

#include "server/store/sqlite_db.h"

namespace vitrine {

// What a group adds to the totals; few different names, so a short list beats a map.
class CounterDeltas {
 public:
  void add(const char* kind, int64_t name, uint64_t by) {
    for (Delta& delta : deltas_) {
      if (delta.kind == kind && delta.name == name) {
        delta.by += by;
        return;
      }
    }
    deltas_.push_back({kind, name, by});
  }

  bool write(SqliteStatement& add_counter) {
    for (const Delta& delta : deltas_) {
      add_counter.bind_text(1, delta.kind).bind(2, delta.name);
      if (!add_counter.bind(3, static_cast<int64_t>(delta.by)).run()) return false;
    }
    return true;
  }

  void clear() { deltas_.clear(); }

 private:
  struct Delta {
    const char* kind;
    int64_t name;
    uint64_t by;
  };
  std::vector<Delta> deltas_;
};

}  // namespace vitrine
