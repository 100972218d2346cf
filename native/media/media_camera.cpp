// SPDX-License-Identifier: MIT
#include "native/media/media_camera.h"

#include <utility>

#include "native/media/media_origin.h"

namespace vitrine::media {
namespace {

constexpr auto kLookEvery = std::chrono::seconds(1);  // for cameras that come and go

}  // namespace

MediaCamera::MediaCamera(std::unique_ptr<MediaOrigin> origin)
    : origin_(std::move(origin)), news_(std::make_unique<CameraNews>()) {
  news_->state = CameraState::Closed;
  thread_ = std::thread([this] { work(); });
}

MediaCamera::~MediaCamera() {
  close();
  {
    std::lock_guard lock(mutex_);
    quit_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void MediaCamera::refresh_devices() {
  std::lock_guard lock(mutex_);
  follow_devices_ = look_at_once_ = true;
  wake_.notify_all();
}

Status MediaCamera::open(const CameraRequest& request) {
  if (Status refused = check_camera_request(request); !refused.ok()) return refused;
  close();
  run_ = std::make_shared<CameraRun>(request, [this] { look_round(); });
  news_->state = CameraState::Starting;
  std::lock_guard lock(mutex_);
  next_ = run_;
  wake_.notify_all();
  return {};
}

void MediaCamera::close() {
  if (run_) run_->stop();
  run_.reset();
  *news_ = CameraNews{};
  news_->state = CameraState::Closed;
  fresh_ = false;
  std::lock_guard lock(mutex_);
  next_.reset();
}

CameraState MediaCamera::state() const {
  return news_->state;
}
Status MediaCamera::problem() const {
  return news_->problem;
}
std::string MediaCamera::device_id() const {
  return news_->device_id;
}
CameraStatistics MediaCamera::statistics() const {
  return news_->statistics;
}

void MediaCamera::poll() {
  if (run_) {
    *news_ = run_->take();
    fresh_ = news_->picture.has_value();
  }
  std::lock_guard lock(mutex_);
  if (std::exchange(listed_anew_, false)) devices_ = listed_;
}

const CameraFrame* MediaCamera::newest_frame() {
  return std::exchange(fresh_, false) ? &news_->picture->view : nullptr;
}

void MediaCamera::wait_for_news(std::chrono::milliseconds longest) {
  if (run_) {
    run_->wait_for_news(longest);
    return;
  }
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, longest, [this] { return listed_anew_; });
}

void MediaCamera::work() {
  for (;;) {
    look_round();
    std::shared_ptr<CameraRun> run;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, kLookEvery, [this] { return quit_ || next_ || look_at_once_; });
      if (quit_) return;
      run = std::exchange(next_, nullptr);
    }
    if (run) origin_->run(*run);
  }
}

void MediaCamera::look_round() {
  const auto now = std::chrono::steady_clock::now();
  {
    std::lock_guard lock(mutex_);
    if (!follow_devices_ || (!std::exchange(look_at_once_, false) && now < look_next_)) return;
  }
  look_next_ = now + kLookEvery;
  std::vector<CameraDevice> found = origin_->list();
  if (found.size() > kMostDevices) found.resize(kMostDevices);
  std::lock_guard lock(mutex_);
  listed_ = std::move(found);
  listed_anew_ = true;
  wake_.notify_all();
}

}  // namespace vitrine::media
