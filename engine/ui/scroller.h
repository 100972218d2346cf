// SPDX-License-Identifier: MIT
// How far content longer than its window is scrolled: 1:1 under the finger, rubber at the ends, a
// glide with friction when thrown, a spring back from beyond an end. Exact in time like Spring.
#pragma once

#include "engine/ui/motion.h"

namespace vitrine::ui {

class Scroller {
 public:
  // How far it can be scrolled: content length minus window; not below 0.
  void set_extent(float extent);
  float extent() const { return extent_; }
  // Points the content is moved by; 0 at its beginning, beyond 0..extent while pulled past an end.
  float offset() const { return offset_; }

  void jump(float offset);
  // By the finger: content follows it, so a finger that moves up scrolls on. Points.
  void drag(float finger_delta);
  // The finger let go at so many points a second.
  void fling(float finger_velocity);
  // Scrolls by a spring until first..last (points of the content) is within the window's `length`.
  void show(float first, float last, float length);
  void update(float dt);
  bool at_rest() const { return state_ == State::Still; }

 private:
  enum class State : uint8_t { Still, Dragged, Gliding, Springing };
  float inside(float offset) const { return clamp(offset, 0, extent_); }
  void spring_to(float target, float velocity);

  State state_ = State::Still;
  float extent_ = 0;
  float raw_ = 0;  // where the finger has pulled it, without rubber
  float offset_ = 0;
  float velocity_ = 0;  // of a glide
  Spring spring_{0};
};

}  // namespace vitrine::ui
