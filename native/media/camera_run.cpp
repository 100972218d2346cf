// SPDX-License-Identifier: MIT
#include "native/media/camera_run.h"

#include <utility>

namespace vitrine::media {

CameraNews CameraRun::take() {
  std::lock_guard lock(mutex_);
  CameraNews taken = std::move(news_);
  news_.state = taken.state;
  news_.problem = taken.problem;
  news_.device_id = taken.device_id;
  news_.statistics = taken.statistics;
  news_.picture.reset();
  has_news_ = false;
  changed_.notify_all();
  return taken;
}

void CameraRun::stop() {
  std::lock_guard lock(mutex_);
  stop_ = true;
  news_.picture.reset();
  changed_.notify_all();
}

bool CameraRun::wait_for_news(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, longest, [this] { return has_news_ || stop_; });
}

bool CameraRun::go_on() {
  look_round_();
  std::lock_guard lock(mutex_);
  return !stop_;
}

bool CameraRun::rest(std::chrono::microseconds time) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return stop_; });
  }
  return go_on();
}

bool CameraRun::rest_until_taken() {
  constexpr auto kLookRound = std::chrono::milliseconds(200);
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      const auto free = [this] { return stop_ || !news_.picture; };
      if (changed_.wait_for(lock, kLookRound, free)) break;
    }
    look_round_();
  }
  return go_on();
}

void CameraRun::show(CameraState state, Status problem) {
  std::lock_guard lock(mutex_);
  if (news_.state == state && news_.problem.message() == problem.message()) return;
  news_.state = state;
  news_.problem = std::move(problem);
  // What a camera that is gone saw last is not to be shown as the present.
  if (state == CameraState::Unplugged) news_.picture.reset();
  has_news_ = true;
  changed_.notify_all();
}

void CameraRun::show_device(const std::string& id) {
  std::lock_guard lock(mutex_);
  news_.device_id = id;
}

CameraState CameraRun::shown() const {
  std::lock_guard lock(mutex_);
  return news_.state;
}

void CameraRun::deliver(MediaPicture picture, double interval_seconds) {
  double time_seconds = picture.view.time_seconds + time_offset_seconds_;
  std::lock_guard lock(mutex_);
  if (stop_) return;
  if (news_.statistics.frames > 0 && time_seconds <= last_time_seconds_) {
    time_offset_seconds_ += last_time_seconds_ + interval_seconds - time_seconds;
    time_seconds = last_time_seconds_ + interval_seconds;
  }
  last_time_seconds_ = picture.view.time_seconds = time_seconds;
  picture.view.number = ++news_.statistics.frames;
  if (news_.picture) ++news_.statistics.replaced;
  news_.picture = std::move(picture);
  news_.state = CameraState::Streaming;
  news_.problem = {};
  has_news_ = true;
  changed_.notify_all();
}

void CameraRun::count_damaged() {
  std::lock_guard lock(mutex_);
  ++news_.statistics.damaged;
}

void CameraRun::count_reopened() {
  std::lock_guard lock(mutex_);
  ++news_.statistics.reopened;
}

}  // namespace vitrine::media
