// SPDX-License-Identifier: MIT
#include "server/store/sqlite_store.h"

#include <utility>

#include "server/store/schema_sql.h"
#include "server/store/sqlite_counters.h"
#include "server/store/sqlite_db.h"
#include "server/store/sqlite_files.h"
#include "server/store/sqlite_name_sweep.h"
#include "server/store/sqlite_names.h"
#include "server/store/sqlite_retention.h"
#include "server/store/sqlite_rows.h"

namespace vitrine {
namespace {

constexpr int64_t kApplicationId = 1447642194;  // "VITR"
constexpr int64_t kSchemaVersion = 1;
// With pages of 8 KiB a group, whose rows follow each other, is half as many writes as with 4; with
// 16 it gains nothing more, and a single row costs more.
constexpr int kPageSize = 8192;
constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr int64_t kQuarantineRowBytes = 64;  // beside what was sent

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(SqliteStoreOptions options) : options_(std::move(options)) {}

  Status open();

  Status append(Group& group) override;
  Result<std::optional<StreamState>> find_stream(std::string_view device,
                                                 const Id128& incarnation) override;
  Status read_stream_tail(StreamNumber stream, size_t limit, std::vector<StoredRow>& rows) override;
  Result<size_t> retire(const RetentionPolicy& policy, int64_t now_ms, size_t max_rows) override;
  Result<std::unique_ptr<StoreReader>> open_reader() override;

 private:
  enum class Outcome { Ok, Failed, MarkMoved };

  Status prepare_statements();
  Outcome write_group(Group& group);
  bool number_stream(StreamUpdate& update);
  Outcome check_mark(const StreamUpdate& update, int64_t& last_position);
  bool create_stream(StreamUpdate& update);
  Status check_room() const;
  bool write_quarantined(const Group& group, const QuarantinedRow& row);
  bool is_kept(const QuarantinedRow& row);
  bool write_loss(const Group& group, const LossRange& loss);
  Status fail(Outcome outcome);

