// SPDX-License-Identifier: MIT
#include "server/store/sqlite_name_sweep.h"

#include <cstdlib>

namespace vitrine {
namespace {

// In one transaction; what is more waits for another round.
constexpr size_t kMostAtOnce = 10000;
constexpr int64_t kPauseMs = 24 * 60 * 60 * 1000;

}  // namespace

Status SqliteNameSweep::prepare(SqliteDb& db, SqliteNames& names) {
  db_ = &db;
  names_ = &names;
  return db.prepare_all({
      {rows_,
       "SELECT position, type, campaign, brand, scene FROM interaction_row WHERE position > ?1 "
       "ORDER BY position LIMIT ?2"},
      {others_,
       "SELECT name FROM counter UNION SELECT reason FROM quarantine "
       "UNION SELECT reason FROM loss"},
      {all_, "SELECT name_id FROM name"},
      {delete_, "DELETE FROM name WHERE name_id = ?1"},
  });
}

void SqliteNameSweep::begin(int64_t now_ms) {
  began_ms_ = now_ms;
  is_asked_ = false;
  is_looking_ = true;
  position_ = 0;
  used_.clear();
}

std::optional<size_t> SqliteNameSweep::step(int64_t now_ms, size_t max_items) {
  if (!is_looking_ && !is_asked_) return 0;
  // A clock that went back is no reason to wait for it.
  const bool is_early = began_ms_ && std::abs(now_ms - *began_ms_) < kPauseMs;
  if (!is_looking_ && is_early) return 0;
  if (!is_looking_) begin(now_ms);
  size_t looked_at = 0;
  if (!look_at_rows(max_items, looked_at)) return std::nullopt;
  if (looked_at == max_items) return looked_at;
  // Every row has been looked at, in this transaction also the newest.
  is_looking_ = false;
  if (!remove_unused()) return std::nullopt;
  return looked_at + 1;
}

bool SqliteNameSweep::look_at_rows(size_t max_items, size_t& looked_at) {
  const SqliteReset reset(rows_);
  rows_.bind(1, position_).bind(2, static_cast<int64_t>(max_items));
  for (;;) {
    const SqliteStep next = rows_.step();
    if (next != SqliteStep::Row) return next == SqliteStep::Done;
    position_ = rows_.integer(0);
    for (int column = 1; column <= 4; ++column) used_.insert(rows_.integer(column));
    ++looked_at;
  }
}

bool SqliteNameSweep::find_unused(std::vector<int64_t>& unused) {
  {
    const SqliteReset reset(others_);
    SqliteStep next = others_.step();
    for (; next == SqliteStep::Row; next = others_.step()) used_.insert(others_.integer(0));
    if (next == SqliteStep::Error) return false;
  }
  const SqliteReset reset(all_);
  SqliteStep next = all_.step();
  for (; next == SqliteStep::Row; next = all_.step()) {
    if (used_.count(all_.integer(0)) == 0) unused.push_back(all_.integer(0));
    if (unused.size() < kMostAtOnce) continue;
    is_asked_ = true;
    return true;
  }
  return next == SqliteStep::Done;
}

bool SqliteNameSweep::remove_unused() {
  std::vector<int64_t> unused;
  if (!find_unused(unused)) return false;
  used_.clear();
  names_->forget();
  for (const int64_t name : unused) {
    if (!delete_.bind(1, name).run()) return false;
  }
  return true;
}

}  // namespace vitrine
