// SPDX-License-Identifier: MIT
#include "scenes/props/status_pill.h"

#include <algorithm>

#include "engine/scene/engine_texts.h"
#include "engine/ui/describe.h"

namespace vitrine::scenes {
namespace {

constexpr float kText = 0.42f, kPadding = 0.42f, kSign = 0.34f, kGap = 0.28f, kRing = 0.74f;
constexpr float kBreath = 1.4f;  // seconds
constexpr float kHurry = 10;     // seconds that are left when the ring turns red

}  // namespace

void StatusPill::draw_sign(ui::Painter& painter, Vec2 middle, ui::Ground ground, bool still) const {
  const ui::Theme& theme = painter.theme;
  const bool deep = ground == ui::Ground::Deep;
  const float h = bounds_.height;
  if (!icon_.empty()) {
    ui::draw_drawing_centered(
        painter,
        {"art/icons.svg", icon_, 0.5f * h * 5, 0, deep ? theme.line_light : theme.accent_text},
        middle);
    return;
  }
  const float breath = still ? 1 : 0.5f - 0.5f * cosine(time_ * 2 * 3.14159265f / kBreath);
  const Color color = deep ? theme.silk_deep[3] : theme.accent;
  painter.canvas.draw_glow(middle, h * (0.22f + 0.12f * breath), color.with_alpha(0.6f));
  const float side = 0.22f * h;
  painter.canvas.fill_rect({middle.x - side / 2, middle.y - side / 2, side, side},
                           gfx::CornerRadii::all(side / 2),
                           gfx::Paint::solid(lerp(color, theme.on_dark, 0.35f * breath)));
}

void StatusPill::draw_ring(ui::Painter& painter, Vec2 middle, ui::Ground ground, float left,
                           float whole) const {
  const ui::Theme& theme = painter.theme;
  const bool deep = ground == ui::Ground::Deep;
  const float side = kRing * bounds_.height, width = 0.09f * side;
  const Color mark = deep ? theme.line_light : left < kHurry ? theme.accent : theme.line;
  painter.canvas.draw_arc(middle, (side - width) / 2, width, 0, 1,
                          (deep ? theme.on_dark : theme.brand).with_alpha(0.2f));
  painter.canvas.draw_arc(middle, (side - width) / 2, width, 0, clamp(left / whole, 0, 1), mark);
  gfx::TextStyle style;
  style.size = 0.34f * side;
  style.weight = FontWeight::Bold;
  style.align = gfx::TextAlign::Center;
  style.tabular = true;
  style.color = deep ? theme.on_dark : theme.brand_ink;
  ui::draw_label(painter, scene::NumberText(static_cast<int>(left + 0.999f)).view(),
                 {middle.x - side / 2, middle.y - side / 2, side, side}, style);
}

void StatusPill::draw(ui::Painter& painter, ui::Ground ground, float left, float whole,
                      bool still) const {
  if (!shown()) return;
  const ui::Theme& theme = painter.theme;
  const bool deep = ground == ui::Ground::Deep;
  const float h = bounds_.height, ring = whole > 0 ? (kRing + kGap) * h : 0;
  gfx::TextStyle style;
  style.size = kText * h;
  style.color = deep ? theme.on_dark : theme.brand_ink;
  const float fixed = (2 * kPadding + kSign + kGap) * h + ring;
  style = ui::fitted(painter.canvas, words_, bounds_.width - fixed, style, 0.5f);
  const float words = painter.canvas.measure_text(words_, 0, style).width;
  const float width = std::min(fixed + words, bounds_.width);
  const float x = centered_ ? bounds_.center().x - width / 2 : bounds_.x;
  const Rect pill{x, bounds_.y, width, h};
  if (deep) {
    ui::draw_dark_glass(painter, pill, h / 2);
  } else {
    painter.canvas.fill_rect(pill, gfx::CornerRadii::all(h / 2), gfx::Paint::solid(theme.paper));
  }
  draw_sign(painter, {x + (kPadding + kSign / 2) * h, pill.center().y}, ground, still);
  const float left_edge = x + (kPadding + kSign + kGap) * h;
  ui::draw_label(painter, words_, {left_edge, bounds_.y, words + 1, h}, style);
  if (ring > 0) {
    draw_ring(painter, {pill.right() - (kRing / 2 + 0.14f) * h, pill.center().y}, ground, left,
              whole);
  }
}

void StatusPill::describe(ui::SemanticTree& tree, float left) const {
  if (!shown()) return;
  ui::SemanticNode& node = describe_node(tree, ui::Role::Status, "status", words_, bounds_);
  if (left > 0) node.value = scene::NumberText(static_cast<int>(left + 0.999f)).view();
}

void draw_notice(ui::Painter& painter, std::string_view words, const Rect& bounds) {
  const float h = bounds.height;
  painter.canvas.fill_rect(bounds, gfx::CornerRadii::all(0.3f * h),
                           gfx::Paint::solid(painter.theme.notice));
  gfx::TextStyle style;
  style.size = 0.36f * h;
  style.align = gfx::TextAlign::Center;
  style.color = painter.theme.on_dark;
  ui::draw_label(painter, words, {bounds.x + 0.3f * h, bounds.y, bounds.width - 0.6f * h, h}, style,
                 0.5f);
}

}  // namespace vitrine::scenes
