// SPDX-License-Identifier: MIT
// The writer's thread: writer.cpp holds its queue, writer_worker.cpp what it does with a group.
// Private to these two.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "server/ingest/settle.h"
#include "server/writer.h"

namespace vitrine {

struct Submission {
  ConnectionId connection = 0;
  bool is_hello = false;
  uint64_t next_sequence = 0;  // of a hello
  uint64_t oldest_held = 0;    // of a hello
  IngestBatch batch;           // of a hello only device and incarnation

  size_t rows() const { return std::max<size_t>(1, batch.rows.size() + batch.refused.size()); }
  size_t bytes() const { return sizeof(Submission) + batch.device.size() + batch.bytes(); }
};

// The writer's thread and what it shares with the loop.
class Writer::Worker {
 public:
  Worker(Store& store, const Clock& clock, const WriterLimits& limits, std::function<void()> wake)
      : store_(store),
        clock_(clock),
        limits_(limits),
        wake_(std::move(wake)),
        streams_(limits.remembered_streams),
        thread_([this] { run(); }) {}

  bool submit(Submission& submission);
  const std::vector<Completion>& take_completions();
  void set_retention(RetentionPolicy policy);
  void stop();
  WriterStats stats() const;

 private:
  void run();
  bool wait_for_work();
  void take_group();
  void settle_group();
  Result<StreamMemory*> memory_of(const IngestBatch& batch);
  Status know_tail(StreamMemory& memory);
  Status settle_one(const Submission& submission, Completion& completion);
  void answer_hello(const Submission& submission, StreamMemory& memory, Completion& completion);
  void remember_numbers();
  void refuse_group(const Status& status);
  void publish(const Status& status, int64_t append_us);
  void count_group(const Status& status);
  void maybe_retire();

  Store& store_;
  const Clock& clock_;
  const WriterLimits limits_;
  const std::function<void()> wake_;

  mutable std::mutex mutex_;
  std::condition_variable work_changed_;
  // Protected by mutex_:
  std::deque<Submission> queue_;
  size_t queued_rows_ = 0;
  size_t queued_bytes_ = 0;
  bool stopping_ = false;
  std::vector<Completion> completions_;
  WriterStats stats_;
  std::optional<RetentionPolicy> new_retention_;

  std::vector<Completion> taken_;  // the loop's

  // The writer's thread alone:
  StreamTable streams_;
  std::vector<Submission> group_;
  std::vector<Completion> answers_;  // one a submission of group_
  std::vector<SettleResult> results_;
  Group rows_;
  std::vector<StoredRow> tail_;
  std::optional<RetentionPolicy> retention_;
  int64_t next_retention_us_ = 0;
  bool was_busy_ = false;

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace vitrine
