// SPDX-License-Identifier: MIT
#include "server/store/sqlite_db.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace vitrine {
namespace {

// A null pointer would bind NULL; an empty text is not that.
const char* data_of(std::string_view text) {
  return text.data() == nullptr ? "" : text.data();
}

SqliteTrouble trouble_of_io_error(int extended, int system_error) {
  // Over quota, or no room for the shared-memory index: rolled back, nothing in doubt.
  if (system_error == ENOSPC || system_error == EDQUOT) return SqliteTrouble::Full;
  if (extended == SQLITE_IOERR_SHMSIZE) return SqliteTrouble::Full;
  return SqliteTrouble::Disk;
}

StatusCode code_of(SqliteTrouble trouble) {
  switch (trouble) {
    case SqliteTrouble::None:
      return StatusCode::Ok;
    case SqliteTrouble::Busy:
      return StatusCode::Unavailable;
    case SqliteTrouble::Full:
      return StatusCode::ResourceExhausted;
    case SqliteTrouble::Disk:
      return StatusCode::DataLoss;
    case SqliteTrouble::Damage:
      return StatusCode::DataLoss;
    case SqliteTrouble::Other:
      return StatusCode::Internal;
  }
  return StatusCode::Internal;
}

int flags_of(SqliteOpen mode) {
  switch (mode) {
    case SqliteOpen::ReadWriteCreate:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case SqliteOpen::ReadWrite:
      return SQLITE_OPEN_READWRITE;
    case SqliteOpen::ReadOnly:
      return SQLITE_OPEN_READONLY;
  }
  return SQLITE_OPEN_READONLY;
}

// SQLite counts every allocation under a process-wide mutex unless told not to, before its first
// use: a seventh of an append. Nobody asks for these counts.
void configure_library() {
  static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)done;  // refused when something opened a database before: then it is only slower
}

}  // namespace

std::string_view blob_of(const Id128& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

Id128 id_of(std::string_view blob) {
  Id128 id;
  std::copy_n(blob.begin(), std::min(blob.size(), id.bytes.size()), id.bytes.begin());
  return id;
}

SqliteStatement::SqliteStatement(SqliteStatement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)) {}

SqliteStatement& SqliteStatement::operator=(SqliteStatement&& other) noexcept {
  std::swap(statement_, other.statement_);
  return *this;
}

SqliteStatement::~SqliteStatement() {
  sqlite3_finalize(statement_);
}

SqliteStatement& SqliteStatement::bind(int parameter, int64_t value) {
  sqlite3_bind_int64(statement_, parameter, value);
  return *this;
}

SqliteStatement& SqliteStatement::bind_text(int parameter, std::string_view value) {
  sqlite3_bind_text64(statement_, parameter, data_of(value), value.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}

SqliteStatement& SqliteStatement::bind_blob(int parameter, std::string_view value) {
  sqlite3_bind_blob64(statement_, parameter, data_of(value), value.size(), SQLITE_STATIC);
  return *this;
}

SqliteStatement& SqliteStatement::bind_null(int parameter) {
  sqlite3_bind_null(statement_, parameter);
  return *this;
}

SqliteStep SqliteStatement::step() {
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return SqliteStep::Row;
    case SQLITE_DONE:
      return SqliteStep::Done;
    default:
      return SqliteStep::Error;
  }
}

bool SqliteStatement::run() {
  const SqliteStep result = step();
  sqlite3_reset(statement_);
  return result == SqliteStep::Done;
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_);
}

int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string_view SqliteStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view SqliteStatement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

SqliteDb::SqliteDb(SqliteDb&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}

SqliteDb& SqliteDb::operator=(SqliteDb&& other) noexcept {
  std::swap(db_, other.db_);
  return *this;
}

SqliteDb::~SqliteDb() {
  close();
}

Status SqliteDb::open(const std::string& path, SqliteOpen mode, int busy_timeout_ms) {
  close();
  configure_library();
  const int flags = flags_of(mode) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
    Status failed = status("open " + path);
    close();
    return failed;
  }
  sqlite3_busy_timeout(db_, busy_timeout_ms);
  return {};
}

void SqliteDb::close() {
  sqlite3_close_v2(db_);
  db_ = nullptr;
}

Status SqliteDb::execute(const char* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return status(sql);
}

Result<SqliteStatement> SqliteDb::prepare(std::string_view sql) {
  SqliteStatement statement;
  const int result = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement.statement_, nullptr);
  if (result != SQLITE_OK) return status(sql);
  return statement;
}

Status SqliteDb::prepare_all(std::initializer_list<SqliteText> texts) {
  for (const SqliteText& text : texts) {
    Result<SqliteStatement> prepared = prepare(text.sql);
    if (!prepared.ok()) return prepared.status();
    text.statement = std::move(prepared).value();
  }
  return {};
}

Result<int64_t> SqliteDb::query_integer(std::string_view sql) {
  Result<SqliteStatement> statement = prepare(sql);
  if (!statement.ok()) return statement.status();
  const SqliteStep result = statement.value().step();
  if (result == SqliteStep::Error) return status(sql);
  return result == SqliteStep::Row ? statement.value().integer(0) : 0;
}

SqliteTrouble SqliteDb::trouble() const {
  const int extended = sqlite3_extended_errcode(db_);
  switch (extended & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return SqliteTrouble::None;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SqliteTrouble::Busy;
    case SQLITE_FULL:
      return SqliteTrouble::Full;
    case SQLITE_IOERR:
      return trouble_of_io_error(extended, sqlite3_system_errno(db_));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SqliteTrouble::Damage;
    default:
      return SqliteTrouble::Other;
  }
}

Status SqliteDb::status(std::string_view what) const {
  const SqliteTrouble kind = trouble();
  const StatusCode code = kind == SqliteTrouble::None ? StatusCode::Internal : code_of(kind);
  std::string message;
  if (kind == SqliteTrouble::Damage && db_ != nullptr) {
    const char* file = sqlite3_db_filename(db_, nullptr);
    message = std::string(file == nullptr ? "" : file) +
              ": damaged; stop who uses it, put it back from a backup (docs/store.md): ";
  }
  message += what.substr(0, 120);
  message += ": ";
  message += sqlite3_errmsg(db_);
  message += " (sqlite " + std::to_string(sqlite3_extended_errcode(db_)) + ")";
  return {code, std::move(message)};
}

bool SqliteDb::has_moved() const {
  int moved = 0;
  sqlite3_file_control(db_, nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

int64_t SqliteDb::changes() const {
  return sqlite3_changes64(db_);
}

int64_t SqliteDb::last_insert_id() const {
  return sqlite3_last_insert_rowid(db_);
}

bool SqliteDb::in_transaction() const {
  return sqlite3_get_autocommit(db_) == 0;
}

void SqliteDb::watch_log(int* pages) {
  // Registering a hook replaces the one by which SQLite checkpoints on its own.
  sqlite3_wal_hook(
      db_,
      [](void* context, sqlite3*, const char*, int count) {
        *static_cast<int*>(context) = count;
        return SQLITE_OK;
      },
      pages);
}

Result<SqliteDb::Checkpoint> SqliteDb::checkpoint() {
  Checkpoint done;
  const int result = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &done.log_pages, &done.copied_pages);
  if (result != SQLITE_OK) return status("checkpoint");
  return done;
}

}  // namespace vitrine
