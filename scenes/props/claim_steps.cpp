// SPDX-License-Identifier: MIT
#include "scenes/props/claim_steps.h"

#include "engine/ui/describe.h"

namespace vitrine::scenes {
namespace {

constexpr std::string_view kIcons[ClaimSteps::kCount] = {"icon-scan", "icon-heart", "icon-gift"};
constexpr std::string_view kNames[ClaimSteps::kCount] = {"step-1", "step-2", "step-3"};
constexpr std::string_view kKeys[ClaimSteps::kCount] = {"claim.step_1", "claim.step_2",
                                                        "claim.step_3"};
constexpr float kIconSheet = 0.5f * 5;  // an icon, of its disc; icons.svg is five of them wide
constexpr int kDashes = 11;             // between two signs
constexpr float kWordsWide = 0.92f;     // of a third, so that neighbours stand apart
constexpr float kBreath = 1.2f;         // seconds

}  // namespace

void ClaimSteps::set(const scene::SceneContext& context) {
  for (size_t i = 0; i < kCount; ++i) words_[i] = context.text(kKeys[i]);
}

Vec2 ClaimSteps::middle(size_t index) const {
  const float third = bounds_.width / kCount;
  return {bounds_.x + third * (0.5f + static_cast<float>(index)), bounds_.y + disc() / 2};
}

Rect ClaimSteps::words(size_t index) const {
  const float third = bounds_.width / kCount, y = bounds_.y + disc() + 0.06f * bounds_.height;
  return {bounds_.x + third * static_cast<float>(index), y, third, bounds_.bottom() - y};
}

void ClaimSteps::draw_sign(ui::Painter& painter, size_t index, bool deep, bool still) const {
  const ui::Theme& theme = painter.theme;
  const Vec2 at = middle(index);
  const bool lit = index <= current_, now = index == current_;
  const float breath = now && !still ? 0.5f - 0.5f * cosine(time_ * 2 * 3.14159265f / kBreath) : 0;
  const float side = disc();
  if (now) {
    const Color light = (deep ? theme.line_light : theme.accent).with_alpha(0.25f + 0.3f * breath);
    painter.canvas.draw_glow(at, side * (0.75f + 0.2f * breath), light);
  }
  const Rect circle{at.x - side / 2, at.y - side / 2, side, side};
  const gfx::CornerRadii round = gfx::CornerRadii::all(side / 2);
  const ui::ButtonColors& face = deep ? theme.cream : theme.primary;
  if (lit) {
    painter.canvas.fill_rect(circle, round, gfx::Paint::vertical(face.top, face.bottom));
  } else {
    painter.canvas.fill_rect(circle, round,
                             gfx::Paint::solid(deep ? theme.glass_deep : theme.paper));
  }
  painter.canvas.stroke_rect(
      circle, round, side * 0.022f,
      gfx::Paint::solid((deep ? theme.line_light : theme.line).with_alpha(lit ? 0.9f : 0.5f)));
  const bool done = index < current_;
  const Color ink = lit ? face.text : (deep ? theme.on_dark : theme.brand_ink);
  ui::draw_drawing_centered(
      painter, {"art/icons.svg", done ? "icon-check" : kIcons[index], side * kIconSheet, 0, ink},
      at);
}

// All three in the size that fits the widest, at its heaviest: it stays as the steps go on.
gfx::TextStyle ClaimSteps::style(ui::Painter& painter, bool deep) const {
  gfx::TextStyle style;
  style.size = words(0).height * 0.66f;
  style.align = gfx::TextAlign::Center;
  style.weight = FontWeight::Bold;
  style.color = deep ? painter.theme.on_dark : painter.theme.brand_ink;
  for (size_t i = 0; i < kCount; ++i) {
    style = ui::fitted(painter.canvas, words_[i], kWordsWide * words(i).width, style, 0.5f);
  }
  return style;
}

void ClaimSteps::draw(ui::Painter& painter, bool deep, bool still) const {
  if (bounds_.height <= 0) return;
  const ui::Theme& theme = painter.theme;
  const float side = disc();
  for (size_t i = 0; i + 1 < kCount; ++i) {
    const float from = middle(i).x + 0.7f * side, to = middle(i + 1).x - 0.7f * side;
    const float pitch = (to - from) / kDashes, y = middle(i).y;
    const Color color =
        (deep ? theme.line_light : theme.line).with_alpha(i < current_ ? 0.9f : 0.45f);
    for (int dash = 0; dash < kDashes && pitch > 0; ++dash) {
      const float x = from + pitch * (static_cast<float>(dash) + 0.3f);
      painter.canvas.draw_line({x, y}, {x + 0.4f * pitch, y}, side * 0.03f, color);
    }
  }
  gfx::TextStyle words_style = style(painter, deep);
  for (size_t i = 0; i < kCount; ++i) {
    draw_sign(painter, i, deep, still);
    words_style.weight = i == current_ ? FontWeight::Bold : FontWeight::Regular;
    ui::draw_label(painter, words_[i], words(i), words_style);
  }
}

void ClaimSteps::describe(ui::SemanticTree& tree) const {
  if (bounds_.height <= 0) return;
  for (size_t i = 0; i < kCount; ++i) {
    ui::SemanticNode& node = describe_node(tree, ui::Role::Text, kNames[i], words_[i], words(i));
    node.state.selected = i == current_;
  }
}

}  // namespace vitrine::scenes
