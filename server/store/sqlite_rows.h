// SPDX-License-Identifier: MIT
// Puts a group's rows into table `interaction_row`. Private to the SQLite store.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/store/sqlite_counters.h"
#include "server/store/sqlite_db.h"
#include "server/store/sqlite_names.h"
#include "server/store/store.h"

namespace vitrine {

// The numbers of a row's names. Rows mostly have those of the row before, so these are kept; only
// while one group is being written, because the texts are the group's.
struct SqliteRowNames {
  int64_t type = 0, campaign = 0, brand = 0, scene = 0;

  // As SqliteNames::id, for all four.
  bool number(SqliteNames& names, const RowToStore& row);

 private:
  bool are_of(const RowToStore& row) const;

  std::string_view type_name_, campaign_name_, brand_name_, scene_name_;
};

class SqliteRows {
 public:
  // Both outlive this.
  Status prepare(SqliteDb& db, SqliteNames& names);

  // `last_positions`: of each stream of the group, moved on; `position`: the last one taken, moved
  // on; `deltas`: what the totals grow by. Expects: inside a write transaction. False: the database
  // failed, its status() says how.
  bool write(const Group& group, std::vector<int64_t>& last_positions, int64_t& position,
             CounterDeltas& deltas);

 private:
  // As the `place`th row of the statement.
  bool bind(SqliteStatement& statement, size_t place, const Group& group, const RowToStore& row,
            int64_t position, int64_t back);

  SqliteNames* names_ = nullptr;
  SqliteStatement insert_one_, insert_many_;
  SqliteRowNames row_names_;
};

}  // namespace vitrine
