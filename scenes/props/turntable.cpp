// SPDX-License-Identifier: MIT
#include "scenes/props/turntable.h"

#include <cmath>

#include "engine/base/assert.h"
#include "engine/ui/describe.h"

namespace vitrine::scenes {
namespace {

using input::Handled;
using Kind = input::PanUpdate::Kind;

constexpr float kPi = 3.14159265f;
constexpr float kFriction = 1.6f;    // of a throw: speed falls to 1/e in 1 / 1.6 s
constexpr float kSlow = 0.05f;       // radians a second; slower is standing
constexpr float kFastest = 6 * kPi;  // radians a second
constexpr float kStep = 30 * kPi / 180;

}  // namespace

void Turntable::set_bounds(const Rect& bounds, float travel) {
  VITRINE_ASSERT(travel > 0);
  bounds_ = bounds;
  travel_ = travel;
}

void Turntable::jump(float turn, float twist) {
  turn_ = turn;
  speed_ = turned_ = 0;
  stepped_.jump(0);
  twist_.jump(twist);
  twisting_ = false;
  used_ = turn != 0 || twist != 0;
}

std::optional<int> Turntable::take_turned() {
  if (turned_ == 0 || held() || speed_ != 0 || !stepped_.at_rest()) return std::nullopt;
  const int turned = nearest_int(degrees(turned_));
  turned_ = 0;
  return turned;
}

std::optional<int> Turntable::take_twisted() {
  if (!twisting_ || held() || !twist_.at_rest(0.01f)) return std::nullopt;
  twisting_ = false;
  return nearest_int(100 * (1 - clamp(twist_.value(), 0, 1)));
}

void Turntable::turn_by(float radians) {
  turn_ += radians;
  turned_ += std::fabs(radians);
  used_ = true;
}

void Turntable::pull(float points) {
  raw_ += points / travel_;
  float shown = raw_;
  if (raw_ < 0) shown = input::rubber_band(raw_);
  if (raw_ > 1) shown = 1 + input::rubber_band(raw_ - 1);
  twist_.jump(shown);
  twisting_ = used_ = true;
}

void Turntable::toggle() {
  twist_.set_target(twist_.target() > 0.5f ? 0.0f : 1.0f);
  twisting_ = used_ = true;
}

void Turntable::drag_sideways(const input::PanUpdate& update) {
  switch (update.kind) {
    case Kind::Began:
      upright_.reset();
      speed_ = 0;
      stepped_.jump(0);
      return turn_by(update.delta * kRadiansAPoint);
    case Kind::Moved:
      return turn_by(update.delta * kRadiansAPoint);
    case Kind::Ended:
      turn_by(update.delta * kRadiansAPoint);
      speed_ = reduced_motion_ ? 0 : clamp(update.velocity * kRadiansAPoint, -kFastest, kFastest);
      return;
    default:
      return;
  }
}

void Turntable::drag_upright(const input::PanUpdate& update) {
  switch (update.kind) {
    case Kind::Began:
      sideways_.reset();
      raw_ = twist_.value();
      return pull(update.delta);
    case Kind::Moved:
      return pull(update.delta);
    case Kind::Ended:
      pull(update.delta);
      twist_.set_target(clamp(raw_, 0, 1));
      return;
    case Kind::Cancelled:
      twist_.set_target(clamp(twist_.value(), 0, 1));
      return;
    default:
      return;
  }
}

Handled Turntable::handle(const input::PointerEvent& event) {
  const bool down = event.phase == input::PointerPhase::Down;
  if (down && !bounds_.contains(event.position)) return Handled::No;
  // A second finger is swallowed: it belongs here but moves nothing.
  if (down && (sideways_.owned() || upright_.owned())) return Handled::Yes;
  if (down) speed_ = 0;  // a finger on it stops it
  const input::PanUpdate across = sideways_.handle(event);
  if (across.kind == Kind::Began) upright_.reset();
  const input::PanUpdate along = upright_.handle(event);
  if (across.kind == Kind::Tapped && along.kind == Kind::Tapped) toggle();
  drag_sideways(across);
  drag_upright(along);
  const bool ours = across.kind != Kind::Ignored || along.kind != Kind::Ignored;
  return ours ? Handled::Yes : Handled::No;
}

void Turntable::update(float dt) {
  if (!upright_.dragging()) twist_.update(dt);
  if (speed_ != 0) {
    // Exact for any dt: the way is the speed's integral.
    const float left = decay(kFriction * dt);
    turn_by(speed_ * (1 - left) / kFriction);
    speed_ *= left;
    if (std::fabs(speed_) < kSlow) speed_ = 0;
  }
  const float before = stepped_.value();
  stepped_.update(dt);
  if (stepped_.value() != before) turn_by(before - stepped_.value());
}

void Turntable::draw(ui::Painter& /*painter*/) {}

void Turntable::describe(ui::SemanticTree& tree) const {
  describe_node(tree, ui::Role::Button, name_, label_, bounds_).activatable = true;
}

bool Turntable::activate(uint32_t id) {
  if (id != ui::widget_id(name_)) return false;
  toggle();
  return true;
}

uint32_t Turntable::step(uint32_t id, int direction) {
  if (id != ui::widget_id(name_)) return 0;
  const float by = static_cast<float>(direction) * kStep;
  reduced_motion_ ? turn_by(by) : stepped_.set_value(stepped_.value() + by);
  return id;
}

bool Turntable::at_rest() const {
  return !held() && speed_ == 0 && twist_.at_rest() && stepped_.at_rest();
}

void Turntable::release() {
  sideways_.reset();
  if (upright_.dragging()) twist_.set_target(clamp(twist_.value(), 0, 1));
  upright_.reset();
  speed_ = 0;
}

}  // namespace vitrine::scenes
