// SPDX-License-Identifier: MIT
// Copies the write-ahead log into the database on a connection and thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "server/store/sqlite_db.h"

namespace vitrine {

class SqliteCheckpointer {
 public:
  // `on_disk_error` is called on the checkpointer's thread.
  SqliteCheckpointer(SqliteDb db, std::function<void(const Status&)> on_disk_error);
  ~SqliteCheckpointer();

  // Asks for a round; returns at once. Any thread.
  void request();

 private:
  void run();

  SqliteDb db_;
  std::function<void(const Status&)> on_disk_error_;
  std::mutex mutex_;
  std::condition_variable wanted_changed_;
  bool wanted_ = false;    // protected by mutex_
  bool stopping_ = false;  // protected by mutex_
  std::thread thread_;
};

}  // namespace vitrine
