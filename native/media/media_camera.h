// SPDX-License-Identifier: MIT
// CameraSource by FFmpeg. One thread a camera, made with it: it opens, waits and decodes; the
// App's thread only moves pointers.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/platform/camera_source.h"

namespace vitrine::media {

class CameraRun;
class MediaOrigin;
struct CameraNews;

class MediaCamera final : public CameraSource {
 public:
  explicit MediaCamera(std::unique_ptr<MediaOrigin> origin);
  // Waits until the thread has let go of the camera.
  ~MediaCamera() override;

  void refresh_devices() override;
  std::span<const CameraDevice> devices() const override { return devices_; }
  Status open(const CameraRequest& request) override;
  void close() override;
  CameraState state() const override;
  Status problem() const override;
  std::string device_id() const override;
  void poll() override;
  const CameraFrame* newest_frame() override;
  CameraStatistics statistics() const override;

  // Sleeps until poll() would show something new, at most `longest`. For programs without a frame
  // loop.
  void wait_for_news(std::chrono::milliseconds longest);

 private:
  void work();
  void look_round();

  const std::unique_ptr<MediaOrigin> origin_;

  // The App's thread.
  std::vector<CameraDevice> devices_;
  std::shared_ptr<CameraRun> run_;  // null: closed
  std::unique_ptr<CameraNews> news_;
  bool fresh_ = false;  // the picture of news_ has not been lent yet

  std::mutex mutex_;
  std::condition_variable wake_;
  std::shared_ptr<CameraRun> next_;   // protected by mutex_: what the thread runs next
  std::vector<CameraDevice> listed_;  // protected by mutex_
  bool follow_devices_ = false;       // protected by mutex_
  bool look_at_once_ = false;         // protected by mutex_
  bool listed_anew_ = false;          // protected by mutex_
  bool quit_ = false;                 // protected by mutex_
  std::chrono::steady_clock::time_point look_next_;  // the thread's

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace vitrine::media
