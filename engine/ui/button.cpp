// SPDX-License-Identifier: MIT
#include "engine/ui/button.h"

#include <utility>

#include "engine/ui/describe.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using input::Handled;

constexpr float kPressedScale = 0.96f;

Transform2D scaled_about(Vec2 center, float scale) {
  return {scale, 0, 0, scale, center.x * (1 - scale), center.y * (1 - scale)};
}

}  // namespace

void Button::set_icon(std::string_view path, std::string_view group, float sheet_width) {
  icon_path_ = path;
  icon_group_ = group;
  icon_sheet_width_ = sheet_width;
}

void Button::set_enabled(bool enabled) {
  enabled_ = enabled;
  if (!enabled) tap_.reset();
}

void Button::set_shown(bool shown) {
  shown_ = shown;
  if (!shown) tap_.reset();
}

bool Button::take_activated() {
  return std::exchange(activated_, false);
}

Rect Button::hit_area() const {
  const float grow_x = (least_target_ - bounds_.width) / 2;
  const float grow_y = (least_target_ - bounds_.height) / 2;
  const float x = grow_x > 0 ? grow_x : 0;
  const float y = grow_y > 0 ? grow_y : 0;
  return {bounds_.x - x, bounds_.y - y, bounds_.width + 2 * x, bounds_.height + 2 * y};
}

Handled Button::handle(const input::PointerEvent& event) {
  if (!enabled_ || !shown_) return Handled::No;
  const Rect area = hit_area();
  // A second finger on a held button is swallowed: it must not reach what lies behind.
  if (event.phase == input::PointerPhase::Down && tap_.owned() && area.contains(event.position)) {
    return Handled::Yes;
  }
  const input::Tap::Result result = tap_.handle(event, area);
  if (result == input::Tap::Result::Activated) activated_ = by_finger_ = true;
  return result == input::Tap::Result::Ignored ? Handled::No : Handled::Yes;
}

void Button::update(float dt) {
  press_.set_target(tap_.pressed() || busy_ ? 1.0f : 0.0f);
  press_.update(dt);
}

bool Button::activate(uint32_t id) {
  if (!enabled_ || !shown_ || id != widget_id(name_)) return false;
  activated_ = true;
  by_finger_ = false;
  press_.set_value(1);
  return true;
}

void Button::describe(SemanticTree& tree) const {
  if (!shown_) return;
  const Rect place = described_bounds_.width > 0 ? described_bounds_ : hit_area();
  SemanticNode& node = describe_node(tree, Role::Button, name_, label_, place);
  node.state.disabled = !enabled_;
  node.state.selected = selected_;
  node.state.busy = busy_;
  node.activatable = enabled_;
  describe_as(node);
}

