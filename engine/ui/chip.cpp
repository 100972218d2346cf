// SPDX-License-Identifier: MIT
#include "engine/ui/chip.h"

#include "engine/base/assert.h"
#include "engine/ui/describe.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using input::Handled;

struct ChipLook {
  Color fill, line, words;
};

ChipLook look_of(const Theme& theme, Ground ground, bool on) {
  if (ground == Ground::Deep) {
    return on ? ChipLook{theme.on_dark, theme.line_light, theme.brand}
              : ChipLook{theme.glass_deep, theme.on_dark.with_alpha(0.5f), theme.on_dark};
  }
  return on ? ChipLook{theme.brand, theme.brand, theme.on_dark}
            : ChipLook{theme.paper, theme.line.with_alpha(0.55f), theme.brand_ink};
}

}  // namespace

bool Chip::take_changed() {
  if (!take_activated()) return false;
  if (one_of_group_ && on()) return false;
  set_on(!on());
  return true;
}

void Chip::draw_check(Painter& painter, const Color& color) const {
  const float em = text_size();
  const Vec2 at{bounds().x + bounds().height * 0.5f, bounds().center().y};
  painter.canvas.draw_line(at + Vec2{-0.3f * em, 0}, at + Vec2{-0.08f * em, 0.22f * em}, 0.11f * em,
                           color);
  painter.canvas.draw_line(at + Vec2{-0.08f * em, 0.22f * em}, at + Vec2{0.32f * em, -0.24f * em},
                           0.11f * em, color);
}

void Chip::draw_face(Painter& painter) {
  const Rect& box = bounds();
  const ChipLook look = look_of(painter.theme, ground(), on());
  const CornerRadii radii = CornerRadii::all(box.height / 2);
  const float u = painter.metrics.phone() ? 1.0f : 2.0f;
  painter.canvas.fill_rect(box, radii, Paint::solid(look.fill));
  painter.canvas.stroke_rect(box, radii, u, Paint::solid(look.line));
  gfx::TextStyle style;
  style.weight = on() ? FontWeight::Bold : FontWeight::Regular;
  style.size = text_size();
  style.align = gfx::TextAlign::Center;
  style.color = look.words;
  // Room for the check mark is kept on both sides, so that the words stay where they are.
  const float side = box.height * 0.45f + 0.4f * text_size();
  draw_label(painter, label(), {box.x + side, box.y, box.width - 2 * side, box.height}, style);
  if (on()) draw_check(painter, look.words);
}

void Chip::describe_as(SemanticNode& node) const {
  node.role = one_of_group_ ? Role::Radio : Role::Button;
  node.state.selected = false;
  node.state.checked = on() ? Toggle::On : Toggle::Off;
}

void ChipGroup::add(std::string_view name) {
  VITRINE_ASSERT(count_ < kMost);
  Chip& chip = chips_[count_];
  chip = Chip(name);
  chip.set_one_of_group(true);
  chip.set_on(count_ == chosen_);
  ++count_;
}

void ChipGroup::layout(const Rect& bounds, float gap, float text_size, float least_target) {
  bounds_ = bounds;
  if (count_ == 0) return;
  const float n = static_cast<float>(count_);
  const float width = (bounds.width - gap * (n - 1)) / n;
  for (size_t i = 0; i < count_; ++i) {
    const float x = bounds.x + static_cast<float>(i) * (width + gap);
    chips_[i].set_bounds({x, bounds.y, width, bounds.height});
    chips_[i].set_text_size(text_size);
    chips_[i].set_least_target(least_target);
  }
}

void ChipGroup::set_ground(Ground ground) {
  for (Chip& chip : chips_) chip.set_ground(ground);
}

void ChipGroup::set_shown(bool shown) {
  for (Chip& chip : chips_) chip.set_shown(shown);
}

void ChipGroup::choose(size_t index) {
  VITRINE_ASSERT(index < count_);
  chips_[chosen_].set_on(false);
  chosen_ = index;
  chips_[chosen_].set_on(true);
}

void ChipGroup::follow(size_t index) {
  if (index == chosen_) return;
  choose(index);
  changed_ = true;
}

std::optional<size_t> ChipGroup::take_chosen() {
  if (!changed_) return std::nullopt;
  changed_ = false;
  return chosen_;
}

Handled ChipGroup::handle(const input::PointerEvent& event) {
  for (size_t i = 0; i < count_; ++i) {
    if (chips_[i].handle(event) == Handled::Yes) return Handled::Yes;
  }
  return Handled::No;
}

void ChipGroup::update(float dt) {
  for (size_t i = 0; i < count_; ++i) {
    chips_[i].update(dt);
    if (chips_[i].take_activated()) follow(i);
  }
}

void ChipGroup::draw(Painter& painter) {
  for (size_t i = 0; i < count_; ++i) chips_[i].draw(painter);
}

void ChipGroup::describe(SemanticTree& tree) const {
  if (!chips_[0].shown()) return;
  describe_node(tree, Role::Group, name_, label_, bounds_);
  tree.open();
  for (size_t i = 0; i < count_; ++i) chips_[i].describe(tree);
  tree.close();
}

bool ChipGroup::activate(uint32_t id) {
  for (size_t i = 0; i < count_; ++i) {
    if (chips_[i].activate(id)) return true;
  }
  return false;
}

uint32_t ChipGroup::step(uint32_t id, int direction) {
  for (size_t i = 0; i < count_; ++i) {
    if (id != widget_id(chips_[i].name())) continue;
    const size_t next =
        (chosen_ + count_ + static_cast<size_t>(direction > 0 ? 1 : count_ - 1)) % count_;
    follow(next);
    return widget_id(chips_[next].name());
  }
  return 0;
}

bool ChipGroup::at_rest() const {
  for (size_t i = 0; i < count_; ++i) {
    if (!chips_[i].at_rest()) return false;
  }
  return true;
}

void ChipGroup::release() {
  for (size_t i = 0; i < count_; ++i) chips_[i].release();
}

}  // namespace vitrine::ui
