// SPDX-License-Identifier: MIT
#include "server/store/durable_database.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "server/store/sqlite_files.h"

namespace vitrine {
namespace {

constexpr int kCheckpointBusyMs = 0;

void abort_process(const Status& status) {
  std::fprintf(stderr,
               "store: %s\nstore: the disk reported an error; what it holds is unknown, so this "
               "process stops. It recovers at the next start; who was not answered asks again.\n",
               status.message().c_str());
  std::abort();
}

}  // namespace

Status DurableDatabase::open(DurableOptions options, const char* schema, int64_t application_id,
                             int64_t version, std::span<const char* const> upgrades) {
  options_ = std::move(options);
  if (!options_.on_disk_error) options_.on_disk_error = abort_process;
  Result<SqliteDb> db = open_durable_database(options_.path, schema, application_id, version,
                                              options_.page_size, upgrades);
  if (!db.ok()) return db.status();
  db_ = std::move(db).value();
  db_.watch_log(&log_pages_);
  Status status =
      db_.prepare_all({{begin_, "BEGIN IMMEDIATE"}, {commit_, "COMMIT"}, {rollback_, "ROLLBACK"}});
  return status.ok() ? start_checkpoints() : status;
}

Status DurableDatabase::start_checkpoints() {
  if (options_.checkpoints == CheckpointMode::Inline) return {};
  SqliteDb db;
  Status status = db.open(options_.path, SqliteOpen::ReadWrite, kCheckpointBusyMs);
  if (!status.ok()) return status;
  checkpointer_ = std::make_unique<SqliteCheckpointer>(
      std::move(db), [this](const Status& error) { stop(error); });
  return {};
}

Status DurableDatabase::begin() {
  if (failed_) return {StatusCode::DataLoss, "the store stopped after a disk error"};
  return begin_.run() ? Status() : fail("begin");
}

Status DurableDatabase::commit() {
  if (!commit_.run()) return fail("commit");
  // Nobody who opens the file after us would find it: nothing of it may be acknowledged.
  if (db_.has_moved()) {
    stop({StatusCode::DataLoss, "the store's file was moved or deleted while it was open"});
    return {StatusCode::DataLoss, "the store's file is gone"};
  }
  keep_log_small();
  return {};
}

void DurableDatabase::roll_back() {
  if (db_.in_transaction()) rollback_.run();
}

Status DurableDatabase::fail(std::string_view what) {
  const SqliteTrouble trouble = db_.trouble();
  Status status = db_.status(what);
  roll_back();
  if (trouble == SqliteTrouble::Busy || trouble == SqliteTrouble::Full) return status;
  stop(status);
  return {StatusCode::DataLoss, status.message()};
}

void DurableDatabase::stop(const Status& error) {
  failed_ = true;
  options_.on_disk_error(error);
}

void DurableDatabase::keep_log_small() {
  if (log_pages_ < options_.checkpoint_pages) return;
  if (checkpointer_ != nullptr) checkpointer_->request();
  if (checkpointer_ != nullptr && log_pages_ < 4 * options_.checkpoint_pages) return;
  const Result<SqliteDb::Checkpoint> done = db_.checkpoint();
  if (done.ok() || done.status().code() != StatusCode::DataLoss) return;
  // What was committed is durable in the log; only the copy failed.
  stop(done.status());
}

}  // namespace vitrine
