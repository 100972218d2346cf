// SPDX-License-Identifier: MIT
#include "engine/input/tap.h"

namespace vitrine::input {

Tap::Result Tap::begin(const PointerEvent& event, const Rect& area) {
  if (owned_ || !area.contains(event.position)) return Result::Ignored;
  pointer_ = event.pointer;
  owned_ = inside_ = true;
  return Result::Pressed;
}

Tap::Result Tap::handle(const PointerEvent& event, const Rect& area) {
  if (event.phase == PointerPhase::Down) return begin(event, area);
  if (!owned_ || event.pointer != pointer_) return Result::Ignored;
  const bool inside = area.outset(kSlip).contains(event.position);
  if (event.phase == PointerPhase::Move) {
    if (inside == inside_) return Result::Held;
    inside_ = inside;
    return inside ? Result::Pressed : Result::Released;
  }
  reset();
  return event.phase == PointerPhase::Up && inside ? Result::Activated : Result::Cancelled;
}

}  // namespace vitrine::input
