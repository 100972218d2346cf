// SPDX-License-Identifier: MIT
#include "engine/ui/stepper.h"

#include <utility>

#include "engine/base/assert.h"
#include "engine/ui/describe.h"

namespace vitrine::ui {

using input::Handled;

Stepper::Stepper(std::string_view name, std::string_view less, std::string_view more)
    : name_(name), less_(less, ButtonKind::Round), more_(more, ButtonKind::Round) {
  less_.set_face("−");
  more_.set_face("+");
  refresh();
}

void Stepper::set_label(std::string_view label, std::string_view less, std::string_view more) {
  label_ = label;
  less_.set_label(less);
  more_.set_label(more);
}

void Stepper::set_range(int least, int most) {
  VITRINE_ASSERT(least <= most);
  least_ = least;
  most_ = most;
  set_value(value_);
}

void Stepper::set_value(int value) {
  value_ = value < least_ ? least_ : value > most_ ? most_ : value;
  refresh();
}

void Stepper::set_enabled(bool enabled) {
  enabled_ = enabled;
  refresh();
}

void Stepper::refresh() {
  digits_ = std::to_string(value_);
  less_.set_enabled(enabled_ && value_ > least_);
  more_.set_enabled(enabled_ && value_ < most_);
}

bool Stepper::take_changed() {
  return std::exchange(changed_, false);
}

void Stepper::layout(const Rect& bounds, float text_size, float least_target) {
  bounds_ = bounds;
  text_size_ = text_size;
  const float side = bounds.height;
  less_.set_bounds({bounds.x, bounds.y, side, side});
  more_.set_bounds({bounds.right() - side, bounds.y, side, side});
  for (Button* button : {&less_, &more_}) {
    button->set_text_size(side * 0.5f);
    button->set_least_target(least_target);
  }
}

void Stepper::set_ground(Ground ground) {
  ground_ = ground;
  less_.set_ground(ground);
  more_.set_ground(ground);
}

void Stepper::change(int direction) {
  const int before = value_;
  set_value(value_ + direction);
  if (value_ == before) return;
  changed_ = true;
  bump_.set_value(0.12f);
}

// A short press acts when it is lifted, as every button; a long one while it is held.
void Stepper::follow(Button& button, HoldRepeat& hold, int direction, float dt) {
  button.update(dt);
  if (button.take_activated() && !hold.repeated()) change(direction);
  for (int due = hold.update(button.pressed(), dt); due > 0; --due) change(direction);
}

Handled Stepper::handle(const input::PointerEvent& event) {
  if (less_.handle(event) == Handled::Yes) return Handled::Yes;
  return more_.handle(event);
}

void Stepper::update(float dt) {
  follow(less_, less_hold_, -1, dt);
  follow(more_, more_hold_, +1, dt);
  bump_.update(dt);
}

void Stepper::draw(Painter& painter) {
  less_.draw(painter);
  more_.draw(painter);
  gfx::TextStyle style;
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = text_size_ * (1 + bump_.value());
  style.align = gfx::TextAlign::Center;
  style.tabular = true;
  style.color = ground_ == Ground::Deep ? painter.theme.on_dark : painter.theme.ink;
  if (!enabled_) style.color.a *= 0.45f;
  const float side = bounds_.height;
  draw_label(painter, digits_, {bounds_.x + side, bounds_.y, bounds_.width - 2 * side, side},
             style);
}

void Stepper::describe(SemanticTree& tree) const {
  SemanticNode& node = describe_node(tree, Role::SpinButton, name_, label_, bounds_);
  node.value = digits_;
  node.range = {static_cast<float>(value_), static_cast<float>(least_), static_cast<float>(most_)};
  node.state.disabled = !enabled_;
  node.activatable = enabled_;
  less_.describe(tree);
  more_.describe(tree);
}

// A screen reader's press on the number itself changes nothing.
bool Stepper::activate(uint32_t id) {
  return id == widget_id(name_) || less_.activate(id) || more_.activate(id);
}

uint32_t Stepper::step(uint32_t id, int direction) {
  if (id != widget_id(name_) || !enabled_) return 0;
  change(direction);
  return id;
}

bool Stepper::at_rest() const {
  return !less_.pressed() && !more_.pressed() && less_.at_rest() && more_.at_rest() &&
         bump_.at_rest();
}

void Stepper::release() {
  less_.release();
  more_.release();
}

}  // namespace vitrine::ui
