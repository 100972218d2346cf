// SPDX-License-Identifier: MIT
#include "server/store/sqlite_rows.h"

namespace vitrine {
namespace {

// The group being written, as a table to select from; in the order of Column.
constexpr char kArriving[] =
    "CREATE TABLE arriving (position, back, stream, sequence, time, sent_time, received_time, "
    "mode, session, type, campaign, brand, scene, data)";

enum Column : int {
  kPosition,
  kBack,
  kStream,
  kSequence,
  kTime,
  kSentTime,
  kReceivedTime,
  kMode,
  kSession,
  kType,
  kCampaign,
  kBrand,
  kScene,
  kData,
};

// OR FAIL: what fails is undone with the whole transaction, so SQLite need not be able to undo this
// statement by itself, for which it would copy every page that it touches.
constexpr char kInsert[] =
    "INSERT OR FAIL INTO interaction_row (position, back, stream, sequence, time, sent_time, "
    "received_time, mode, session, type, campaign, brand, scene, data) "
    "SELECT position, back, stream, sequence, time, sent_time, received_time, mode, session, type, "
    "campaign, brand, scene, data FROM arriving";

}  // namespace

void read_row(const SqliteStatement& columns, int first, StoredRow& row) {
  row.sequence = static_cast<uint64_t>(columns.integer(first));
  row.device_time = columns.integer(first + 1);
  row.sent_time = columns.integer(first + 2);
  row.received_time = columns.integer(first + 3);
  row.mode = static_cast<protocol::Mode>(columns.integer(first + 4));
  row.session = id_of(columns.blob(first + 5));
  row.type = columns.text(first + 6);
  row.campaign = columns.text(first + 7);
  row.brand = columns.text(first + 8);
  row.scene = columns.text(first + 9);
  row.data = columns.text(first + 10);
}

Status SqliteRows::prepare(SqliteDb& db, SqliteNames& names) {
  names_ = &names;
  Status status = db.attach_source("arriving", kArriving, *this);
  if (!status.ok()) return status;
  Result<SqliteStatement> insert = db.prepare(kInsert);
  if (!insert.ok()) return insert.status();
  insert_ = std::move(insert).value();
  return {};
}

// Names first: a new one is an INSERT of its own, which has no place inside of another.
bool SqliteRows::write(const Group& group, std::vector<int64_t>& last_positions, int64_t& position,
                       CounterDeltas& deltas) {
  places_.clear();
  const RowToStore* before = nullptr;
  SqliteRowNames names;
  for (const RowToStore& row : group.rows) {
    if (!number(row, before, names)) return false;
    before = &row;
    int64_t& last = last_positions[row.update];
    ++position;
    places_.push_back({position, last == 0 ? 0 : position - last, names});
    last = position;
    deltas.add("rows", names.type, 1);
  }
  if (places_.empty()) return true;
  group_ = &group;
  const bool stored = insert_.run();
  group_ = nullptr;
  return stored;
}

// Rows mostly have the names of the row before.
bool SqliteRows::number(const RowToStore& row, const RowToStore* before, SqliteRowNames& names) {
  const auto take = [&](std::string_view RowToStore::*name, int64_t& number) {
    return (before != nullptr && before->*name == row.*name) || names_->id(row.*name, number);
  };
  return take(&RowToStore::type, names.type) && take(&RowToStore::campaign, names.campaign) &&
         take(&RowToStore::brand, names.brand) && take(&RowToStore::scene, names.scene);
}

void SqliteRows::read(size_t index, int column, SqliteColumn out) const {
  const RowToStore& row = group_->rows[index];
  const Place& place = places_[index];
  switch (static_cast<Column>(column)) {
    case kPosition:
      return out.set(place.position);
    case kBack:
      return out.set(place.back);
    case kStream:
      return out.set(group_->streams[row.update].stream);
    case kSequence:
      return out.set(static_cast<int64_t>(row.sequence));
    case kTime:
      return out.set(row.device_time);
    case kSentTime:
      return out.set(row.sent_time);
    case kReceivedTime:
      return out.set(row.received_time);
    case kMode:
      return out.set(static_cast<int64_t>(row.mode));
    case kSession:
      return out.set_blob(blob_of(row.session));
    case kType:
      return out.set(place.names.type);
    case kCampaign:
      return out.set(place.names.campaign);
    case kBrand:
      return out.set(place.names.brand);
    case kScene:
      return out.set(place.names.scene);
    case kData:
      return out.set_text(row.data);
  }
}

}  // namespace vitrine
