// SPDX-License-Identifier: MIT
// The files of a data directory, and their opening. Private to the SQLite implementations.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/store/sqlite_db.h"

namespace vitrine {

// What the server's loop waits for another process's lock: everybody else waits meanwhile.
constexpr int kLoopBusyMs = 100;
Status set_busy_timeout(SqliteDb& db, int busy_timeout_ms);

std::string sqlite_store_path(const std::string& directory);

// Makes the directory, for its owner only, and makes that last.
Status make_data_directory(const std::string& directory);

// What is free on the directory's disk. Of a disk that does not say it, as much as there could be:
// it will say when it is full.
uint64_t free_bytes_in(const std::string& directory);

// Opens a file for writing in WAL mode, every commit synced, creating it with `schema` when new.
// `application_id` is what the schema sets; another file's is refused, and so is a newer version.
// `page_size`: of a new file. `upgrades`: the first brings a file of version 1 to version 2, and so
// on up to `version`; each sets user_version. A file is brought up in one transaction.
Result<SqliteDb> open_durable_database(const std::string& path, const char* schema,
                                       int64_t application_id, int64_t version,
                                       int page_size = 4096,
                                       std::span<const char* const> upgrades = {});

// Held while it lives; the system releases it when the process dies, however it dies.
class DirectoryLock {
 public:
  DirectoryLock() = default;
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

  // AlreadyExists when another process, or another store of this one, has it.
  static Result<DirectoryLock> take(const std::string& directory);

 private:
  int file_ = -1;
};

}  // namespace vitrine
