// SPDX-License-Identifier: MIT
// Removes the names that nothing refers to any more, a few rows at a time. There is no index that
// would tell, so all rows are looked through once; what uses a name meanwhile is met at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "server/store/sqlite_db.h"
#include "server/store/sqlite_names.h"

namespace vitrine {

class SqliteNameSweep {
 public:
  // Both outlive this.
  Status prepare(SqliteDb& db, SqliteNames& names);

  // Rows were removed: names may have become unused.
  void ask() { is_asked_ = true; }
  // Looks at up to `max_items` rows or names inside the caller's write transaction; returns at how
  // many: 0 when there is nothing to do. It begins once a day at most: where rows expire all the
  // time the whole table would be read all the time. nullopt: the database failed, its status()
  // says how.
  std::optional<size_t> step(int64_t now_ms, size_t max_items);

 private:
  void begin(int64_t now_ms);
  bool look_at_rows(size_t max_items, size_t& looked_at);
  bool find_unused(std::vector<int64_t>& unused);
  bool remove_unused();

  SqliteDb* db_ = nullptr;
  SqliteNames* names_ = nullptr;
  SqliteStatement rows_, others_, all_, delete_;
  bool is_asked_ = false;
  bool is_looking_ = false;
  std::optional<int64_t> began_ms_;
  int64_t position_ = 0;  // looked at through
  std::set<int64_t> used_;
};

}  // namespace vitrine
