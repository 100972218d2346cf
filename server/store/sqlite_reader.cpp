// SPDX-License-Identifier: MIT
// Reading beside the writer. Every call is one short transaction: a reader that kept a snapshot
// open would keep the write-ahead log from ever starting over.
#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include "server/store/sqlite_db.h"
#include "server/store/sqlite_files.h"
#include "server/store/sqlite_rows.h"
#include "server/store/sqlite_store.h"

namespace vitrine {
namespace {

constexpr int kBusyTimeoutMs = 5000;

#define VITRINE_ROW_COLUMNS                                                                      \
  "SELECT r.position, s.device, s.incarnation, r.sequence, r.time, r.sent_time, "                \
  "r.received_time, r.mode, r.session, t.name, c.name, b.name, n.name, r.data "                  \
  "FROM interaction_row r JOIN stream s ON s.stream = r.stream JOIN name t ON t.name_id = "      \
  "r.type JOIN name c ON c.name_id = r.campaign JOIN name b ON b.name_id = r.brand JOIN name n " \
  "ON n.name_id = r.scene "

StoredRow row_of(const SqliteStatement& columns) {
  StoredRow row;
  row.position = static_cast<uint64_t>(columns.integer(0));
  row.device = columns.text(1);
  row.incarnation = id_of(columns.blob(2));
  read_row(columns, 3, row);
  return row;
}

class SqliteReader final : public StoreReader {
 public:
  Status open(const std::string& directory);

  Result<uint64_t> read_rows(uint64_t after, size_t limit, const ReadFilter& filter,
                             std::vector<StoredRow>& rows) override;
  Result<uint64_t> read_quarantine(uint64_t after, size_t limit,
                                   std::vector<StoredQuarantine>& rows) override;
  Result<uint64_t> read_losses(uint64_t after, size_t limit,
                               std::vector<StoredLoss>& losses) override;
  Status read_newest(size_t limit, std::vector<StoredRow>& rows) override;
  Result<StoreCounters> counters() override;
  Result<std::optional<StreamState>> find_stream(std::string_view device,
                                                 const Id128& incarnation) override;

 private:
  Result<uint64_t> last_in_window(uint64_t after, size_t limit);

