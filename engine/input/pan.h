// SPDX-License-Identifier: MIT
// One finger that drags along one axis. The first pointer that goes down owns the pan until it
// lifts; others that come meanwhile change nothing, so two people never pull one thing apart.
#pragma once

#include <cstdint>

#include "engine/base/geometry.h"
#include "engine/input/pointer_event.h"
#include "engine/input/velocity.h"

namespace vitrine::input {

enum class Axis : uint8_t { Horizontal, Vertical };

struct PanUpdate {
  enum class Kind : uint8_t {
    Ignored,  // not this pan's pointer
    Caught,   // a finger is down; it may become a tap or a drag
    Held,     // still within the slop
    Began,    // beyond the slop: a drag from here on, 1:1
    Moved,
    Ended,      // lifted after a drag; `velocity` is the fling
    Tapped,     // lifted without a drag, at `position`
    Cancelled,  // the system took it: no fling, no tap
  };
  Kind kind = Kind::Ignored;
  float delta = 0;     // points along the axis since the last update
  float velocity = 0;  // points a second along the axis, for Ended
  Vec2 position;
};

class Pan {
 public:
  // `slop`: points along the axis before a touch counts as a drag.
  explicit Pan(Axis axis = Axis::Horizontal, float slop = 10) : axis_(axis), slop_(slop) {}

  PanUpdate handle(const PointerEvent& event);
  void reset() { owned_ = dragging_ = false; }
  void set_slop(float slop) { slop_ = slop; }

  bool owned() const { return owned_; }
  bool dragging() const { return dragging_; }

 private:
  float along(Vec2 v) const { return axis_ == Axis::Horizontal ? v.x : v.y; }
  PanUpdate begin(const PointerEvent& event);
  PanUpdate move(const PointerEvent& event);
  PanUpdate finish(const PointerEvent& event);

  Axis axis_;
  float slop_;
  bool owned_ = false;
  bool dragging_ = false;
  uint64_t pointer_ = 0;
  Vec2 down_;
  Vec2 last_;
  VelocityTracker velocity_;
};

// What a pull of `distance` beyond an end shows: a constant share, so the finger feels the end at
// once and the content never runs away.
constexpr float rubber_band(float distance, float share = 0.35f) {
  return distance * share;
}

// How far something thrown at `velocity` glides before friction stops it; the sign is kept.
// `glide_seconds` is the time constant of the exponential slow-down.
constexpr float glide_distance(float velocity, float glide_seconds = 0.22f) {
  return velocity * glide_seconds;
}

}  // namespace vitrine::input
