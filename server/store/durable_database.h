// SPDX-License-Identifier: MIT
// One SQLite file that one thread writes: commit() returns when the transaction is on the disk.
// What the store of interactions and the store of claims have in common. Private to them.
//
// Disk errors. A failed write or fdatasync leaves pages whose state nobody knows; asking again can
// succeed without the data being there. So the process says what happened and aborts; at the next
// start SQLite recovers to the last commit that the log proves. A full disk (ENOSPC, EDQUOT) is not
// such an error: the transaction is rolled back, refused with ResourceExhausted, and writing works
// again as soon as there is room.
//
// Checkpoints run on another connection and thread, so that commits do not wait for them. Under a
// load without pauses that thread never quite catches up; when the log has grown to four times the
// threshold, the writing thread copies the small rest itself and the log starts over.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/store/sqlite_checkpointer.h"
#include "server/store/sqlite_db.h"

namespace vitrine {

enum class CheckpointMode : uint8_t {
  Background,
  Inline,  // by the writing thread: no second thread, for tests that enumerate disk operations
};

struct DurableOptions {
  std::string path;
  CheckpointMode checkpoints = CheckpointMode::Background;
  int checkpoint_pages = 2000;  // 16 MiB
  int page_size = 4096;         // of a new file
  // What to do about a disk error. Empty: print and abort. If it returns, everything is refused
  // from then on. Called on the writing or the checkpoint's thread.
  std::function<void(const Status&)> on_disk_error;
};

class DurableDatabase {
 public:
  DurableDatabase() = default;
  DurableDatabase(const DurableDatabase&) = delete;

  // Once. `schema`, `application_id`, `version`, `upgrades`: as for open_durable_database().
  Status open(DurableOptions options, const char* schema, int64_t application_id, int64_t version,
              std::span<const char* const> upgrades = {});

  SqliteDb& db() { return db_; }

  // DataLoss after a disk error; Unavailable while another process writes.
  Status begin();
  // Durable when Ok; else rolled back.
  Status commit();
  // Undoes the open transaction.
  void roll_back();
  // Undoes the open transaction after a call that failed, and says why it did, for `what` was being
  // done. A disk error does not come back from here unless a test's handler lets it.
  Status fail(std::string_view what);

 private:
  Status start_checkpoints();
  void stop(const Status& error);
  void keep_log_small();

  DurableOptions options_;
  SqliteDb db_;
  SqliteStatement begin_, commit_, rollback_;
  int log_pages_ = 0;
  std::atomic<bool> failed_{false};
  // Last, so that its thread ends before anything it uses.
  std::unique_ptr<SqliteCheckpointer> checkpointer_;
};

}  // namespace vitrine
