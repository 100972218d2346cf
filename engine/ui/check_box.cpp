// SPDX-License-Identifier: MIT
#include "engine/ui/check_box.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;

// Of the size of the words.
constexpr float kBox = 1.6f, kPadding = 0.85f, kGap = 0.75f, kRadius = 1.3f;

void draw_tick(Painter& painter, Vec2 middle, float box) {
  const Color& color = painter.theme.primary.text;
  const Vec2 foot = middle + Vec2{-0.08f * box, 0.2f * box};
  painter.canvas.draw_line(middle + Vec2{-0.26f * box, 0.02f * box}, foot, 0.1f * box, color);
  painter.canvas.draw_line(foot, middle + Vec2{0.28f * box, -0.2f * box}, 0.1f * box, color);
}

}  // namespace

bool CheckBox::take_changed() {
  if (!take_activated()) return false;
  set_ticked(!ticked());
  return true;
}

float CheckBox::corner() const {
  return kRadius * text_size();
}

void CheckBox::draw_face(Painter& painter) {
  const Theme& theme = painter.theme;
  const Rect& area = bounds();
  const float em = text_size(), u = painter.metrics.phone() ? 1.0f : 2.0f;
  painter.canvas.fill_rect(area, CornerRadii::all(corner()), Paint::solid(theme.paper));
  painter.canvas.stroke_rect(area, CornerRadii::all(corner()), missed_ ? 2 * u : u,
                             Paint::solid(missed_ ? theme.danger : theme.line.with_alpha(0.4f)));
  const float side = kBox * em;
  const Rect box{area.x + kPadding * em, area.center().y - side / 2, side, side};
  const CornerRadii radii = CornerRadii::all(0.28f * side);
  if (ticked()) {
    painter.canvas.fill_rect(box, radii, Paint::solid(theme.accent_text));
    draw_tick(painter, box.center(), side);
  } else {
    painter.canvas.stroke_rect(box, radii, 1.5f * u,
                               Paint::solid(missed_ ? theme.danger : theme.line));
  }
  gfx::TextStyle style;
  style.size = em;
  style.line_height = 1.2f;
  style.color = theme.ink;
  style.max_lines = 2;
  const float left = box.right() + kGap * em;
  const float width = area.right() - kPadding * em - left;
  const float high = painter.canvas.measure_text(label(), width, style).height;
  painter.canvas.draw_text(label(), {left, area.center().y - high / 2}, width, style);
}

void CheckBox::describe_as(SemanticNode& node) const {
  node.role = Role::Checkbox;
  node.state.selected = false;
  node.state.invalid = missed_;
  node.state.checked = ticked() ? Toggle::On : Toggle::Off;
}

}  // namespace vitrine::ui
