// SPDX-License-Identifier: MIT
// A device that records without end, loses its connection, comes back, and remembers every
// acknowledgement it was ever given.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "tests/server/live_server.h"

namespace vitrine::test {

class RecordingDevice {
 public:
  static constexpr int kRows = 10;   // a batch
  static constexpr int kWindow = 4;  // batches ahead of the acknowledgements

  // Begins at once, on its own thread.
  RecordingDevice(TestDevice device, const std::atomic<uint16_t>& port);
  ~RecordingDevice();

  void stop();

  const TestDevice& device() const { return device_; }
  const Id128& incarnation() const { return incarnation_; }
  // The highest mark it was told; any thread, at any time.
  uint64_t acknowledged() const { return acknowledged_; }
  // After stop().
  uint64_t sent() const { return sent_; }
  uint64_t connections() const { return connections_; }
  int last_close_code() const { return last_close_code_; }
  // Once a server's mark was below what an earlier one had acknowledged.
  bool saw_mark_go_back() const { return mark_went_back_; }

 private:
  void run();
  void record(RawClient& client);
  bool take_answer(RawClient& client);
  void hear_the_end(RawClient& client);

  TestDevice device_;
  const std::atomic<uint16_t>& port_;
  Id128 incarnation_;
  std::atomic<bool> stopping_{false};
  std::atomic<uint64_t> acknowledged_{0};
  uint64_t sent_ = 0;  // highest sequence sent
  uint64_t connections_ = 0;
  int last_close_code_ = 0;
  bool mark_went_back_ = false;
  std::thread thread_;
};

}  // namespace vitrine::test
