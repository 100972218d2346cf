// SPDX-License-Identifier: MIT
#include "server/store/sqlite_names.h"

namespace vitrine {

Status SqliteNames::prepare(SqliteDb& db) {
  db_ = &db;
  Result<SqliteStatement> find = db.prepare("SELECT name_id FROM name WHERE name = ?1");
  if (!find.ok()) return find.status();
  Result<SqliteStatement> insert = db.prepare("INSERT INTO name (name) VALUES (?1)");
  if (!insert.ok()) return insert.status();
  find_ = std::move(find).value();
  insert_ = std::move(insert).value();
  return {};
}

bool SqliteNames::id(std::string_view name, int64_t& id) {
  const auto known = ids_.find(name);
  if (known != ids_.end()) {
    id = known->second;
    return true;
  }
  if (!look_up(name, id)) return false;
  if (ids_.size() >= kRemembered) ids_.clear();
  ids_.emplace(name, id);
  return true;
}

bool SqliteNames::look_up(std::string_view name, int64_t& id) {
  {
    const SqliteReset reset(find_);
    const SqliteStep result = find_.bind_text(1, name).step();
    if (result == SqliteStep::Row) id = find_.integer(0);
    if (result != SqliteStep::Done) return result == SqliteStep::Row;
  }
  if (!insert_.bind_text(1, name).run()) return false;
  fresh_.emplace_back(name);
  id = db_->last_insert_id();
  return true;
}

void SqliteNames::rolled_back() {
  for (const std::string& name : fresh_) ids_.erase(name);
  fresh_.clear();
}

}  // namespace vitrine
