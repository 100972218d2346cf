// SPDX-License-Identifier: MIT
// The default store: one SQLite file, DIRECTORY/vitrine.sqlite3, in WAL mode with synchronous=EXTRA
// (sqlite_files.cpp says why not FULL), so that an append is on the disk when it returns
// (schema.sql has the tables).
//
// What happens at a disk error, and on a full disk, is DurableDatabase's: devices send again what
// was not acknowledged.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/store/durable_database.h"
#include "server/store/store.h"

namespace vitrine {

struct SqliteStoreOptions {
  std::string directory;  // created when it is not there, for the owner only
  CheckpointMode checkpoints = CheckpointMode::Background;
  int checkpoint_pages = 2000;  // 16 MiB
  // What to do about a disk error. Empty: print and abort. If it returns, the store refuses
  // everything from then on. Called on the writer's or the checkpoint's thread.
  std::function<void(const Status&)> on_disk_error = {};
  // Of refused rows so much is kept a day (UTC) and start; what comes then is counted only.
  int64_t quarantine_day_bytes = int64_t{16} << 20;
  // With less room on the disk nothing is recorded (ResourceExhausted): the rest is for claims.
  uint64_t reserve_bytes = uint64_t{64} << 20;
  // What the disk of a directory has free. Empty: as the system says.
  std::function<uint64_t(const std::string& directory)> free_bytes = {};
};

// AlreadyExists: another process has this directory open for writing (DIRECTORY/lock).
// InvalidArgument: the file belongs to another program or a newer version. DataLoss: it is damaged.
Result<std::unique_ptr<Store>> open_sqlite_store(SqliteStoreOptions options);

// For other processes too, while the server runs and after. NotFound: no store in that directory.
Result<std::unique_ptr<StoreReader>> open_sqlite_reader(const std::string& directory);

}  // namespace vitrine
