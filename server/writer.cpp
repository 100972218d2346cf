// SPDX-License-Identifier: MIT
#include "server/writer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/base/assert.h"
#include "engine/protocol/dictionary.h"
#include "server/ingest/settle.h"

namespace vitrine {
namespace {

constexpr size_t kRetentionStep = 500;             // rows looked at in one append's place
constexpr int64_t kRetentionPauseUs = 60'000'000;  // when there was nothing to do
constexpr int64_t kRetentionStepUs = 20'000;       // between two steps when there was
constexpr auto kIdleWait = std::chrono::milliseconds(200);

struct Submission {
  ConnectionId connection = 0;
  bool is_hello = false;
  uint64_t next_sequence = 0;  // of a hello
  uint64_t oldest_held = 0;    // of a hello
  IngestBatch batch;           // of a hello only device and incarnation

  size_t rows() const { return std::max<size_t>(1, batch.rows.size() + batch.refused.size()); }
  size_t bytes() const { return sizeof(Submission) + batch.device.size() + batch.bytes(); }
};

uint64_t hash_of(const StoredRow& row) {
  const protocol::TypeInfo* type = protocol::find_type(row.type);
  if (type == nullptr) return 0;  // of another build's dictionary
  protocol::Interaction interaction;
  interaction.type = type->id;
  interaction.time_ms = row.device_time;
  interaction.context = {row.session, row.campaign, row.brand, row.scene, row.mode};
  interaction.data = row.data;
  return std::max<uint64_t>(1, protocol::row_hash(interaction));
}

}  // namespace

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

bool Writer::Worker::submit(Submission& submission) {
  const size_t rows = submission.rows();
  const size_t bytes = submission.bytes();
  {
    const std::lock_guard lock(mutex_);
    const bool fits = queued_rows_ + rows <= limits_.max_queued_rows &&
                      queued_bytes_ + bytes <= limits_.max_queued_bytes;
    // An empty queue takes anything, or one large batch would wait for ever.
    if (stopping_ || (!fits && !queue_.empty())) {
      ++stats_.refused_queue_full;
      return false;
    }
    queued_rows_ += rows;
    queued_bytes_ += bytes;
    queue_.push_back(std::move(submission));
  }
  work_changed_.notify_one();
  return true;
}

const std::vector<Completion>& Writer::Worker::take_completions() {
  taken_.clear();
  const std::lock_guard lock(mutex_);
  std::swap(taken_, completions_);
  return taken_;
}

void Writer::Worker::set_retention(RetentionPolicy policy) {
  {
    const std::lock_guard lock(mutex_);
    new_retention_ = std::move(policy);
  }
  work_changed_.notify_one();
}

void Writer::Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

WriterStats Writer::Worker::stats() const {
  const std::lock_guard lock(mutex_);
  WriterStats stats = stats_;
  stats.queued_rows = queued_rows_;
  stats.queued_bytes = queued_bytes_;
  return stats;
}

void Writer::Worker::run() {
  while (wait_for_work()) {
    if (!group_.empty()) settle_group();
    maybe_retire();
  }
}

// False: stopping, and everything is settled.
bool Writer::Worker::wait_for_work() {
  std::unique_lock lock(mutex_);
  // Work that came while the last group was on its way to disk means load: then a moment's patience
  // buys a larger group. Without load every moment would only be latency.
  was_busy_ = was_busy_ && !queue_.empty();
  if (was_busy_ && queued_rows_ < limits_.group_rows && !stopping_) {
    work_changed_.wait_for(lock, std::chrono::microseconds(limits_.group_window_us),
                           [this] { return queued_rows_ >= limits_.group_rows || stopping_; });
  }
  work_changed_.wait_for(lock, kIdleWait, [this] {
    return !queue_.empty() || stopping_ || new_retention_.has_value();
  });
  if (new_retention_) {
    retention_ = std::exchange(new_retention_, std::nullopt);
    next_retention_us_ = 0;
  }
  if (queue_.empty() && stopping_) return false;
  take_group();
  was_busy_ = !group_.empty();
  return true;
}

// Expects: mutex_ is held.
void Writer::Worker::take_group() {
  group_.clear();
  size_t rows = 0;
  while (!queue_.empty() && (group_.empty() || rows + queue_.front().rows() <= limits_.max_group_rows)) {
    rows += queue_.front().rows();
    queued_rows_ -= queue_.front().rows();
    queued_bytes_ -= queue_.front().bytes();
    group_.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
}

void Writer::Worker::settle_group() {
  streams_.trim();
  rows_.clear();
  answers_.assign(group_.size(), {});
  results_.assign(group_.size(), {});
  Status status;
  for (size_t i = 0; i < group_.size() && status.ok(); ++i) {
    answers_[i].connection = group_[i].connection;
    status = settle_one(group_[i], answers_[i]);
    results_[i].mark = answers_[i].mark;
  }
  const int64_t start = clock_.monotonic_us();
  if (status.ok() && !rows_.empty()) status = store_.append(rows_);
  const int64_t append_us = clock_.monotonic_us() - start;
  if (status.ok()) {
    remember_numbers();
  } else {
    refuse_group(status);
  }
  publish(status, append_us);
}

Result<StreamMemory*> Writer::Worker::memory_of(const IngestBatch& batch) {
  StreamMemory* known = streams_.find(batch.device, batch.incarnation);
  if (known != nullptr) return known;
  const Result<std::optional<StreamState>> state =
      store_.find_stream(batch.device, batch.incarnation);
  if (!state.ok()) return state.status();
  StreamMemory& memory = streams_.add(batch.device, batch.incarnation);
  if (state.value()) {
    memory.stream = state.value()->stream;
    memory.advance(state.value()->mark);
  }
  // What a stream without rows could have been sent before is known: nothing.
  memory.tail_known = !state.value();
  return &memory;
}

// Reads back the hashes of what was stored before this process knew the stream.
Status Writer::Worker::know_tail(StreamMemory& memory) {
  if (memory.tail_known) return {};
  Status status = store_.read_stream_tail(memory.stream, protocol::kHashWindowRows, tail_);
  if (!status.ok()) return status;
  for (const StoredRow& row : tail_) {
    if (memory.hash_of(row.sequence) == 0) memory.remember(row.sequence, hash_of(row));
  }
  memory.tail_known = true;
  return {};
}

Status Writer::Worker::settle_one(const Submission& submission, Completion& completion) {
  Result<StreamMemory*> found = memory_of(submission.batch);
  if (!found.ok()) return found.status();
  StreamMemory& memory = *found.value();
  const uint64_t first_new =
      submission.is_hello ? std::min(submission.next_sequence, submission.oldest_held)
                          : submission.batch.first;
  if (first_new <= memory.mark) {
    Status status = know_tail(memory);
    if (!status.ok()) return status;
  }
  if (submission.is_hello) {
    answer_hello(submission, memory, completion);
    return {};
  }
  SettleResult result = settle_batch(submission.batch, memory, rows_);
  completion.kind =
      result.kind == SettleKind::Gap ? CompletionKind::Gap : CompletionKind::Settled;
  completion.mark = result.mark;
  completion.rows = result.rows;
  completion.duplicates = result.duplicates;
  completion.quarantined = result.quarantined;
  results_[static_cast<size_t>(&submission - group_.data())] = result;
  return {};
}

void Writer::Worker::answer_hello(const Submission& submission, StreamMemory& memory,
                                  Completion& completion) {
  completion.kind = CompletionKind::Hello;
  completion.mark = memory.mark;
  completion.renew = submission.next_sequence <= memory.mark;
  if (submission.oldest_held <= memory.mark) completion.mark_hash = memory.hash_of(memory.mark);
  if (!completion.renew) return;
  const uint64_t count = std::min<uint64_t>(memory.mark, protocol::kHashWindowRows);
  completion.recent_first = memory.mark - count + 1;
  for (uint64_t i = 0; i < count; ++i) {
    completion.recent.push_back(memory.hash_of(completion.recent_first + i));
  }
}

void Writer::Worker::remember_numbers() {
  for (const StreamUpdate& update : rows_.streams) {
    StreamMemory* memory = streams_.find(std::string(update.device), update.incarnation);
    VITRINE_ASSERT(memory != nullptr);
    memory->stream = update.stream;
    memory->update = StreamMemory::kNoUpdate;
  }
  for (size_t i = 0; i < group_.size(); ++i) {
    const StreamMemory* memory =
        streams_.find(group_[i].batch.device, group_[i].batch.incarnation);
    if (memory != nullptr) answers_[i].stream = memory->stream;
  }
}

// Nothing of the group is stored. The memories ran ahead of the store: forget them.
void Writer::Worker::refuse_group(const Status& status) {
  const bool full = status.code() == StatusCode::ResourceExhausted;
  for (const Submission& submission : group_) {
    streams_.forget(submission.batch.device, submission.batch.incarnation);
  }
  for (size_t i = 0; i < group_.size(); ++i) {
    answers_[i] = {};
    answers_[i].connection = group_[i].connection;
    answers_[i].kind = full ? CompletionKind::Full : CompletionKind::Unavailable;
    const Result<StreamMemory*> memory = memory_of(group_[i].batch);
    if (!memory.ok()) {
      answers_[i].kind = CompletionKind::Unavailable;
      continue;
    }
    answers_[i].mark = memory.value()->mark;
    answers_[i].stream = memory.value()->stream;
    // A hello writes nothing: a full disk is no reason to refuse it.
    if (group_[i].is_hello && know_tail(*memory.value()).ok()) {
      answer_hello(group_[i], *memory.value(), answers_[i]);
    }
  }
}

void Writer::Worker::publish(const Status& status, int64_t append_us) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = completions_.empty();
    count_group(status);
    stats_.last_append_us = append_us;
    for (Completion& answer : answers_) completions_.push_back(std::move(answer));
  }
  if (was_empty && wake_) wake_();
}

