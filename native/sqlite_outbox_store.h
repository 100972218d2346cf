// SPDX-License-Identifier: MIT
// The kiosk's outbox on disk: SQLite on a thread of its own, write-ahead log, synchronous EXTRA, so
// that a reported commit survives power-off.
//
// The file belongs to one process: DataDir's lock keeps others away, and SQLite holds its own lock
// for as long as the store lives.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "engine/platform/outbox_store.h"
#include "native/storage_news.h"
#include "native/worker.h"

namespace vitrine {

enum class SqliteSync : uint8_t {
  Full,
  Off,  // what a test of power loss must catch; never in a kiosk
};

struct SqliteOutboxOptions {
  std::filesystem::path file;
  std::string vfs;  // of SQLite, by name; "" is the system's
  SqliteSync sync = SqliteSync::Full;
};

class SqliteOutboxStore final : public OutboxStore {
 public:
  explicit SqliteOutboxStore(SqliteOutboxOptions options);
  // Finishes every commit that was asked for; their callbacks are not called any more.
  ~SqliteOutboxStore() override;

  void load(Loaded loaded) override;
  void commit(OutboxChange change, Committed committed) override;
  OutboxDurability durability() const override;
  void poll() override { worker_->poll(); }

  // What staff should hear of the disk since the last call, for the log; "" mostly.
  std::string take_news() { return news_.take(); }

  // Whether the storage thread still comes back: `answered` runs once, from poll(), when everything
  // asked for before is done. No use of the disk of its own: a full or broken one is no dead
  // thread.
  void ask(std::function<void()> answered);

  // Blocks until everything asked for is done; callbacks still wait for poll(). For the end of the
  // program and for tests.
  void drain() { worker_->drain(); }

 private:
  class Database;

  std::atomic<bool> durable_{true};
  StorageNews news_;
  std::unique_ptr<Database> database_;  // the worker's alone, once it runs
  std::unique_ptr<Worker> worker_;      // last: it stops before the database goes
};

}  // namespace vitrine
