// SPDX-License-Identifier: MIT
#include "engine/gfx/quality.h"

#include <algorithm>
#include <array>

namespace vitrine::gfx {
namespace {

constexpr float kSlow = 1.3f;        // of the pace: a frame that came too late
constexpr float kSlowShare = 0.25f;  // of a window's frames: too slow
constexpr float kCalmShare = 0.04f;  // below: calm
constexpr float kWindow = 1;         // seconds
constexpr float kSettle = 0.5f;
constexpr float kLongestWait = 640;
constexpr float kRelapse = 8;  // a step up taken back within this doubles the wait
constexpr uint32_t kMostPatience = 60;
constexpr float kPause = 0.25f;   // longer is no frame but a pause
constexpr float kHelped = 0.94f;  // of the interval: what a faster display would show

constexpr std::array<Quality, 7> kLadder{{
    {},
    {"small_background", 4},
    {"slow_background", 4, 3},
    {"flat_glass", 4, 3, false},
    {"few_particles", 4, 3, false, 0.4f},
    {"still_background", 4, 0, false, 0.4f},
    {"least", 4, 0, false, 0, false},
}};

}  // namespace

std::span<const Quality> quality_ladder() {
  return kLadder;
}

std::string_view quality_reason_name(QualityReason reason) {
  switch (reason) {
    case QualityReason::Start:
      return "start";
    case QualityReason::SlowFrames:
      return "slow_frames";
    case QualityReason::SteadyFrames:
      return "steady_frames";
    case QualityReason::PacedDisplay:
      return "paced_display";
  }
  return "";
}

void QualityLadder::forget_frames() {
  window_ = 0;
  frames_ = slow_ = 0;
  rest_ = std::max(rest_, kSettle);
}

bool QualityLadder::move_to(uint32_t rung, QualityReason reason) {
  rung_ = rung;
  reason_ = reason;
  calm_ = 0;
  slow_windows_ = 0;
  forget_frames();
  return true;
}

bool QualityLadder::add_frame(float interval) {
  if (interval <= 0 || interval > kPause) {
    forget_frames();
    return false;
  }
  since_up_ += interval;
  if (rest_ > 0) {
    rest_ -= interval;
    return false;
  }
  window_ += interval;
  ++frames_;
  if (interval > pace_ * kSlow) ++slow_;
  return window_ >= kWindow && judge();
}

bool QualityLadder::step_down() {
  if (rung_ == 0) top_interval_ = interval_;
  if (rung_ + 1 < kLadder.size()) {
    if (since_up_ < kRelapse) wait_ = std::min(2 * wait_, kLongestWait);
    return move_to(rung_ + 1, QualityReason::SlowFrames);
  }
  if (interval_ < top_interval_ * kHelped) return false;
  pace_ = interval_;
  patience_ = std::min(2 * patience_, kMostPatience);
  return move_to(0, QualityReason::PacedDisplay);
}

bool QualityLadder::judge() {
  const float share = static_cast<float>(slow_) / static_cast<float>(frames_);
  interval_ = window_ / static_cast<float>(frames_);
  const float seconds = window_;
  window_ = 0;
  frames_ = slow_ = 0;
  // A display that has become faster is not held to its old pace.
  pace_ = std::max(std::min(pace_, interval_), asked_);
  if (share > kSlowShare) {
    calm_ = 0;
    if (rung_ == 0 && ++slow_windows_ < patience_) return false;
    return step_down();
  }
  slow_windows_ = 0;
  calm_ = share < kCalmShare ? calm_ + seconds : 0;
  if (rung_ == 0 || calm_ < wait_) return false;
  since_up_ = 0;
  return move_to(rung_ - 1, QualityReason::SteadyFrames);
}

}  // namespace vitrine::gfx