// Expects: mutex_ is held.
void Writer::Worker::count_group(const Status& status) {
  if (!rows_.empty() || !status.ok()) {
    stats_.store_full = status.code() == StatusCode::ResourceExhausted;
  }
  for (const Completion& answer : answers_) {
    if (answer.kind != CompletionKind::Hello) ++stats_.batches;
    if (answer.kind == CompletionKind::Gap) ++stats_.gaps;
    if (answer.kind == CompletionKind::Full) ++stats_.refused_full;
    if (answer.kind == CompletionKind::Unavailable) ++stats_.refused_unavailable;
  }
  if (!status.ok()) return;
  if (!rows_.empty()) ++stats_.groups;
  for (const SettleResult& result : results_) {
    stats_.rows += result.rows;
    stats_.quarantined += result.quarantined;
    stats_.lost += result.lost;
    stats_.duplicates += result.duplicates;
    stats_.conflicts += result.conflicts;
    stats_.uncompared += result.uncompared;
  }
  for (const QuarantinedRow& row : rows_.quarantined) {
    ++stats_.quarantined_by_reason[std::string(row.reason)];
  }
  for (const LossRange& loss : rows_.losses) {
    stats_.lost_by_reason[std::string(loss.reason)] += loss.last - loss.first + 1;
  }
}

