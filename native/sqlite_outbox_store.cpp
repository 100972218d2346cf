// SPDX-License-Identifier: MIT
#include "native/sqlite_outbox_store.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 2;
// EXCLUSIVE: no other process may look, hence no shared memory file; the log is cut back after
// every checkpoint so that a long day offline does not leave a large one behind.
constexpr const char* kSchema = R"(
  PRAGMA journal_size_limit = 1048576;
  CREATE TABLE IF NOT EXISTS state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    lives TEXT NOT NULL,
    next_sequence INTEGER NOT NULL);
  INSERT OR IGNORE INTO state VALUES (1, '', 1);
  CREATE TABLE IF NOT EXISTS rows (sequence INTEGER PRIMARY KEY, row TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS losses (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL,
    reason TEXT NOT NULL, count_by_type TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS open_session (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    context TEXT NOT NULL);
  INSERT OR IGNORE INTO open_session VALUES (1, '');
)";
// Until version 2 there was one life, and its incarnation lay there in binary.
constexpr const char* kFromVersion1 = R"(
  BEGIN IMMEDIATE;
  ALTER TABLE state RENAME COLUMN incarnation TO lives;
  UPDATE state SET lives = lower(hex(lives));
  PRAGMA user_version = 2;
  COMMIT;
)";

constexpr const char* kHasOldColumn =
    "SELECT count(*) FROM pragma_table_info('state') WHERE name = 'incarnation'";

int primary_code(int code) {
  return code & 0xff;
}

bool is_damage(int code) {
  return primary_code(code) == SQLITE_CORRUPT || primary_code(code) == SQLITE_NOTADB;
}

bool is_full(int code, int system_error) {
  return primary_code(code) == SQLITE_FULL || system_error == ENOSPC || system_error == EDQUOT ||
         system_error == EFBIG;
}

int last_errno_of(sqlite3* database, int which_file) {
  sqlite3_file* file = nullptr;
  int error = 0;
  const int found = sqlite3_file_control(database, "main", which_file, static_cast<void*>(&file));
  if (found != SQLITE_OK || file == nullptr || file->pMethods == nullptr) return 0;
  file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
  return error;
}

// What the system said about the file or its log. SQLite tells a full disk apart itself, not a
// spent quota or file size limit.
int system_error_of(sqlite3* database) {
  if (database == nullptr) return 0;
  const int error = last_errno_of(database, SQLITE_FCNTL_JOURNAL_POINTER);
  return error != 0 ? error : last_errno_of(database, SQLITE_FCNTL_FILE_POINTER);
}

// A prepared statement. Every step remembers the first error in `code`, so that a run of them needs
// one check at its end.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql, int& code) : code_(code) {
    note(sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int index, uint64_t value) {
    note(sqlite3_bind_int64(statement_, index, static_cast<sqlite3_int64>(value)));
    return *this;
  }
  Statement& bind(int index, const std::string& text) {
    note(sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()),
                           SQLITE_STATIC));
    return *this;
  }

  // True while there is a row.
  bool next() {
    if (code_ != SQLITE_OK) return false;
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) note(result);
    return false;
  }
  void run() {
    while (next()) {
    }
    if (statement_ != nullptr) sqlite3_reset(statement_);
  }

  uint64_t integer(int column) const {
    return static_cast<uint64_t>(sqlite3_column_int64(statement_, column));
  }
  std::string text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string() : std::string(bytes, size);
  }

 private:
  void note(int code) {
    if (code_ == SQLITE_OK && code != SQLITE_OK) code_ = code;
  }

  int& code_;
  sqlite3_stmt* statement_ = nullptr;
};

uint64_t number(sqlite3* database, int& code, const char* sql) {
  Statement statement(database, sql, code);
  return statement.next() ? statement.integer(0) : 0;
}

void read_state(sqlite3* database, int& code, OutboxContents& out) {
  Statement state(database, "SELECT lives, next_sequence FROM state WHERE id = 1", code);
  if (!state.next()) {
    if (code == SQLITE_OK) code = SQLITE_CORRUPT;
    return;
  }
  out.lives = state.text(0);
  out.next_sequence = state.integer(1);
  if (!out.lives.empty() && out.next_sequence == 0) code = SQLITE_CORRUPT;
}

void read_open_session(sqlite3* database, int& code, OutboxContents& out) {
  Statement open(database, "SELECT context FROM open_session WHERE id = 1", code);
  if (open.next()) out.open_session = open.text(0);
}

void read_rows(sqlite3* database, int& code, OutboxContents& out) {
  Statement rows(database, "SELECT sequence, row FROM rows ORDER BY sequence", code);
  while (rows.next()) {
    out.rows.push_back({rows.integer(0), rows.text(1)});
    if (out.rows.back().sequence >= out.next_sequence) code = SQLITE_CORRUPT;
  }
}

