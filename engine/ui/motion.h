// SPDX-License-Identifier: MIT
// How things move: springs for what a finger moves, eased curves for what the system moves. Both
// are exact solutions in time, so that the same second looks the same at 20 and at 120 frames.
#pragma once

#include "engine/base/geometry.h"

namespace vitrine::ui {

// A damped spring. `response`: seconds of one undamped swing; `damping`: 1 comes to rest without
// overshoot, less overshoots. Expects: response > 0, 0 < damping.
struct SpringShape {
  float response = 0.35f;
  float damping = 0.85f;
};

class Spring {
 public:
  Spring() = default;
  explicit Spring(float value, SpringShape shape = {})
      : shape_(shape), value_(value), target_(value) {}

  void set_target(float target) { target_ = target; }
  void set_velocity(float velocity) { velocity_ = velocity; }
  // At rest at `value`.
  void jump(float value) { value_ = target_ = value, velocity_ = 0; }
  // Moves the value and keeps target and velocity: content that a finger moved.
  void set_value(float value) { value_ = value; }
  void update(float dt);

  float value() const { return value_; }
  float target() const { return target_; }
  float velocity() const { return velocity_; }
  // Within `tolerance` of the target and slower than it a second.
  bool at_rest(float tolerance = 0.001f) const;

 private:
  SpringShape shape_;
  float value_ = 0;
  float velocity_ = 0;
  float target_ = 0;
};

// All take and give 0..1 and clamp what lies outside.
float ease_out(float t);         // the system answers: 0.2 s
float ease_in_out(float t);      // something changes place: 0.35 s
float ease_emphasised(float t);  // an entrance: 0.5 s, quick start, long settle
float ease_in(float t);          // an exit

// Where a step of `duration` that starts at `start` stands at `now`, 0..1, not eased.
float progress(float now, float start, float duration);

// Something 0..1 that goes up or down by constant speed and is eased when read; for things that
// appear and disappear and may turn round half way.
class Fade {
 public:
  void set(bool shown) { target_ = shown ? 1.0f : 0.0f; }
  void jump(bool shown) { value_ = target_ = shown ? 1.0f : 0.0f; }
  void update(float dt, float duration);
  float value() const { return ease_in_out(value_); }
  bool at_rest() const { return value_ == target_; }

 private:
  float value_ = 0;
  float target_ = 0;
};

}  // namespace vitrine::ui
