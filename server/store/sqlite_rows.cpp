// SPDX-License-Identifier: MIT
#include "server/store/sqlite_rows.h"

#include <string>

namespace vitrine {
namespace {

// Starting and ending a statement costs as much as a row or two: rows go in several at a time.
constexpr size_t kRowsAStatement = 16;
constexpr int kRowColumns = 14;

std::string insert_sql(size_t rows) {
  std::string sql =
      "INSERT INTO interaction_row (position, stream, sequence, time, sent_time, received_time, "
      "mode, session, type, campaign, brand, scene, data, back) VALUES ";
  for (size_t i = 0; i < rows; ++i) {
    sql += i == 0 ? "" : ", ";
    sql += "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  }
  return sql;
}

std::string_view bytes_of(const Id128& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

}  // namespace

bool SqliteRowNames::are_of(const RowToStore& row) const {
  return type != 0 && row.type == type_name_ && row.campaign == campaign_name_ &&
         row.brand == brand_name_ && row.scene == scene_name_;
}

bool SqliteRowNames::number(SqliteNames& names, const RowToStore& row) {
  if (are_of(row)) return true;
  *this = {};
  type_name_ = row.type;
  campaign_name_ = row.campaign;
  brand_name_ = row.brand;
  scene_name_ = row.scene;
  // The type last: it says whether all four are known.
  return names.id(row.campaign, campaign) && names.id(row.brand, brand) &&
         names.id(row.scene, scene) && names.id(row.type, type);
}

Status SqliteRows::prepare(SqliteDb& db, SqliteNames& names) {
  names_ = &names;
  Result<SqliteStatement> one = db.prepare(insert_sql(1));
  if (!one.ok()) return one.status();
  Result<SqliteStatement> many = db.prepare(insert_sql(kRowsAStatement));
  if (!many.ok()) return many.status();
  insert_one_ = std::move(one).value();
  insert_many_ = std::move(many).value();
  return {};
}

bool SqliteRows::write(const Group& group, std::vector<int64_t>& last_positions, int64_t& position,
                       CounterDeltas& deltas) {
  row_names_ = {};
  size_t left = group.rows.size();
  size_t place = 0;
  for (const RowToStore& row : group.rows) {
    const bool in_many = place > 0 || left >= kRowsAStatement;
    SqliteStatement& statement = in_many ? insert_many_ : insert_one_;
    int64_t& last = last_positions[row.update];
    ++position;
    if (!bind(statement, place, group, row, position, last == 0 ? 0 : position - last)) return false;
    last = position;
    deltas.add("rows", row_names_.type, 1);
    --left;
    place = in_many ? (place + 1) % kRowsAStatement : 0;
    if (place == 0 && !statement.run()) return false;
  }
  return true;
}

bool SqliteRows::bind(SqliteStatement& statement, size_t place, const Group& group,
                      const RowToStore& row, int64_t position, int64_t back) {
  if (!row_names_.number(*names_, row)) return false;
  const int before = static_cast<int>(place) * kRowColumns;
  statement.bind(before + 1, position)
      .bind(before + 2, group.streams[row.update].stream)
      .bind(before + 3, static_cast<int64_t>(row.sequence))
      .bind(before + 4, row.device_time)
      .bind(before + 5, row.sent_time)
      .bind(before + 6, row.received_time)
      .bind(before + 7, static_cast<int64_t>(row.mode))
      .bind_blob(before + 8, bytes_of(row.session))
      .bind(before + 9, row_names_.type)
      .bind(before + 10, row_names_.campaign)
      .bind(before + 11, row_names_.brand)
      .bind(before + 12, row_names_.scene)
      .bind_text(before + 13, row.data)
      .bind(before + 14, back);
  return true;
}

}  // namespace vitrine
