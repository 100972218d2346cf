// SPDX-License-Identifier: MIT
// The numbers that stand for repeated texts (table `name`), with a memory in front.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/name_map.h"
#include "server/store/sqlite_db.h"

namespace vitrine {

class SqliteNames {
 public:
  // `db` outlives this.
  Status prepare(SqliteDb& db);

  // The number of `name`, made when it has none. Expects: inside a write transaction. False: the
  // database failed, db.status() says how.
  bool id(std::string_view name, int64_t& id);

  // To be called with the transaction's end: what a rolled back one made is forgotten.
  void committed() { fresh_.clear(); }
  void rolled_back();
  // Names were taken out of the table.
  void forget() { ids_.clear(); }

 private:
  // The memory is emptied at this size; the table is the truth.
  static constexpr size_t kRemembered = 20000;

  bool look_up(std::string_view name, int64_t& id);

  SqliteDb* db_ = nullptr;
  SqliteStatement find_, insert_;
  NameMap<int64_t> ids_;
  std::vector<std::string> fresh_;
};

}  // namespace vitrine