void read_losses(sqlite3* database, int& code, OutboxContents& out) {
  Statement losses(database, "SELECT first, last, reason, count_by_type FROM losses ORDER BY first",
                   code);
  while (losses.next()) {
    out.losses.push_back({losses.integer(0), losses.integer(1), losses.text(2), losses.text(3)});
  }
}

void forget_settled(sqlite3* database, int& code, uint64_t through) {
  Statement(database, "DELETE FROM rows WHERE sequence <= ?", code).bind(1, through).run();
  Statement(database, "DELETE FROM losses WHERE last <= ?", code).bind(1, through).run();
  Statement(database, "UPDATE losses SET first = ? WHERE first <= ?", code)
      .bind(1, through + 1)
      .bind(2, through)
      .run();
}

void add_loss(sqlite3* database, int& code, const OutboxLoss& loss) {
  for (const char* sql : {"DELETE FROM rows WHERE sequence BETWEEN ? AND ?",
                          "DELETE FROM losses WHERE first >= ? AND last <= ?"}) {
    Statement(database, sql, code).bind(1, loss.first).bind(2, loss.last).run();
  }
  Statement(database, "INSERT OR REPLACE INTO losses VALUES (?, ?, ?, ?)", code)
      .bind(1, loss.first)
      .bind(2, loss.last)
      .bind(3, loss.reason)
      .bind(4, loss.count_by_type)
      .run();
}

// REPLACE: a commit whose outcome a failing disk left unknown is asked for again, unchanged.
void add_rows(sqlite3* database, int& code, const std::vector<OutboxRow>& rows) {
  if (rows.empty()) return;
  Statement insert(database, "INSERT OR REPLACE INTO rows VALUES (?, ?)", code);
  for (const OutboxRow& row : rows) insert.bind(1, row.sequence).bind(2, row.row).run();
}

void apply(sqlite3* database, int& code, const OutboxChange& change) {
  if (change.replace_all) {
    Statement(database, "DELETE FROM rows", code).run();
    Statement(database, "DELETE FROM losses", code).run();
    Statement(database, "UPDATE state SET lives = '', next_sequence = 1", code).run();
  }
  if (!change.lives.empty()) {
    Statement(database, "UPDATE state SET lives = ?", code).bind(1, change.lives).run();
  }
  if (change.settled_through != 0) forget_settled(database, code, change.settled_through);
  for (const OutboxLoss& loss : change.add_losses) add_loss(database, code, loss);
  add_rows(database, code, change.add_rows);
  if (change.next_sequence != 0) {
    Statement(database, "UPDATE state SET next_sequence = ?", code)
        .bind(1, change.next_sequence)
        .run();
  }
  // Most changes leave it as it is: no page is written for them.
  Statement(database, "UPDATE open_session SET context = ?1 WHERE context <> ?1", code)
      .bind(1, change.open_session)
      .run();
}

}  // namespace

// Opened lazily and opened again after trouble; only the worker's thread uses it.
class SqliteOutboxStore::Database {
 public:
  explicit Database(SqliteOutboxOptions options) : options_(std::move(options)) {}
  ~Database() { close(); }

  Result<OutboxContents> load() {
    int code = open();
    OutboxContents contents;
    if (code == SQLITE_OK) code = check();
    if (code == SQLITE_OK) read_state(database_, code, contents);
    if (code == SQLITE_OK) read_open_session(database_, code, contents);
    if (code == SQLITE_OK) read_rows(database_, code, contents);
    if (code == SQLITE_OK) read_losses(database_, code, contents);
    if (code == SQLITE_OK) return contents;
    const Status failed = failure(code);
    close();
    if (is_damage(code)) return move_aside(failed.message());
    return failed;
  }

  Status commit(const OutboxChange& change) {
    int code = open();
    if (code == SQLITE_OK) {
      Statement(database_, "BEGIN IMMEDIATE", code).run();
      apply(database_, code, change);
      Statement(database_, "COMMIT", code).run();
    }
    if (code == SQLITE_OK && has_moved()) return begin_anew();
    if (code == SQLITE_OK) return {};
    const Status failed = failure(code);
    // What a failed sync left in the system's cache cannot be trusted to be on the disk; opening
    // anew reads what is there. An open transaction ends with its connection.
    close();
    if (is_damage(code)) return move_aside(failed.message());
    return failed;
  }

