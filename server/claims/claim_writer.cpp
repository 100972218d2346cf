// SPDX-License-Identifier: MIT
#include "server/claims/claim_writer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "server/claims/hold_clock.h"

namespace vitrine {
namespace {

constexpr uint32_t kChoresAtOnce = 500;  // holds or links, of one transaction

struct Submission {
  uint64_t number = 0;
  ClaimCommand command;
};

}  // namespace

// The writer's thread and what it shares with the loop.
class ClaimWriter::Worker {
 public:
  Worker(ClaimStore& store, const Clock& clock, const ClaimWriterLimits& limits,
         std::function<void()> wake)
      : store_(store),
        clock_(clock),
        limits_(limits),
        wake_(std::move(wake)),
        hold_clock_(clock),
        thread_([this] { run(); }) {}

  bool submit(uint64_t number, ClaimCommand& command);
  const std::vector<ClaimCompletion>& take_completions();
  void stop();
  ClaimWriterStats stats() const;

 private:
  void run();
  bool wait_for_work();
  void take_group();
  void unpack_group();
  void stamp_holds();
  void add_chores();
  void apply_group();
  void pack_group(const Status& status);
  void publish(const Status& status, int64_t apply_us);
  void count_chores();

  ClaimStore& store_;
  const Clock& clock_;
  const ClaimWriterLimits limits_;
  const std::function<void()> wake_;

  mutable std::mutex mutex_;
  std::condition_variable work_changed_;
  // Protected by mutex_:
  std::vector<Submission> queue_;
  bool stopping_ = false;
  std::vector<ClaimCompletion> completions_;
  ClaimWriterStats stats_;
  size_t last_group_ = 0;  // how many submissions it had; 0: there was no load

  std::vector<ClaimCompletion> taken_;  // the loop's

  // The writer's thread alone:
  std::vector<Submission> group_;
  std::vector<uint64_t> numbers_;       // of the group's commands that somebody submitted
  std::vector<ClaimCommand> commands_;  // theirs, then the chores
  std::vector<ClaimOutcome> outcomes_;
  std::vector<ClaimCompletion> done_;
  int64_t next_chores_us_ = 0;
  HoldClock hold_clock_;

  std::thread thread_;  // last: it uses all of the above
};

bool ClaimWriter::Worker::submit(uint64_t number, ClaimCommand& command) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= limits_.max_queued) {
      ++stats_.refused_queue_full;
      return false;
    }
    was_empty = queue_.empty();
    queue_.push_back({number, std::move(command)});
    // It waits for the first of a group, and then for as many as the last one had.
    was_empty = was_empty || queue_.size() == last_group_;
  }
  if (was_empty) work_changed_.notify_one();
  return true;
}

const std::vector<ClaimCompletion>& ClaimWriter::Worker::take_completions() {
  taken_.clear();
  const std::lock_guard lock(mutex_);
  std::swap(taken_, completions_);
  return taken_;
}

void ClaimWriter::Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

ClaimWriterStats ClaimWriter::Worker::stats() const {
  const std::lock_guard lock(mutex_);
  ClaimWriterStats stats = stats_;
  stats.queued = queue_.size();
  return stats;
}

void ClaimWriter::Worker::run() {
  while (wait_for_work()) {
    stamp_holds();
    add_chores();
    if (!commands_.empty()) apply_group();
  }
}

// False: stopping, and everything is applied.
bool ClaimWriter::Worker::wait_for_work() {
  std::unique_lock lock(mutex_);
  const int64_t start = clock_.monotonic_us();
  const auto idle = std::chrono::microseconds(std::max<int64_t>(0, next_chores_us_ - start));
  work_changed_.wait_for(lock, idle, [this] { return !queue_.empty() || stopping_; });
  // Those whose answers the last group carried ask again in a moment: a little patience then buys a
  // group as large as that one. Without load every moment would only be latency.
  const int64_t patience = limits_.group_window_us - (clock_.monotonic_us() - start);
  if (patience > 0) {
    work_changed_.wait_for(lock, std::chrono::microseconds(patience),
                           [this] { return queue_.size() >= last_group_ || stopping_; });
  }
  if (queue_.empty() && stopping_) return false;
  take_group();
  lock.unlock();
  unpack_group();
  return true;
}

// Expects: mutex_ is held; the loop waits for it meanwhile.
void ClaimWriter::Worker::take_group() {
  group_.clear();
  std::swap(group_, queue_);
  if (group_.size() > limits_.max_group) {
    const auto rest = group_.begin() + static_cast<std::ptrdiff_t>(limits_.max_group);
    queue_.assign(std::move_iterator(rest), std::move_iterator(group_.end()));
    group_.erase(rest, group_.end());
  }
  last_group_ = group_.size();
}