void Button::draw(Painter& painter) {
  if (!shown_) return;
  const float scale = 1 - (1 - kPressedScale) * press_.value();
  painter.canvas.push_transform(scaled_about(bounds_.center(), scale));
  if (!enabled_) painter.canvas.push_opacity(0.45f);
  draw_face(painter);
  if (corner() >= 0) draw_outline(painter, bounds_, corner(), ground_);
  if (!enabled_) painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

void Button::draw_icon(Painter& painter, Vec2 center, const Color& color) const {
  draw_drawing_centered(painter, {icon_path_, icon_group_, icon_sheet_width_, 0, color}, center);
}

gfx::TextStyle Button::words_style(const Color& color) const {
  gfx::TextStyle style;
  style.weight = FontWeight::Bold;
  style.size = text_size_;
  style.align = gfx::TextAlign::Center;
  style.color = color;
  return style;
}

void Button::prepare(gfx::Canvas& canvas) const {
  canvas.prepare_text(face_.empty() ? label_ : face_, words_style({}));
}

void Button::draw_words(Painter& painter, const Color& color) const {
  gfx::TextStyle style = words_style(color);
  const float side = bounds_.height * 0.3f;
  Rect area{bounds_.x + side, bounds_.y, bounds_.width - 2 * side - reserved_right_,
            bounds_.height};
  if (has_icon()) {
    // Icon and words together stand in the middle.
    const float icon = text_size_ * 1.5f;
    area.x += icon, area.width -= icon;
    style = fitted(painter.canvas, label_, area.width, style);
    const float words = painter.canvas.measure_text(label_, 0, style).width;
    const float left = bounds_.center().x - reserved_right_ / 2 - (icon + words) / 2;
    draw_icon(painter, {left + text_size_ * 0.55f, bounds_.center().y}, color);
    area.x = left + icon, area.width = words + 1;
  }
  draw_label(painter, label_, area, style);
}

void Button::draw_round(Painter& painter) const {
  const float radius = bounds_.height / 2;
  const bool deep = ground_ == Ground::Deep;
  const Theme& theme = painter.theme;
  if (deep) {
    draw_dark_glass(painter, bounds_, radius);
  } else {
    painter.canvas.draw_shadow(
        bounds_, radius, {{0, radius * 0.14f}, radius * 0.5f, 0, theme.brand.with_alpha(0.18f)});
    painter.canvas.fill_rect(bounds_, CornerRadii::all(radius), Paint::solid(theme.paper));
  }
  const Color ink = deep ? theme.on_dark : theme.brand_ink;
  if (has_icon()) return draw_icon(painter, bounds_.center(), ink);
  draw_label(painter, face_, bounds_, words_style(ink));
}

void Button::draw_ghost(Painter& painter) const {
  const Theme& theme = painter.theme;
  const float radius = bounds_.height / 2;
  if (ground_ == Ground::Deep) {
    draw_dark_glass(painter, bounds_, radius);
    return draw_words(painter, theme.on_dark);
  }
  painter.canvas.fill_rect(bounds_, CornerRadii::all(radius),
                           Paint::solid(theme.paper.with_alpha(0.72f)));
  painter.canvas.stroke_rect(bounds_, CornerRadii::all(radius), text_size_ * 0.06f,
                             Paint::solid(theme.brand.with_alpha(0.45f)));
  draw_words(painter, theme.brand);
}

void Button::draw_face(Painter& painter) {
  const Theme& theme = painter.theme;
  switch (kind_) {
    case ButtonKind::Primary:
      draw_lacquer(painter, bounds_, theme.primary, text_size_, press_.value());
      return draw_words(painter, theme.primary.text);
    case ButtonKind::Cream:
      draw_lacquer(painter, bounds_, theme.cream, text_size_, press_.value());
      return draw_words(painter, theme.cream.text);
    case ButtonKind::Ghost:
      return draw_ghost(painter);
    case ButtonKind::Round:
      return draw_round(painter);
    case ButtonKind::Bare:
      return;
  }
}

void Swatch::update(float dt) {
  Button::update(dt);
  grown_.set_target(selected() ? 1.0f : 0.0f);
  grown_.update(dt);
}

void Swatch::draw_face(Painter& painter) {
  const Vec2 center = bounds().center();
  const float grown = grown_.value();
  const float r = radius_ * lerp(1, 1.42f, grown);
  const Rect disc{center.x - r, center.y - r, 2 * r, 2 * r};
  gfx::Canvas& canvas = painter.canvas;
  if (grown > 0.02f) {
    const Rect ring = disc.outset(radius_ * 0.42f * grown);
    const CornerRadii radii = CornerRadii::all(ring.height / 2);
    canvas.fill_rect(ring, radii, Paint::solid(painter.theme.paper.with_alpha(grown)));
    canvas.stroke_rect(ring, radii, radius_ * 0.16f,
                       Paint::solid(painter.theme.line.with_alpha(grown)));
  }
  canvas.draw_shadow(disc, r, {{0, r * 0.22f}, r * 0.5f, 0, color_.with_alpha(0.4f)});
  canvas.fill_rect(disc, CornerRadii::all(r),
                   Paint::vertical(lerp(color_, {1, 1, 1, 1}, 0.18f), color_, 0.5f,
                                   {color_.r * 0.78f, color_.g * 0.78f, color_.b * 0.78f, 1}));
  // A pale colour has an edge, too.
  const Color edge{color_.r * 0.55f, color_.g * 0.55f, color_.b * 0.55f, 0.7f};
  canvas.stroke_rect(disc, CornerRadii::all(r), r * 0.07f, Paint::solid(edge));
  canvas.draw_glow({center.x - r * 0.3f, center.y - r * 0.38f}, r * 0.5f, {1, 1, 1, 0.75f});
}

}  // namespace vitrine::ui