  SqliteDb db_;
  SqliteStatement window_, rows_, quarantine_, losses_, newest_, counters_, streams_, find_stream_;
};

Status SqliteReader::open(const std::string& directory) {
  const std::string path = sqlite_store_path(directory);
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) {
    return {StatusCode::NotFound, directory + ": no such data directory"};
  }
  Status status = db_.open(path, SqliteOpen::ReadOnly, kBusyTimeoutMs);
  if (!status.ok()) {
    return {StatusCode::NotFound, path + ": no store can be read here: " + status.message()};
  }
  return db_.prepare_all({
      {window_,
       "SELECT max(position) FROM (SELECT position FROM interaction_row WHERE position > ?1 "
       "ORDER BY position LIMIT ?2)"},
      {rows_, VITRINE_ROW_COLUMNS
       "WHERE r.position > ?1 AND r.position <= ?2 AND r.received_time >= ?3 AND "
       "r.received_time < ?4 AND (?5 IS NULL OR r.campaign = (SELECT name_id FROM name WHERE name "
       "= ?5)) ORDER BY r.position"},
      {newest_, VITRINE_ROW_COLUMNS "ORDER BY r.position DESC LIMIT ?1"},
      {quarantine_,
       "SELECT q.position, s.device, s.incarnation, q.sequence, q.received_time, n.name, q.\"row\" "
       "FROM quarantine q JOIN stream s ON s.stream = q.stream JOIN name n ON n.name_id = q.reason "
       "WHERE q.position > ?1 ORDER BY q.position LIMIT ?2"},
      {losses_,
       "SELECT l.position, s.device, s.incarnation, l.first, l.last, l.received_time, n.name, "
       "l.count_by_type FROM loss l JOIN stream s ON s.stream = l.stream JOIN name n ON n.name_id "
       "= l.reason WHERE l.position > ?1 ORDER BY l.position LIMIT ?2"},
      {counters_,
       "SELECT c.kind, n.name, c.value FROM counter c LEFT JOIN name n ON n.name_id = c.name"},
      {streams_, "SELECT max(stream) FROM stream"},
      {find_stream_,
       "SELECT s.stream, m.mark FROM stream s JOIN mark m ON m.stream = s.stream "
       "WHERE s.device = ?1 AND s.incarnation = ?2"},
  });
}

// The window is cut before the filter, so that a rare campaign costs many short calls and not one
// endless one.
Result<uint64_t> SqliteReader::last_in_window(uint64_t after, size_t limit) {
  const SqliteReset reset(window_);
  window_.bind(1, static_cast<int64_t>(after)).bind(2, static_cast<int64_t>(limit));
  if (window_.step() != SqliteStep::Row) return db_.status("read rows");
  return window_.is_null(0) ? after : static_cast<uint64_t>(window_.integer(0));
}

Result<uint64_t> SqliteReader::read_rows(uint64_t after, size_t limit, const ReadFilter& filter,
                                         std::vector<StoredRow>& rows) {
  rows.clear();
  const Result<uint64_t> last = last_in_window(after, limit);
  if (!last.ok() || last.value() == after) return last;
  const SqliteReset reset(rows_);
  rows_.bind(1, static_cast<int64_t>(after)).bind(2, static_cast<int64_t>(last.value()));
  rows_.bind(3, filter.received_since.value_or(std::numeric_limits<int64_t>::min()));
  rows_.bind(4, filter.received_until.value_or(std::numeric_limits<int64_t>::max()));
  if (filter.campaign) {
    rows_.bind_text(5, *filter.campaign);
  } else {
    rows_.bind_null(5);
  }
  SqliteStep next = rows_.step();
  for (; next == SqliteStep::Row; next = rows_.step()) rows.push_back(row_of(rows_));
  if (next == SqliteStep::Error) return db_.status("read rows");
  return last;
}

Result<uint64_t> SqliteReader::read_quarantine(uint64_t after, size_t limit,
                                               std::vector<StoredQuarantine>& rows) {
  rows.clear();
  const SqliteReset reset(quarantine_);
  quarantine_.bind(1, static_cast<int64_t>(after)).bind(2, static_cast<int64_t>(limit));
  SqliteStep next = quarantine_.step();
  for (; next == SqliteStep::Row; next = quarantine_.step()) {
    rows.push_back({static_cast<uint64_t>(quarantine_.integer(0)), std::string(quarantine_.text(1)),
                    id_of(quarantine_.blob(2)), static_cast<uint64_t>(quarantine_.integer(3)),
                    quarantine_.integer(4), std::string(quarantine_.text(5)),
                    std::string(quarantine_.blob(6))});
  }
  if (next == SqliteStep::Error) return db_.status("read quarantine");
  return rows.empty() ? after : rows.back().position;
}

Result<uint64_t> SqliteReader::read_losses(uint64_t after, size_t limit,
                                           std::vector<StoredLoss>& losses) {
  losses.clear();
  const SqliteReset reset(losses_);
  losses_.bind(1, static_cast<int64_t>(after)).bind(2, static_cast<int64_t>(limit));
  SqliteStep next = losses_.step();
  for (; next == SqliteStep::Row; next = losses_.step()) {
    losses.push_back({static_cast<uint64_t>(losses_.integer(0)), std::string(losses_.text(1)),
                      id_of(losses_.blob(2)), static_cast<uint64_t>(losses_.integer(3)),
                      static_cast<uint64_t>(losses_.integer(4)), losses_.integer(5),
                      std::string(losses_.text(6)), std::string(losses_.text(7))});
  }
  if (next == SqliteStep::Error) return db_.status("read losses");
  return losses.empty() ? after : losses.back().position;
}

Status SqliteReader::read_newest(size_t limit, std::vector<StoredRow>& rows) {
  rows.clear();
  const SqliteReset reset(newest_);
  newest_.bind(1, static_cast<int64_t>(limit));
  SqliteStep next = newest_.step();
  for (; next == SqliteStep::Row; next = newest_.step()) rows.push_back(row_of(newest_));
  return next == SqliteStep::Error ? db_.status("read newest") : Status();
}

void add_counter(StoreCounters& counters, std::string_view kind, std::string name, uint64_t value) {
  if (kind == "rows") {
    counters.rows += value;
    counters.rows_by_type[std::move(name)] = value;
  } else if (kind == "quarantined") {
    counters.quarantined += value;
    counters.quarantined_by_reason[std::move(name)] = value;
  } else if (kind == "lost") {
    counters.lost += value;
    counters.lost_by_reason[std::move(name)] = value;
  } else if (kind == "retired") {
    counters.retired = value;
  }
}

Result<StoreCounters> SqliteReader::counters() {
  StoreCounters counters;
  {
    const SqliteReset reset(counters_);
    SqliteStep next = counters_.step();
    for (; next == SqliteStep::Row; next = counters_.step()) {
      add_counter(counters, counters_.text(0), std::string(counters_.text(1)),
                  static_cast<uint64_t>(counters_.integer(2)));
    }
    if (next == SqliteStep::Error) return db_.status("read counters");
  }
  const SqliteReset reset(streams_);
  if (streams_.step() != SqliteStep::Row) return db_.status("read counters");
  counters.streams = static_cast<uint64_t>(streams_.integer(0));
  return counters;
}

Result<std::optional<StreamState>> SqliteReader::find_stream(std::string_view device,
                                                             const Id128& incarnation) {
  const SqliteReset reset(find_stream_);
  find_stream_.bind_text(1, device);
  find_stream_.bind_blob(2, blob_of(incarnation));
  const SqliteStep found = find_stream_.step();
  if (found == SqliteStep::Error) return db_.status("find stream");
  if (found == SqliteStep::Done) return std::optional<StreamState>();
  return std::optional<StreamState>({static_cast<StreamNumber>(find_stream_.integer(0)),
                                     static_cast<uint64_t>(find_stream_.integer(1))});
}

}  // namespace

Result<std::unique_ptr<StoreReader>> open_sqlite_reader(const std::string& directory) {
  auto reader = std::make_unique<SqliteReader>();
  Status status = reader->open(directory);
  if (!status.ok()) return status;
  return std::unique_ptr<StoreReader>(std::move(reader));
}

}  // namespace vitrine