 private:
  // Whether the file is no longer where it was opened: what is written into it is nobody's.
  bool has_moved() const {
    int moved = 0;
    sqlite3_file_control(database_, nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
  }

  Status begin_anew() {
    close();
    return {StatusCode::DataLoss, options_.file.string() + ": was moved or deleted"};
  }

  int open() {
    if (database_ != nullptr) return SQLITE_OK;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(options_.file.c_str(), &database_, flags,
                               options_.vfs.empty() ? nullptr : options_.vfs.c_str());
    if (code == SQLITE_OK) code = prepare();
    return code;
  }

  int prepare() {
    sqlite3_extended_result_codes(database_, 1);
    sqlite3_busy_timeout(database_, 2000);
    // EXTRA is FULL once in WAL mode. Before, it makes the deletion of the rollback journal last:
    // one that came back after a power failure would undo the change to WAL mode and all that
    // followed.
    const char* sync = options_.sync == SqliteSync::Full ? "PRAGMA synchronous = EXTRA"
                                                         : "PRAGMA synchronous = OFF";
    // Locking first, before anything reads: then the index of the log is in memory and not in a
    // file that a full disk has no room for, and what is held can be read there.
    for (const char* sql :
         {"PRAGMA locking_mode = EXCLUSIVE", sync, "PRAGMA journal_mode = WAL", kSchema}) {
      const int code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
      if (code != SQLITE_OK) return code;
    }
    return check_version();
  }

  int check_version() {
    int code = SQLITE_OK;
    const uint64_t version = number(database_, code, "PRAGMA user_version");
    // The number comes last: a file that was cut off while it was made has the columns of version 1
    // without it.
    const bool is_old = number(database_, code, kHasOldColumn) != 0;
    if (code != SQLITE_OK) return code;
    // A file of a newer Vitrine is not ours to change; it is set aside like a damaged one.
    if (version > kVersion) return SQLITE_NOTADB;
    if (version == kVersion && !is_old) return SQLITE_OK;
    const char* sql = is_old ? kFromVersion1 : "PRAGMA user_version = 2";
    return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
  }

  int check() {
    int code = SQLITE_OK;
    Statement check(database_, "PRAGMA quick_check(1)", code);
    if (check.next() && check.text(0) != "ok") return SQLITE_CORRUPT;
    return code;
  }

  Status failure(int code) const {
    const int system_error = system_error_of(database_);
    std::string message = options_.file.string() + ": " + sqlite3_errstr(primary_code(code));
    if (system_error != 0) message += std::string(" (") + std::strerror(system_error) + ")";
    if (is_full(code, system_error)) {
      return {StatusCode::ResourceExhausted, message + ": free some space on this disk"};
    }
    if (is_damage(code)) return {StatusCode::DataLoss, message};
    return {StatusCode::Unavailable, message};
  }

  // The next open starts a new file; the old one stays for whoever wants to look into it.
  Status move_aside(const std::string& why) {
    close();
    std::error_code error;
    fs::path aside = options_.file;
    for (int n = 1; fs::exists(aside, error); ++n) {
      aside = options_.file.string() + ".damaged-" + std::to_string(n);
    }
    fs::rename(options_.file, aside, error);
    if (error) {
      return {StatusCode::DataLoss, why + "; it could not be moved aside: " + error.message()};
    }
    for (const char* suffix : {"-wal", "-shm", "-journal"}) {
      fs::rename(options_.file.string() + suffix, aside.string() + suffix, error);
    }
    return {StatusCode::DataLoss, why + "; moved aside to " + aside.string()};
  }

  void close() {
    sqlite3_close(database_);
    database_ = nullptr;
  }

  const SqliteOutboxOptions options_;
  sqlite3* database_ = nullptr;
};

SqliteOutboxStore::SqliteOutboxStore(SqliteOutboxOptions options)
    : database_(std::make_unique<Database>(std::move(options))),
      worker_(std::make_unique<Worker>(Worker::AtEnd::FinishJobs)) {}

SqliteOutboxStore::~SqliteOutboxStore() {
  worker_.reset();
}

void SqliteOutboxStore::load(Loaded loaded) {
  worker_->post([this, loaded = std::move(loaded)]() -> Worker::Report {
    auto contents = std::make_shared<Result<OutboxContents>>(database_->load());
    // A damaged file has made room for a new one; only a store that cannot be opened is no store.
    durable_ = contents->ok() || contents->status().code() == StatusCode::DataLoss;
    return [this, contents, loaded] {
      news_.note(contents->status());
      loaded(std::move(*contents));
    };
  });
}

void SqliteOutboxStore::commit(OutboxChange change, Committed committed) {
  worker_->post(
      [this, change = std::move(change), committed = std::move(committed)]() -> Worker::Report {
        const Status status = database_->commit(change);
        durable_ = status.ok();
        return [this, status, committed] {
          news_.note(status);
          committed(status);
        };
      });
}

void SqliteOutboxStore::ask(std::function<void()> answered) {
  worker_->post([answered = std::move(answered)]() -> Worker::Report { return answered; });
}

OutboxDurability SqliteOutboxStore::durability() const {
  return durable_ ? OutboxDurability::Durable : OutboxDurability::MemoryOnly;
}

}  // namespace vitrine
