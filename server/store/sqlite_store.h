// SPDX-License-Identifier: MIT
// The default store: one SQLite file, DIRECTORY/vitrine.sqlite3, in WAL mode with synchronous=EXTRA
// (sqlite_files.cpp says why not FULL), so that an append is on the disk when it returns
// (schema.sql has the tables).
//
// Disk errors. A failed write or fdatasync leaves pages whose state nobody knows; asking again can
// succeed without the data being there. So the process says what happened and aborts; at the next
// start SQLite recovers to the last commit that the log proves, and the devices send the rest
// again. A full disk (ENOSPC, EDQUOT) is not such an error: the group is rolled back, refused with
// ResourceExhausted, and appending works again as soon as there is room.
//
// Checkpoints run on another connection and thread, so that appends do not wait for them. Under a
// load without pauses that thread never quite catches up; when the log has grown to four times the
// threshold, the appending thread copies the small rest itself and the log starts over.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/store/store.h"

namespace vitrine {

enum class CheckpointMode : uint8_t {
  Background,
  Inline,  // by the appending thread: no second thread, for tests that enumerate disk operations
};

struct SqliteStoreOptions {
  std::string directory;  // created when it is not there, for the owner only
  CheckpointMode checkpoints = CheckpointMode::Background;
  int checkpoint_pages = 2000;  // 16 MiB
  // What to do about a disk error. Empty: print and abort. If it returns, the store refuses
  // everything from then on. Called on the writer's or the checkpoint's thread.
  std::function<void(const Status&)> on_disk_error;
};

// AlreadyExists: another process has this directory open for writing (DIRECTORY/lock).
// InvalidArgument: the file belongs to another program or a newer version. DataLoss: it is damaged.
Result<std::unique_ptr<Store>> open_sqlite_store(SqliteStoreOptions options);

// For other processes too, while the server runs and after. NotFound: no store in that directory.
Result<std::unique_ptr<StoreReader>> open_sqlite_reader(const std::string& directory);

}  // namespace vitrine
