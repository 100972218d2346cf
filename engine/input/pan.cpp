// SPDX-License-Identifier: MIT
#include "engine/input/pan.h"

#include <cmath>

namespace vitrine::input {

PanUpdate Pan::begin(const PointerEvent& event) {
  if (owned_) return {};
  owned_ = true;
  dragging_ = false;
  pointer_ = event.pointer;
  down_ = last_ = event.position;
  velocity_.reset();
  velocity_.add(event.position, event.time_us);
  return {PanUpdate::Kind::Caught, 0, 0, event.position};
}

PanUpdate Pan::move(const PointerEvent& event) {
  velocity_.add(event.position, event.time_us);
  const float delta = along(event.position - last_);
  if (dragging_) {
    last_ = event.position;
    return {PanUpdate::Kind::Moved, delta, 0, event.position};
  }
  const float travelled = along(event.position - down_);
  if (std::fabs(travelled) < slop_) return {PanUpdate::Kind::Held, 0, 0, event.position};
  dragging_ = true;
  last_ = event.position;
  // The slop itself is not shown: content would jump under the finger.
  const float beyond = travelled - std::copysign(slop_, travelled);
  return {PanUpdate::Kind::Began, beyond, 0, event.position};
}

PanUpdate Pan::finish(const PointerEvent& event) {
  const bool dragged = dragging_;
  const float delta = dragged ? along(event.position - last_) : 0;
  if (dragged && event.position != last_) velocity_.add(event.position, event.time_us);
  reset();
  if (event.phase == PointerPhase::Cancel) {
    return {PanUpdate::Kind::Cancelled, 0, 0, event.position};
  }
  if (!dragged) return {PanUpdate::Kind::Tapped, 0, 0, event.position};
  return {PanUpdate::Kind::Ended, delta, along(velocity_.velocity(event.time_us)), event.position};
}

PanUpdate Pan::handle(const PointerEvent& event) {
  if (event.phase == PointerPhase::Down) return begin(event);
  if (!owned_ || event.pointer != pointer_) return {};
  if (event.phase == PointerPhase::Move) return move(event);
  return finish(event);
}

}  // namespace vitrine::input