void Writer::Worker::maybe_retire() {
  const int64_t now = clock_.monotonic_us();
  if (!retention_ || now < next_retention_us_) return;
  const Result<size_t> looked_at = store_.retire(*retention_, clock_.wall_ms(), kRetentionStep);
  const bool more = looked_at.ok() && looked_at.value() > 0;
  next_retention_us_ = now + (more ? kRetentionStepUs : kRetentionPauseUs);
  if (!more) return;
  const std::lock_guard lock(mutex_);
  stats_.retention_looked_at += looked_at.value();
}

Writer::Writer(Store& store, const Clock& clock, const WriterLimits& limits,
               std::function<void()> wake)
    : worker_(std::make_unique<Worker>(store, clock, limits, std::move(wake))) {}

Writer::~Writer() { stop(); }

bool Writer::submit_batch(ConnectionId connection, IngestBatch&& batch) {
  Submission submission;
  submission.connection = connection;
  submission.batch = std::move(batch);
  if (worker_->submit(submission)) return true;
  batch = std::move(submission.batch);
  return false;
}

bool Writer::submit_hello(ConnectionId connection, std::string device, const Id128& incarnation,
                          uint64_t next_sequence, uint64_t oldest_held) {
  Submission submission;
  submission.connection = connection;
  submission.is_hello = true;
  submission.next_sequence = next_sequence;
  submission.oldest_held = oldest_held;
  submission.batch.device = std::move(device);
  submission.batch.incarnation = incarnation;
  return worker_->submit(submission);
}

const std::vector<Completion>& Writer::take_completions() { return worker_->take_completions(); }

void Writer::set_retention(RetentionPolicy policy) { worker_->set_retention(std::move(policy)); }

void Writer::stop() { worker_->stop(); }

WriterStats Writer::stats() const { return worker_->stats(); }

}  // namespace vitrine
