// SPDX-License-Identifier: MIT
#include "engine/ui/scroller.h"

#include <cmath>

#include "engine/input/pan.h"

namespace vitrine::ui {
namespace {

constexpr float kGlideSeconds = 0.32f;  // the time constant of the friction
constexpr float kSlow = 8;              // points a second at which a glide is over

}  // namespace

void Scroller::set_extent(float extent) {
  extent_ = extent > 0 ? extent : 0;
  if (state_ == State::Still) offset_ = inside(offset_);
}

void Scroller::jump(float offset) {
  offset_ = raw_ = inside(offset);
  state_ = State::Still;
}

void Scroller::drag(float finger_delta) {
  if (state_ != State::Dragged) raw_ = offset_;
  state_ = State::Dragged;
  raw_ -= finger_delta;
  const float end = inside(raw_);
  offset_ = end + input::rubber_band(raw_ - end);
}

void Scroller::spring_to(float target, float velocity) {
  state_ = State::Springing;
  spring_.jump(offset_);
  spring_.set_target(target);
  spring_.set_velocity(velocity);
}

void Scroller::fling(float finger_velocity) {
  velocity_ = -finger_velocity;
  if (offset_ != inside(offset_)) return spring_to(inside(offset_), velocity_);
  state_ = State::Gliding;
}

void Scroller::show(float first, float last, float length) {
  float target = offset_;
  if (last > target + length) target = last - length;
  if (first < target) target = first;
  if (inside(target) != offset_) spring_to(inside(target), 0);
}

void Scroller::update(float dt) {
  if (dt <= 0) return;
  if (state_ == State::Gliding) {
    const float left = decay(dt / kGlideSeconds);
    offset_ += velocity_ * kGlideSeconds * (1 - left);
    velocity_ *= left;
    if (offset_ != inside(offset_)) return spring_to(inside(offset_), velocity_);
    if (std::fabs(velocity_) < kSlow) state_ = State::Still;
  } else if (state_ == State::Springing) {
    spring_.update(dt);
    offset_ = spring_.value();
    if (spring_.at_rest(0.1f)) jump(spring_.target());
  }
}

}  // namespace vitrine::ui
