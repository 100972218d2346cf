// SPDX-License-Identifier: MIT
// A camera whose pictures, states and troubles are the test's. Records what was asked of it. Keeps
// the contract: what the test says shows after poll(), a picture is lent once and until then.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/platform/camera_source.h"

namespace vitrine::fakes {

class FakeCamera final : public CameraSource {
 public:
  void refresh_devices() override { ++refreshes; }
  std::span<const CameraDevice> devices() const override { return shown_devices_; }

  Status open(const CameraRequest& request) override {
    if (Status bad = check_camera_request(request); !bad.ok()) return bad;
    close();
    requests.push_back(request);
    counts = {};
    last_time_seconds_ = -1;
    next_state_ = state_ = ask_first ? CameraState::Asking : CameraState::Starting;
    if (fail_opening.ok()) return {};
    next_state_ = fail_opening.code() == StatusCode::PermissionDenied ? CameraState::Denied
                                                                      : CameraState::Failed;
    next_problem_ = fail_opening;
    return {};
  }
  void close() override {
    if (state_ != CameraState::Closed) ++closes;
    next_state_ = state_ = CameraState::Closed;
    next_problem_ = problem_ = {};
    drop_pictures();
  }

  CameraState state() const override { return state_; }
  Status problem() const override { return problem_; }
  std::string device_id() const override {
    if (state_ == CameraState::Closed) return {};
    if (!requests.back().device_id.empty()) return requests.back().device_id;
    return shown_devices_.empty() ? "" : shown_devices_.front().id;
  }

  void poll() override {
    ++polls;
    if (refreshes > 0) shown_devices_ = plugged;
    state_ = next_state_;
    problem_ = next_problem_;
    lent_.clear();
    if (has_next_) {
      std::swap(lent_, next_);
      lent_frame_ = next_frame_;
      lent_frame_.pixels = lent_.data();
    }
    has_lent_ = std::exchange(has_next_, false);
  }
  const CameraFrame* newest_frame() override {
    return std::exchange(has_lent_, false) ? &lent_frame_ : nullptr;
  }
  CameraStatistics statistics() const override { return counts; }

  // The world outside. Allowed, refused, pulled, stuck, …: shows after the next poll().
  void become(CameraState state, Status problem = {}) {
    if (state_ == CameraState::Closed) return;
    next_state_ = state;
    next_problem_ = std::move(problem);
  }
  void plug(CameraDevice device) {
    plugged.push_back(std::move(device));
    if (state_ == CameraState::Unplugged) become(CameraState::Starting);
  }
  void unplug(std::string_view id) {
    std::erase_if(plugged, [&](const CameraDevice& device) { return device.id == id; });
    if (device_id() != id) return;
    become(CameraState::Unplugged, {StatusCode::NotFound, "the camera was unplugged"});
    drop_pictures();
  }
  // A picture arrives, of the format asked for, every byte `value`. Ignored while nobody may see.
  void feed(int width, int height, uint8_t value, double time_seconds) {
    feed(width, height,
         std::vector<uint8_t>(static_cast<size_t>(width) * static_cast<size_t>(height) *
                                  static_cast<size_t>(bytes_per_pixel(format())),
                              value),
         time_seconds);
  }
  // Expects: rows without gaps; `time_seconds` later than the last picture's.
  void feed(int width, int height, std::vector<uint8_t> pixels, double time_seconds) {
    const bool may = next_state_ == CameraState::Starting ||
                     next_state_ == CameraState::Streaming || next_state_ == CameraState::Stalled;
    if (!may || time_seconds <= last_time_seconds_) return;
    if (has_next_ || has_lent_) ++counts.replaced;
    last_time_seconds_ = time_seconds;
    next_ = std::move(pixels);
    next_frame_ = {.width = width,
                   .height = height,
                   .stride_bytes = width * bytes_per_pixel(format()),
                   .format = format(),
                   .time_seconds = time_seconds,
                   .number = ++counts.frames};
    has_next_ = true;
    become(CameraState::Streaming);
  }

  bool ask_first = false;  // open() goes to Asking: become(Starting) is the permission
  Status fail_opening;     // what open() comes to
  std::vector<CameraDevice> plugged;
  std::vector<CameraRequest> requests;
  CameraStatistics counts;
  int refreshes = 0;
  int closes = 0;
  int polls = 0;

 private:
  PixelFormat format() const {
    return requests.empty() ? PixelFormat::Luma8 : requests.back().format;
  }
  void drop_pictures() {
    has_next_ = has_lent_ = false;
    next_.clear();
    lent_.clear();
  }

  CameraState state_ = CameraState::Closed;
  CameraState next_state_ = CameraState::Closed;
  Status problem_;
  Status next_problem_;
  std::vector<CameraDevice> shown_devices_;
  std::vector<uint8_t> next_;
  std::vector<uint8_t> lent_;
  CameraFrame next_frame_;
  CameraFrame lent_frame_;
  bool has_next_ = false;
  bool has_lent_ = false;
  double last_time_seconds_ = -1;
};

}  // namespace vitrine::fakes
