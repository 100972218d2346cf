// SPDX-License-Identifier: MIT
#include "server/writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/writer_worker.h"

namespace vitrine {
namespace {

constexpr auto kIdleWait = std::chrono::milliseconds(200);

}  // namespace

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
  while (!queue_.empty() &&
         (group_.empty() || rows + queue_.front().rows() <= limits_.max_group_rows)) {
    rows += queue_.front().rows();
    queued_rows_ -= queue_.front().rows();
    queued_bytes_ -= queue_.front().bytes();
    group_.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
}

Writer::Writer(Store& store, const Clock& clock, const WriterLimits& limits,
               std::function<void()> wake)
    : worker_(std::make_unique<Worker>(store, clock, limits, std::move(wake))) {}

Writer::~Writer() {
  stop();
}

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

const std::vector<Completion>& Writer::take_completions() {
  return worker_->take_completions();
}

void Writer::set_retention(RetentionPolicy policy) {
  worker_->set_retention(std::move(policy));
}

void Writer::stop() {
  worker_->stop();
}

WriterStats Writer::stats() const {
  return worker_->stats();
}

}  // namespace vitrine
