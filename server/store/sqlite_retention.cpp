// SPDX-License-Identifier: MIT
#include "server/store/sqlite_retention.h"

#include <map>
#include <vector>

namespace vitrine {
namespace {

constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr int64_t kQuarterMs = 90 * kDayMs;

std::string policy_text(bool is_default, const std::set<std::string>& named, int64_t now_ms) {
  std::string text = is_default ? "all but" : "only";
  for (const std::string& name : named) text += " " + name;
  return text + " @" + std::to_string(now_ms / kQuarterMs);
}

}  // namespace

Status SqliteRetention::prepare(SqliteDb& db) {
  return db.prepare_all({
      {find_cursor_, "SELECT position FROM retention WHERE days = ?1 AND policy = ?2"},
      {save_cursor_,
       "INSERT INTO retention (days, position, policy) VALUES (?1, ?2, ?3) "
       "ON CONFLICT (days) DO UPDATE SET position = excluded.position, policy = excluded.policy"},
      {find_name_, "SELECT name_id FROM name WHERE name = ?1"},
      {scan_,
       "SELECT position, received_time, campaign FROM interaction_row WHERE position > ?1 "
       "ORDER BY position LIMIT ?2"},
      {delete_row_, "DELETE FROM interaction_row WHERE position = ?1"},
      {add_retired_,
       "INSERT INTO counter (kind, name, value) VALUES ('retired', 0, ?1) "
       "ON CONFLICT (kind, name) DO UPDATE SET value = value + excluded.value"},
      {delete_quarantine_,
       "DELETE FROM quarantine WHERE received_time < ?1 AND position IN "
       "(SELECT position FROM quarantine ORDER BY position LIMIT ?2)"},
  });
}

std::optional<size_t> SqliteRetention::step(SqliteDb& db, const RetentionPolicy& policy,
                                            int64_t now_ms, size_t max_rows) {
  std::map<int, Class> classes;
  Class& rest = classes[policy.default_days];
  rest.is_default = true;
  rest.days = policy.default_days;
  for (const auto& [campaign, days] : policy.days_by_campaign) {
    if (days == policy.default_days) continue;
    Class& kept = classes[days];
    kept.days = days;
    kept.named.insert(campaign);
    rest.named.insert(campaign);
  }
  size_t looked_at = 0;
  for (const auto& [days, kept] : classes) {
    if (looked_at >= max_rows) return looked_at;
    if (!sweep(kept, now_ms, max_rows - looked_at, looked_at)) return std::nullopt;
  }
  if (looked_at >= max_rows) return looked_at;
  const int64_t cutoff = now_ms - policy.default_days * kDayMs;
  if (!retire_quarantine(db, cutoff, max_rows - looked_at, looked_at)) return std::nullopt;
  return looked_at;
}

bool SqliteRetention::sweep(const Class& kept, int64_t now_ms, size_t max_rows, size_t& looked_at) {
  int64_t position = 0;
  std::set<int64_t> ids;
  if (!load_cursor(kept, now_ms, position) || !collect_ids(kept, ids)) return false;
  const int64_t start = position;
  const int64_t cutoff = now_ms - kept.days * kDayMs;
  std::vector<int64_t> expired;
  {
    const SqliteReset reset(scan_);
    scan_.bind(1, position).bind(2, static_cast<int64_t>(max_rows));
    for (;;) {
      const SqliteStep next = scan_.step();
      if (next == SqliteStep::Error) return false;
      if (next == SqliteStep::Done) break;
      const int64_t received = scan_.integer(1);
      // Rows behind this one are younger still. One from the future says nothing about them.
      if (received >= cutoff && received <= now_ms + kDayMs) break;
      position = scan_.integer(0);
      ++looked_at;
      const bool in_class = ids.count(scan_.integer(2)) != static_cast<size_t>(kept.is_default);
      if (received < cutoff && in_class) expired.push_back(position);
    }
  }
  if (position == start) return true;
  for (const int64_t row : expired) {
    if (!delete_row_.bind(1, row).run()) return false;
  }
  removed_ = removed_ || !expired.empty();
  if (!count_retired(static_cast<int64_t>(expired.size()))) return false;
  const std::string policy = policy_text(kept.is_default, kept.named, now_ms);
  return save_cursor_.bind(1, kept.days).bind(2, position).bind_text(3, policy).run();
}

bool SqliteRetention::load_cursor(const Class& kept, int64_t now_ms, int64_t& position) {
  const std::string policy = policy_text(kept.is_default, kept.named, now_ms);
  const SqliteReset reset(find_cursor_);
  const SqliteStep found = find_cursor_.bind(1, kept.days).bind_text(2, policy).step();
  position = found == SqliteStep::Row ? find_cursor_.integer(0) : 0;
  return found != SqliteStep::Error;
}

bool SqliteRetention::collect_ids(const Class& kept, std::set<int64_t>& ids) {
  for (const std::string& name : kept.named) {
    const SqliteReset reset(find_name_);
    const SqliteStep found = find_name_.bind_text(1, name).step();
    if (found == SqliteStep::Error) return false;
    if (found == SqliteStep::Row) ids.insert(find_name_.integer(0));
  }
  return true;
}

bool SqliteRetention::retire_quarantine(SqliteDb& db, int64_t cutoff, size_t max_rows,
                                        size_t& looked_at) {
  delete_quarantine_.bind(1, cutoff).bind(2, static_cast<int64_t>(max_rows));
  if (!delete_quarantine_.run()) return false;
  looked_at += static_cast<size_t>(db.changes());
  removed_ = removed_ || db.changes() > 0;
  return true;
}

bool SqliteRetention::count_retired(int64_t rows) {
  return rows == 0 || add_retired_.bind(1, rows).run();
}

}  // namespace vitrine
