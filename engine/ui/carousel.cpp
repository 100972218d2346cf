// SPDX-License-Identifier: MIT
#include "engine/ui/carousel.h"

#include <utility>

#include "engine/base/assert.h"
#include "engine/ui/describe.h"

namespace vitrine::ui {

using input::Handled;
using input::PanUpdate;

void Carousel::set_bounds(const Rect& bounds, float pitch) {
  VITRINE_ASSERT(pitch > 0);
  bounds_ = bounds;
  pitch_ = pitch;
}

void Carousel::set_count(int count) {
  count_ = count > 0 ? count : 1;
  if (index_ >= count_) jump(count_ - 1);
}

int Carousel::nearest(float position) const {
  const float clamped = clamp(position, 0, static_cast<float>(count_ - 1));
  return nearest_int(clamped);
}

void Carousel::show(int index) {
  index_ = nearest(static_cast<float>(index));
  spring_.set_target(static_cast<float>(index_));
}

void Carousel::jump(int index) {
  index_ = reported_ = nearest(static_cast<float>(index));
  spring_.jump(static_cast<float>(index_));
}

std::optional<int> Carousel::take_moved() {
  if (pan_.dragging() || index_ == reported_) return std::nullopt;
  if (!spring_.at_rest(0.02f)) return std::nullopt;
  reported_ = index_;
  return index_;
}

std::optional<int> Carousel::take_tapped() {
  return std::exchange(tapped_, std::nullopt);
}

void Carousel::pull(float delta) {
  raw_ -= delta / pitch_;
  const float last = static_cast<float>(count_ - 1);
  float shown = raw_;
  if (raw_ < 0) shown = input::rubber_band(raw_);
  if (raw_ > last) shown = last + input::rubber_band(raw_ - last);
  spring_.jump(shown);
}

void Carousel::settle(float velocity) {
  const float per_second = -velocity / pitch_;
  spring_.set_velocity(per_second);
  show(nearest(spring_.value() + input::glide_distance(per_second)));
}

void Carousel::tap(Vec2 position) {
  const float offset = (position.x - bounds_.center().x) / pitch_;
  const float hit = spring_.value() + offset;
  if (hit < -0.5f || hit > static_cast<float>(count_) - 0.5f) return;
  tapped_ = nearest(hit);
}

Handled Carousel::handle(const input::PointerEvent& event) {
  if (event.phase == input::PointerPhase::Down && !bounds_.contains(event.position)) {
    return Handled::No;
  }
  // A second finger is swallowed: it belongs here but moves nothing.
  if (event.phase == input::PointerPhase::Down && pan_.owned()) return Handled::Yes;
  const PanUpdate update = pan_.handle(event);
  switch (update.kind) {
    case PanUpdate::Kind::Ignored:
      return Handled::No;
    case PanUpdate::Kind::Caught:
    case PanUpdate::Kind::Held:
      break;
    case PanUpdate::Kind::Began:
      raw_ = spring_.value();
      pull(update.delta);
      break;
    case PanUpdate::Kind::Moved:
      pull(update.delta);
      break;
    case PanUpdate::Kind::Ended:
      pull(update.delta);
      settle(update.velocity);
      break;
    case PanUpdate::Kind::Tapped:
      tap(update.position);
      break;
    case PanUpdate::Kind::Cancelled:
      settle(0);
      break;
  }
  return Handled::Yes;
}

void Carousel::update(float dt) {
  if (!pan_.dragging()) spring_.update(dt);
}

void Carousel::draw(Painter& /*painter*/) {}

void Carousel::describe(SemanticTree& tree) const {
  describe_node(tree, Role::Carousel, name_, label_, bounds_).activatable = true;
}

bool Carousel::activate(uint32_t id) {
  if (id != widget_id(name_)) return false;
  tapped_ = index_;
  return true;
}

uint32_t Carousel::step(uint32_t id, int direction) {
  if (id != widget_id(name_)) return 0;
  show(index_ + direction);
  return id;
}

void Carousel::release() {
  if (pan_.dragging()) settle(0);
  pan_.reset();
}

}  // namespace vitrine::ui
