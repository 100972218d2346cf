// SPDX-License-Identifier: MIT
// One press on one thing. The first pointer that goes down inside owns the press until it lifts;
// others that come meanwhile change nothing. Sliding off releases, sliding back presses again,
// lifting inside activates, Cancel never does.
#pragma once

#include <cstdint>

#include "engine/base/geometry.h"
#include "engine/input/pointer_event.h"

namespace vitrine::input {

class Tap {
 public:
  // How far outside the area a finger may slip and still be inside, points.
  static constexpr float kSlip = 20;

  enum class Result : uint8_t {
    Ignored,    // not this press's pointer, or a Down outside
    Pressed,    // the finger is down inside (again)
    Released,   // it slid off
    Held,       // nothing changed
    Activated,  // it lifted inside
    Cancelled,  // it lifted outside, or the system took it
  };

  Result handle(const PointerEvent& event, const Rect& area);
  // Lets go without a result: the thing was disabled or removed.
  void reset() { owned_ = inside_ = false; }

  // Whether a finger is down and inside.
  bool pressed() const { return owned_ && inside_; }
  bool owned() const { return owned_; }
  uint64_t pointer() const { return pointer_; }

 private:
  Result begin(const PointerEvent& event, const Rect& area);

  uint64_t pointer_ = 0;
  bool owned_ = false;
  bool inside_ = false;
};

}  // namespace vitrine::input
