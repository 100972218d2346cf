// SPDX-License-Identifier: MIT
// One thread that works off a queue, for everything that may touch a disk or take longer than a
// frame. A job runs on the thread and returns what is to be told; that runs in poll(), on the
// App's thread, in the order the jobs were posted.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace vitrine {

class Worker {
 public:
  using Report = std::function<void()>;
  using Job = std::function<Report()>;

  // What becomes of jobs that nobody has begun when the worker is destroyed. Reports not yet
  // polled are dropped either way.
  enum class AtEnd { DropJobs, FinishJobs };

  explicit Worker(AtEnd at_end = AtEnd::DropJobs);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void post(Job job);
  // Runs the reports that are due. App's thread.
  void poll();
  // Blocks until every job posted so far has run; its reports still wait for poll(). For ends of
  // programs and tests only.
  void drain();

 private:
  void run();

  const AtEnd at_end_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::deque<Job> jobs_;        // protected by mutex_
  std::deque<Report> reports_;  // protected by mutex_
  bool busy_ = false;           // protected by mutex_
  bool stop_ = false;           // protected by mutex_
  std::thread thread_;
};

}  // namespace vitrine
