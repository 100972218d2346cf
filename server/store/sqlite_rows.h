// SPDX-License-Identifier: MIT
// Puts a group's rows into table `interaction_row`, and reads them back. Private to the SQLite
// store.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/store/sqlite_counters.h"
#include "server/store/sqlite_db.h"
#include "server/store/sqlite_db_source.h"
#include "server/store/sqlite_names.h"
#include "server/store/store.h"

namespace vitrine {

// The numbers of a row's names.
struct SqliteRowNames {
  int64_t type = 0, campaign = 0, brand = 0, scene = 0;
};

class SqliteRows final : private SqliteSource {
 public:
  // Both outlive this; this stays where it is.
  Status prepare(SqliteDb& db, SqliteNames& names);

  // `last_positions`: of each stream of the group, moved on; `position`: the last one taken, moved
  // on; `deltas`: what the totals grow by. Expects: inside a write transaction, which ends when
  // this fails. False: the database failed, its status() says how.
  bool write(const Group& group, std::vector<int64_t>& last_positions, int64_t& position,
             CounterDeltas& deltas);

 private:
  // What a row has beside what the group says of it.
  struct Place {
    int64_t position = 0;
    int64_t back = 0;
    SqliteRowNames names;
  };

  size_t rows() const override { return group_ == nullptr ? 0 : places_.size(); }
  void read(size_t row, int column, SqliteColumn out) const override;
  bool number(const RowToStore& row, const RowToStore* before, SqliteRowNames& names);

  SqliteNames* names_ = nullptr;
  SqliteStatement insert_;
  const Group* group_ = nullptr;  // while it is being written
  std::vector<Place> places_;     // of each row of the group
};

// What a row's query ends with: sequence, time, sent_time, received_time, mode, session, the names
// of type, campaign, brand and scene, data; from column `first` on.
void read_row(const SqliteStatement& columns, int first, StoredRow& row);

}  // namespace vitrine