  SqliteStoreOptions options_;
  DirectoryLock lock_;
  DurableDatabase database_;  // before the statements: they are finalized first
  SqliteDb& db_ = database_.db();
  SqliteNames names_;
  SqliteRows rows_;
  SqliteRetention retention_;
  SqliteNameSweep name_sweep_;
  SqliteStatement find_stream_, insert_stream_, insert_mark_, read_mark_, move_mark_, read_row_,
      insert_quarantined_, insert_loss_, add_counter_;
  CounterDeltas deltas_;
  std::vector<int64_t> last_positions_;  // of each stream of the group being written
  std::vector<size_t> looked_up_;  // streams of the group being written that came without number
  // The last row's position is also the number of rows ever appended: positions never repeat, even
  // when retention has emptied the table.
  int64_t last_position_ = 0;
  int64_t next_position_ = 0;  // while a group is being written
  int64_t quarantine_day_ = 0;
  int64_t quarantine_bytes_ = 0;  // that day, kept or not
};

Status SqliteStore::open() {
  Status status = make_data_directory(options_.directory);
  if (!status.ok()) return status;
  Result<DirectoryLock> lock = DirectoryLock::take(options_.directory);
  if (!lock.ok()) return lock.status();
  lock_ = std::move(lock).value();
  status = database_.open({sqlite_store_path(options_.directory), options_.checkpoints,
                           options_.checkpoint_pages, kPageSize, options_.on_disk_error},
                          kStoreSchema, kApplicationId, kSchemaVersion);
  if (!status.ok()) return status;
  const Result<int64_t> rows =
      db_.query_integer("SELECT sum(value) FROM counter WHERE kind = 'rows'");
  if (!rows.ok()) return rows.status();
  last_position_ = rows.value();
  status = prepare_statements();
  if (status.ok()) status = names_.prepare(db_);
  if (status.ok()) status = rows_.prepare(db_, names_);
  if (status.ok()) status = retention_.prepare(db_);
  if (status.ok()) status = name_sweep_.prepare(db_, names_);
  return status;
}

Status SqliteStore::prepare_statements() {
  return db_.prepare_all({
      {find_stream_,
       "SELECT s.stream, m.mark FROM stream s JOIN mark m ON m.stream = s.stream "
       "WHERE s.device = ?1 AND s.incarnation = ?2"},
      {insert_stream_, "INSERT INTO stream (device, incarnation) VALUES (?1, ?2)"},
      {insert_mark_, "INSERT INTO mark (stream, mark, last_position) VALUES (?1, 0, 0)"},
      {read_mark_, "SELECT mark, last_position FROM mark WHERE stream = ?1"},
      {move_mark_, "UPDATE mark SET mark = ?2, last_position = ?3 WHERE stream = ?1"},
      {read_row_,
       "SELECT r.sequence, r.time, r.sent_time, r.received_time, r.mode, r.session, t.name, "
       "c.name, b.name, n.name, r.data, r.back FROM interaction_row r "
       "JOIN name t ON t.name_id = r.type JOIN name c ON c.name_id = r.campaign "
       "JOIN name b ON b.name_id = r.brand JOIN name n ON n.name_id = r.scene "
       "WHERE r.position = ?1 AND r.stream = ?2"},
      {insert_quarantined_,
       "INSERT INTO quarantine (stream, sequence, received_time, reason, \"row\") "
       "VALUES (?1, ?2, ?3, ?4, ?5)"},
      {insert_loss_,
       "INSERT INTO loss (stream, first, last, received_time, reason, count_by_type) "
       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
      {add_counter_,
       "INSERT INTO counter (kind, name, value) VALUES (?1, ?2, ?3) "
       "ON CONFLICT (kind, name) DO UPDATE SET value = value + excluded.value"},
  });
}

Status SqliteStore::append(Group& group) {
  Status status = check_group(group);
  if (status.ok()) status = check_room();
  if (status.ok()) status = database_.begin();
  if (!status.ok()) return status;
  deltas_.clear();
  next_position_ = last_position_;
  looked_up_.clear();
  const Outcome outcome = write_group(group);
  status = outcome == Outcome::Ok ? database_.commit() : fail(outcome);
  if (!status.ok()) {
    names_.rolled_back();
    for (const size_t update : looked_up_) group.streams[update].stream = 0;
    return status;
  }
  names_.committed();
  last_position_ = next_position_;
  return {};
}

Status SqliteStore::check_room() const {
  const std::string& directory = options_.directory;
  const uint64_t free = options_.free_bytes ? options_.free_bytes(directory) : free_bytes_in(directory);
  if (free >= options_.reserve_bytes) return {};
  return {StatusCode::ResourceExhausted, directory + ": the disk has less than " +
                                             std::to_string(options_.reserve_bytes >> 20) +
                                             " MiB left, which are kept for claims; make room"};
}

SqliteStore::Outcome SqliteStore::write_group(Group& group) {
  last_positions_.resize(group.streams.size());
  for (size_t i = 0; i < group.streams.size(); ++i) {
    if (group.streams[i].stream == 0) looked_up_.push_back(i);
    if (group.streams[i].stream == 0 && !number_stream(group.streams[i])) return Outcome::Failed;
    const Outcome outcome = check_mark(group.streams[i], last_positions_[i]);
    if (outcome != Outcome::Ok) return outcome;
  }
  if (!rows_.write(group, last_positions_, next_position_, deltas_)) return Outcome::Failed;
  for (const QuarantinedRow& row : group.quarantined) {
    if (!write_quarantined(group, row)) return Outcome::Failed;
  }
  for (const LossRange& loss : group.losses) {
    if (!write_loss(group, loss)) return Outcome::Failed;
  }
  for (size_t i = 0; i < group.streams.size(); ++i) {
    move_mark_.bind(1, group.streams[i].stream);
    move_mark_.bind(2, static_cast<int64_t>(group.streams[i].mark_after));
    if (!move_mark_.bind(3, last_positions_[i]).run()) return Outcome::Failed;
  }
  return deltas_.write(add_counter_) ? Outcome::Ok : Outcome::Failed;
}

bool SqliteStore::number_stream(StreamUpdate& update) {
  const SqliteReset reset(find_stream_);
  find_stream_.bind_text(1, update.device).bind_blob(2, blob_of(update.incarnation));
  const SqliteStep found = find_stream_.step();
  if (found == SqliteStep::Done) return create_stream(update);
  if (found == SqliteStep::Row) update.stream = static_cast<StreamNumber>(find_stream_.integer(0));
  return found == SqliteStep::Row;
}

SqliteStore::Outcome SqliteStore::check_mark(const StreamUpdate& update, int64_t& last_position) {
  const SqliteReset reset(read_mark_);
  const SqliteStep found = read_mark_.bind(1, update.stream).step();
  if (found == SqliteStep::Error) return Outcome::Failed;
  if (found == SqliteStep::Done) return Outcome::MarkMoved;
  last_position = read_mark_.integer(1);
  const bool same = static_cast<uint64_t>(read_mark_.integer(0)) == update.mark_before;
  return same ? Outcome::Ok : Outcome::MarkMoved;
}

bool SqliteStore::create_stream(StreamUpdate& update) {
  insert_stream_.bind_text(1, update.device).bind_blob(2, blob_of(update.incarnation));
  if (!insert_stream_.run()) return false;
  update.stream = static_cast<StreamNumber>(db_.last_insert_id());
  return insert_mark_.bind(1, update.stream).run();
}

bool SqliteStore::write_quarantined(const Group& group, const QuarantinedRow& row) {
  int64_t reason = 0;
  if (!names_.id(row.reason, reason)) return false;
  insert_quarantined_.bind(1, group.streams[row.update].stream)
      .bind(2, static_cast<int64_t>(row.sequence))
      .bind(3, row.received_time)
      .bind(4, reason)
      .bind_blob(5, row.row);
  deltas_.add("quarantined", reason, 1);
  return !is_kept(row) || insert_quarantined_.run();
}

// Anybody with a page can have rows refused, as fast as the network is.
bool SqliteStore::is_kept(const QuarantinedRow& row) {
  const int64_t day = row.received_time / kDayMs;
  if (day != quarantine_day_) quarantine_bytes_ = 0;
  quarantine_day_ = day;
  quarantine_bytes_ += static_cast<int64_t>(row.row.size()) + kQuarantineRowBytes;
  return quarantine_bytes_ <= options_.quarantine_day_bytes;
}

bool SqliteStore::write_loss(const Group& group, const LossRange& loss) {
  int64_t reason = 0;
  if (!names_.id(loss.reason, reason)) return false;
  insert_loss_.bind(1, group.streams[loss.update].stream)
      .bind(2, static_cast<int64_t>(loss.first))
      .bind(3, static_cast<int64_t>(loss.last))
      .bind(4, loss.received_time)
      .bind(5, reason)
      .bind_text(6, loss.count_by_type);
  deltas_.add("lost", reason, loss.last - loss.first + 1);
  return insert_loss_.run();
}

Status SqliteStore::fail(Outcome outcome) {
  if (outcome == Outcome::Failed) return database_.fail("append");
  database_.roll_back();
  return {StatusCode::Unavailable, "append: another writer moved a mark"};
}

Result<std::optional<StreamState>> SqliteStore::find_stream(std::string_view device,
                                                            const Id128& incarnation) {
  const SqliteReset reset(find_stream_);
  find_stream_.bind_text(1, device).bind_blob(2, blob_of(incarnation));
  const SqliteStep found = find_stream_.step();
  if (found == SqliteStep::Error) return db_.status("find stream");
  if (found == SqliteStep::Done) return std::optional<StreamState>();
  return std::optional<StreamState>({static_cast<StreamNumber>(find_stream_.integer(0)),
                                     static_cast<uint64_t>(find_stream_.integer(1))});
}

Status SqliteStore::read_stream_tail(StreamNumber stream, size_t limit,
                                     std::vector<StoredRow>& rows) {
  rows.clear();
  int64_t position = 0;
  {
    const SqliteReset reset(read_mark_);
    const SqliteStep found = read_mark_.bind(1, stream).step();
    if (found == SqliteStep::Error) return db_.status("read stream tail");
    if (found == SqliteStep::Row) position = read_mark_.integer(1);
  }
  while (position > 0 && rows.size() < limit) {
    const SqliteReset reset(read_row_);
    const SqliteStep found = read_row_.bind(1, position).bind(2, stream).step();
    if (found == SqliteStep::Error) return db_.status("read stream tail");
    if (found == SqliteStep::Done) break;  // retention has been here
    StoredRow& row = rows.emplace_back();
    row.position = static_cast<uint64_t>(position);
    read_row(read_row_, 0, row);
    const int64_t back = read_row_.integer(11);
    position = back == 0 ? 0 : position - back;
  }
  return {};
}

Result<size_t> SqliteStore::retire(const RetentionPolicy& policy, int64_t now_ms, size_t max_rows) {
  Status status = database_.begin();
  if (!status.ok()) return status;
  std::optional<size_t> looked_at = retention_.step(db_, policy, now_ms, max_rows);
  if (retention_.take_removed()) name_sweep_.ask();
  if (looked_at == size_t{0}) looked_at = name_sweep_.step(now_ms, max_rows);
  status = looked_at ? database_.commit() : database_.fail("retention");
  if (status.ok()) return *looked_at;
  names_.rolled_back();
  return status;
}

Result<std::unique_ptr<StoreReader>> SqliteStore::open_reader() {
  return open_sqlite_reader(options_.directory);
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(SqliteStoreOptions options) {
  auto store = std::make_unique<SqliteStore>(std::move(options));
  Status status = store->open();
  if (!status.ok()) return status;
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace vitrine
