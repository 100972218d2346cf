// SPDX-License-Identifier: MIT
#include "server/store/sqlite_checkpointer.h"

#include <utility>

namespace vitrine {

SqliteCheckpointer::SqliteCheckpointer(SqliteDb db,
                                       std::function<void(const Status&)> on_disk_error)
    : db_(std::move(db)), on_disk_error_(std::move(on_disk_error)), thread_([this] { run(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_changed_.notify_one();
  thread_.join();
}

void SqliteCheckpointer::request() {
  {
    const std::lock_guard lock(mutex_);
    if (wanted_) return;
    wanted_ = true;
  }
  wanted_changed_.notify_one();
}

void SqliteCheckpointer::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wanted_changed_.wait(lock, [this] { return wanted_ || stopping_; });
      if (stopping_) return;
      wanted_ = false;
    }
    const Result<SqliteDb::Checkpoint> done = db_.checkpoint();
    // No room to grow the database, or somebody else at it: the log goes on growing until later.
    if (!done.ok() && done.status().code() == StatusCode::DataLoss) on_disk_error_(done.status());
  }
}

}  // namespace vitrine
