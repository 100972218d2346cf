// SPDX-License-Identifier: MIT
// What one open() shares between the App's thread and the thread that decodes: states and at most
// one picture that waits. A lock is held for as long as it takes to move a pointer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "engine/platform/camera_source.h"
#include "native/media/picture_converter.h"

namespace vitrine::media {

// What the App's thread takes over in poll().
struct CameraNews {
  CameraState state = CameraState::Starting;
  Status problem;
  std::string device_id;
  CameraStatistics statistics;
  std::optional<MediaPicture> picture;
};

class CameraRun {
 public:
  CameraRun(CameraRequest request, std::function<void()> look_round)
      : request_(std::move(request)), look_round_(std::move(look_round)) {}
  CameraRun(const CameraRun&) = delete;
  CameraRun& operator=(const CameraRun&) = delete;

  const CameraRequest& request() const { return request_; }

  // App's thread.
  CameraNews take();
  void stop();  // ends every rest below at once
  // Waits until there is news or the time is over. For programs without a frame loop.
  bool wait_for_news(std::chrono::milliseconds longest);

  // The decoding thread. False once the run is to end. Also looks after the list of devices.
  bool go_on();
  bool rest(std::chrono::microseconds time);  // go_on()
  bool rest_until_taken();                    // until no picture waits; go_on()
  void show(CameraState state, Status problem = {});
  void show_device(const std::string& id);
  // The newest picture; replaces one that waits. Times are kept rising across loops and reopenings:
  // one that falls back goes on `interval_seconds` after the last.
  void deliver(MediaPicture picture, double interval_seconds);
  void count_damaged();
  void count_reopened();
  CameraState shown() const;

 private:
  const CameraRequest request_;
  const std::function<void()> look_round_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  CameraNews news_;                 // protected by mutex_
  bool stop_ = false;               // protected by mutex_
  bool has_news_ = false;           // protected by mutex_
  double time_offset_seconds_ = 0;  // the decoding thread's
  double last_time_seconds_ = 0;    // the decoding thread's
};

}  // namespace vitrine::media
