// SPDX-License-Identifier: MIT
// Removes what is older than a policy allows, a few rows at a time. For every number of days a
// cursor walks the rows in durable order; it starts over when the policy changes, and once a
// quarter, so that rows received under a wrong clock are met again.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "server/store/sqlite_db.h"
#include "server/store/store.h"

namespace vitrine {

class SqliteRetention {
 public:
  Status prepare(SqliteDb& db);

  // Looks at up to `max_rows` rows inside the caller's write transaction; returns at how many.
  // nullopt: the database failed, db.status() says how.
  std::optional<size_t> step(SqliteDb& db, const RetentionPolicy& policy, int64_t now_ms,
                             size_t max_rows);
  // Whether rows were removed since this was last asked.
  bool take_removed() { return std::exchange(removed_, false); }

 private:
  // The campaigns that are kept equally long.
  struct Class {
    int days = 0;
    bool is_default = false;
    std::set<std::string> named;  // of the default class: the campaigns that are not in it
  };

  bool sweep(const Class& kept, int64_t now_ms, size_t max_rows, size_t& looked_at);
  bool load_cursor(const Class& kept, int64_t now_ms, int64_t& position);
  bool collect_ids(const Class& kept, std::set<int64_t>& ids);
  bool retire_quarantine(SqliteDb& db, int64_t cutoff, size_t max_rows, size_t& looked_at);
  bool count_retired(int64_t rows);

  SqliteStatement find_cursor_, save_cursor_, find_name_, scan_, delete_row_, add_retired_,
      delete_quarantine_;
  bool removed_ = false;
};

}  // namespace vitrine
