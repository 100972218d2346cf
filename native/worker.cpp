// SPDX-License-Identifier: MIT
#include "native/worker.h"

#include <utility>

namespace vitrine {

Worker::Worker(AtEnd at_end) : at_end_(at_end), thread_([this] { run(); }) {}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    if (at_end_ == AtEnd::DropJobs) jobs_.clear();
  }
  wake_.notify_one();
  thread_.join();
}

void Worker::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void Worker::poll() {
  // Only what is here now: a report may post and another may arrive, and a frame must end.
  std::deque<Report> due;
  {
    const std::lock_guard lock(mutex_);
    if (reports_.empty()) return;
    due.swap(reports_);
  }
  for (auto& report : due) {
    if (report) report();
  }
}

void Worker::drain() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return jobs_.empty() && !busy_; });
}

void Worker::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    busy_ = true;
    lock.unlock();
    Report report = job();
    job = nullptr;
    lock.lock();
    busy_ = false;
    reports_.push_back(std::move(report));
    if (jobs_.empty()) idle_.notify_all();
  }
}

}  // namespace vitrine
