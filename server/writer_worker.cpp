// SPDX-License-Identifier: MIT
// A group on the writer's thread: settled, appended, answered.
#include "server/writer_worker.h"

#include <algorithm>
#include <utility>

#include "engine/base/assert.h"
#include "engine/protocol/dictionary.h"

namespace vitrine {
namespace {

constexpr size_t kRetentionStep = 500;             // rows looked at in one append's place
constexpr int64_t kRetentionPauseUs = 60'000'000;  // when there was nothing to do
constexpr int64_t kRetentionStepUs = 20'000;       // between two steps when there was

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
  const uint64_t first_new = submission.is_hello
                                 ? std::min(submission.next_sequence, submission.oldest_held)
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
  completion.kind = result.kind == SettleKind::Gap ? CompletionKind::Gap : CompletionKind::Settled;
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
    const StreamMemory* memory = streams_.find(group_[i].batch.device, group_[i].batch.incarnation);
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

}  // namespace vitrine
