// SPDX-License-Identifier: MIT
// The server's only use of sqlite3.h: a connection and its statements, with our own Status. Nothing
// here decides anything; the store, the reader and the device registry do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/id128.h"
#include "engine/base/status.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vitrine {

class SqliteSource;

enum class SqliteStep : uint8_t { Row, Done, Error };

// A prepared statement. Parameters and columns are numbered as SQLite does: parameters from 1,
// columns from 0. Bound texts are not copied: they must live until reset().
class SqliteStatement {
 public:
  SqliteStatement() = default;
  SqliteStatement(SqliteStatement&& other) noexcept;
  SqliteStatement& operator=(SqliteStatement&& other) noexcept;
  ~SqliteStatement();

  bool prepared() const { return statement_ != nullptr; }

  SqliteStatement& bind(int parameter, int64_t value);
  SqliteStatement& bind_text(int parameter, std::string_view value);
  SqliteStatement& bind_blob(int parameter, std::string_view value);
  SqliteStatement& bind_null(int parameter);

  SqliteStep step();
  // For what returns no rows: step, reset, and whether it was done.
  bool run();
  void reset();

  int64_t integer(int column) const;
  bool is_null(int column) const;
  // Valid until the next step() or reset().
  std::string_view text(int column) const;
  std::string_view blob(int column) const;

 private:
  friend class SqliteDb;
  sqlite3_stmt* statement_ = nullptr;
};

// The bytes of an id, as long as it lives, and back.
std::string_view blob_of(const Id128& id);
Id128 id_of(std::string_view blob);

// Resets when it goes out of scope, so that no statement keeps a snapshot open.
class SqliteReset {
 public:
  explicit SqliteReset(SqliteStatement& statement) : statement_(statement) {}
  SqliteReset(const SqliteReset&) = delete;
  ~SqliteReset() { statement_.reset(); }

 private:
  SqliteStatement& statement_;
};

// A statement, and what it says.
struct SqliteText {
  SqliteStatement& statement;
  const char* sql;
};

enum class SqliteOpen : uint8_t { ReadWriteCreate, ReadWrite, ReadOnly };

// What kind of trouble the last call was in.
enum class SqliteTrouble : uint8_t {
  None,
  Busy,    // somebody else holds the lock
  Full,    // no room on the disk, or over quota; rolled back
  Disk,    // an I/O error: the file's state is unknown
  Damage,  // not a database, or corrupt
  Other,
};

class SqliteDb {
 public:
  SqliteDb() = default;
  SqliteDb(SqliteDb&& other) noexcept;
  SqliteDb& operator=(SqliteDb&& other) noexcept;
  ~SqliteDb();

  // Waits up to `busy_timeout_ms` for others' locks in every later call.
  Status open(const std::string& path, SqliteOpen mode, int busy_timeout_ms);
  void close();
  bool is_open() const { return db_ != nullptr; }

  // One or more statements without results.
  Status execute(const char* sql);
  Result<SqliteStatement> prepare(std::string_view sql);
  // All of them, or the first failure.
  Status prepare_all(std::initializer_list<SqliteText> texts);
  // Makes `source`, which outlives the connection's statements, readable as the table `name`.
  // `table`: a CREATE TABLE for its columns; static.
  Status attach_source(const char* name, const char* table, const SqliteSource& source);
  // The first column of the first row as an integer; nothing: 0.
  Result<int64_t> query_integer(std::string_view sql);

  SqliteTrouble trouble() const;
  // The last failure, for `what` was being done.
  Status status(std::string_view what) const;

  // Whether the file is no longer where it was opened: moved, deleted or replaced.
  bool has_moved() const;
  int64_t changes() const;
  int64_t last_insert_id() const;
  bool in_transaction() const;

  // Called after each commit on this connection with the number of pages in the write-ahead log.
  // Also stops SQLite from checkpointing by itself on this connection.
  void watch_log(int* pages);

  struct Checkpoint {
    int log_pages = 0;
    int copied_pages = 0;
  };
  // Copies what it can of the log into the database without waiting for anybody. Unavailable when
  // another connection is at it.
  Result<Checkpoint> checkpoint();

 private:
  sqlite3* db_ = nullptr;
};

}  // namespace vitrine