void ClaimWriter::Worker::unpack_group() {
  numbers_.clear();
  commands_.clear();
  for (Submission& submission : group_) {
    numbers_.push_back(submission.number);
    commands_.push_back(std::move(submission.command));
  }
}

void ClaimWriter::Worker::stamp_holds() {
  const int64_t now = hold_clock_.now_ms();
  for (ClaimCommand& command : commands_) {
    if (command.verb != ClaimVerb::Hold) continue;
    command.until += now - command.now;
    command.now = now;
  }
}

void ClaimWriter::Worker::add_chores() {
  if (clock_.monotonic_us() < next_chores_us_) return;
  next_chores_us_ = clock_.monotonic_us() + limits_.expire_every_us;
  const int64_t jump = hold_clock_.jump_ms();
  if (jump != 0) {
    ClaimCommand move;
    move.verb = ClaimVerb::MoveHolds;
    move.now = clock_.wall_ms();
    move.until = jump;
    commands_.push_back(move);
  }
  ClaimCommand expire;
  expire.verb = ClaimVerb::Expire;
  expire.now = hold_clock_.now_ms() + jump;
  expire.until = expire.now + limits_.longest_hold_ms;
  expire.count = kChoresAtOnce;
  commands_.push_back(expire);
  if (limits_.link_life_ms == 0) return;
  ClaimCommand retire = expire;
  retire.verb = ClaimVerb::RetireLinks;
  retire.now = clock_.wall_ms();
  retire.until = retire.now - limits_.link_life_ms;
  commands_.push_back(retire);
}

void ClaimWriter::Worker::apply_group() {
  const int64_t start = clock_.monotonic_us();
  const Status status = store_.apply(commands_, outcomes_);
  publish(status, clock_.monotonic_us() - start);
}

void ClaimWriter::Worker::pack_group(const Status& status) {
  done_.clear();
  for (size_t i = 0; i < numbers_.size(); ++i) {
    done_.push_back({numbers_[i], std::move(commands_[i]), status,
                     status.ok() ? std::move(outcomes_[i]) : ClaimOutcome()});
  }
}

void ClaimWriter::Worker::publish(const Status& status, int64_t apply_us) {
  pack_group(status);
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = completions_.empty();
    // Chores with nothing to do succeed on a full disk, too.
    if (!numbers_.empty() || !status.ok()) {
      stats_.storage_full = status.code() == StatusCode::ResourceExhausted;
    } else if (stats_.storage_full) {
      // Who watches /healthz may send nobody until it is well again.
      stats_.storage_full = !store_.has_room();
    }
    stats_.last_apply_us = apply_us;
    if (!numbers_.empty()) ++stats_.groups;
    stats_.commands += numbers_.size();
    if (!status.ok()) {
      (stats_.storage_full ? stats_.refused_full : stats_.refused_unavailable) += numbers_.size();
    } else {
      count_chores();
    }
    if (was_empty) std::swap(completions_, done_);
    std::move(done_.begin(), done_.end(), std::back_inserter(completions_));
  }
  if (was_empty && !numbers_.empty() && wake_) wake_();
}

// Expects: mutex_ is held, the group was applied.
void ClaimWriter::Worker::count_chores() {
  for (size_t i = numbers_.size(); i < commands_.size(); ++i) {
    const uint32_t changed = outcomes_[i].changed;
    if (commands_[i].verb == ClaimVerb::MoveHolds) {
      hold_clock_.follow(commands_[i].until);
      ++stats_.clock_jumps;
      continue;
    }
    const bool is_expiry = commands_[i].verb == ClaimVerb::Expire;
    (is_expiry ? stats_.expired : stats_.retired_links) += changed;
    if (changed == kChoresAtOnce) next_chores_us_ = 0;  // there is more
  }
}

ClaimWriter::ClaimWriter(ClaimStore& store, const Clock& clock, const ClaimWriterLimits& limits,
                         std::function<void()> wake)
    : worker_(std::make_unique<Worker>(store, clock, limits, std::move(wake))) {}

ClaimWriter::~ClaimWriter() {
  stop();
}

bool ClaimWriter::submit(uint64_t number, ClaimCommand&& command) {
  return worker_->submit(number, command);
}

const std::vector<ClaimCompletion>& ClaimWriter::take_completions() {
  return worker_->take_completions();
}

void ClaimWriter::stop() {
  worker_->stop();
}

ClaimWriterStats ClaimWriter::stats() const {
  return worker_->stats();
}

}  // namespace vitrine
