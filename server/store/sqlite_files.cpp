// SPDX-License-Identifier: MIT
#include "server/store/sqlite_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace vitrine {
namespace {

constexpr int kBusyTimeoutMs = 10000;

// A directory that exists only in the page cache takes its files with it.
void sync_directory(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

Status configure(SqliteDb& db, int page_size) {
  Status status = db.execute(("PRAGMA page_size = " + std::to_string(page_size)).c_str());
  if (!status.ok()) return status;
  // EXTRA is FULL once in WAL mode. Before, it makes the deletion of the rollback journal last: one
  // that came back after a power failure would undo the change to WAL mode and all that followed.
  return db.execute(
      "PRAGMA synchronous = EXTRA;"
      "PRAGMA journal_mode = WAL;"
      "PRAGMA cache_size = -65536;"
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA secure_delete = ON;"  // what is erased is overwritten, too
      "PRAGMA foreign_keys = OFF;"
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA journal_size_limit = 67108864;");
}

Status create_schema(SqliteDb& db, const char* schema) {
  Status status = db.execute("BEGIN IMMEDIATE");
  if (!status.ok()) return status;
  // Another process may have been faster.
  const Result<int64_t> version = db.query_integer("PRAGMA user_version");
  if (version.ok() && version.value() == 0) status = db.execute(schema);
  if (status.ok()) status = db.execute("COMMIT");
  if (!status.ok() && db.in_transaction()) (void)db.execute("ROLLBACK");
  return status;
}

Status check_identity(SqliteDb& db, const std::string& path, int64_t application_id,
                      int64_t version) {
  const Result<int64_t> found_id = db.query_integer("PRAGMA application_id");
  if (!found_id.ok()) return found_id.status();
  const Result<int64_t> found = db.query_integer("PRAGMA user_version");
  if (!found.ok()) return found.status();
  if (found_id.value() != application_id) {
    return {StatusCode::InvalidArgument, path + ": not a file of Vitrine; move it away"};
  }
  if (found.value() > version) {
    return {StatusCode::InvalidArgument,
            path + ": written by a newer version (schema " + std::to_string(found.value()) +
                ", this program knows " + std::to_string(version) + "); update this program"};
  }
  return {};
}

// Another process may have been faster, and may be newer.
Status upgrade_schema(SqliteDb& db, const std::string& path, int64_t application_id,
                      int64_t version, std::span<const char* const> upgrades) {
  Status status = db.execute("BEGIN IMMEDIATE");
  if (!status.ok()) return status;
  status = check_identity(db, path, application_id, version);
  const Result<int64_t> found = db.query_integer("PRAGMA user_version");
  if (status.ok() && !found.ok()) status = found.status();
  for (size_t at = found.ok() ? static_cast<size_t>(found.value()) : 0;
       status.ok() && at < static_cast<size_t>(version); ++at) {
    status = db.execute(upgrades[at - 1]);
  }
  if (status.ok()) status = db.execute("COMMIT");
  if (!status.ok() && db.in_transaction()) (void)db.execute("ROLLBACK");
  return status;
}

}  // namespace

Status set_busy_timeout(SqliteDb& db, int busy_timeout_ms) {
  return db.execute(("PRAGMA busy_timeout = " + std::to_string(busy_timeout_ms)).c_str());
}

std::string sqlite_store_path(const std::string& directory) {
  return directory + "/vitrine.sqlite3";
}

Status make_data_directory(const std::string& directory) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(directory, error);
  if (std::filesystem::is_directory(path, error)) return {};
  std::filesystem::create_directories(path.parent_path(), error);
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    const StatusCode code =
        errno == ENOSPC ? StatusCode::ResourceExhausted : StatusCode::PermissionDenied;
    return {code, directory + ": cannot make this directory: " + std::strerror(errno)};
  }
  sync_directory(path.parent_path());
  return {};
}

uint64_t free_bytes_in(const std::string& directory) {
  std::error_code unknown;
  return std::filesystem::space(directory, unknown).available;  // -1 where it is unknown
}

Result<SqliteDb> open_durable_database(const std::string& path, const char* schema,
                                       int64_t application_id, int64_t version, int page_size,
                                       std::span<const char* const> upgrades) {
  SqliteDb db;
  Status status = db.open(path, SqliteOpen::ReadWriteCreate, kBusyTimeoutMs);
  if (!status.ok()) return status;
  const Result<int64_t> found = db.query_integer("PRAGMA user_version");
  if (!found.ok()) return found.status();
  if (found.value() != 0) {
    status = check_identity(db, path, application_id, version);
    if (!status.ok()) return status;
  }
  const Result<int64_t> tables = db.query_integer("SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) return tables.status();
  if (found.value() == 0 && tables.value() > 0) {
    return Status(StatusCode::InvalidArgument, path + ": not a file of Vitrine; move it away");
  }
  status = configure(db, page_size);
  if (status.ok() && found.value() == 0) status = create_schema(db, schema);
  if (status.ok() && found.value() > 0 && found.value() < version) {
    status = upgrade_schema(db, path, application_id, version, upgrades);
  }
  if (!status.ok()) return status;
  return db;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (file_ >= 0) ::close(file_);
}

Result<DirectoryLock> DirectoryLock::take(const std::string& directory) {
  const std::string path = directory + "/lock";
  DirectoryLock lock;
  lock.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.file_ < 0) {
    return Status(StatusCode::PermissionDenied, path + ": cannot open: " + std::strerror(errno));
  }
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    return Status(StatusCode::AlreadyExists,
                  directory +
                      ": another vitrine-server uses this data directory; stop it or give "
                      "this one another --data");
  }
  return lock;
}

}  // namespace vitrine
