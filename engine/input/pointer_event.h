// SPDX-License-Identifier: MIT
// The engine's own input event. SDL's finger and mouse events become this in one place
// (engine/app/sdl_window.cpp); recognisers and scenes see nothing else.
#pragma once

#include <cstdint>

#include "engine/base/geometry.h"

namespace vitrine::input {

enum class PointerPhase : uint8_t {
  Down,
  Move,
  Up,
  Cancel,  // the system took it (touchcancel, lost capture, palm): nothing is activated
};

struct PointerEvent {
  uint64_t pointer = 0;  // unique while it is down: device and finger, or the mouse
  PointerPhase phase = PointerPhase::Down;
  Vec2 position;        // logical points of the scene
  int64_t time_us = 0;  // Clock::monotonic_us when the system reported it
  uint64_t device = 0;  // the touch panel, as the system numbers them; 0: a mouse
};

}  // namespace vitrine::input
