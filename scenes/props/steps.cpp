// SPDX-License-Identifier: MIT
#include "scenes/props/steps.h"

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

constexpr float kText = 34, kDisc = 52, kGap = 14, kJoin = 80;
constexpr std::string_view kNumbers[Steps::kCount] = {"1", "2", "3"};
constexpr std::string_view kIcons[Steps::kCount] = {"icon-heart", "icon-scan", "icon-gift"};
constexpr std::string_view kNames[Steps::kCount] = {"step-1", "step-2", "step-3"};
constexpr float kIconSheet = 240.0f / 48;  // of icons.svg: its width in icons
constexpr float kIcon = 44, kIconGap = 12, kChipGap = 24, kLeastPadding = 12;
constexpr float kLightEvery = 0.9f;

gfx::TextStyle bold(float size, const Color& color) {
  gfx::TextStyle style;
  style.weight = FontWeight::Bold;
  style.size = size;
  style.color = color;
  return style;
}

}  // namespace

void Steps::layout(const Rect& row, const Rect& glass) {
  row_ = row;
  glass_ = glass;
}

float Steps::natural_width(ui::Painter& painter, const gfx::TextStyle& style) const {
  float width = kCount * (kDisc + kGap) + (kCount - 1) * kJoin;
  for (const std::string& step : words_) {
    width += painter.canvas.measure_text(step, 0, style).width;
  }
  return width;
}

void Steps::draw(ui::Painter& painter) const {
  if (!shown()) return;
  gfx::TextStyle style = bold(kText, painter.theme.brand_ink);
  const float scale = clamp(row_.width / natural_width(painter, style), 0.5f, 1);
  style.size *= scale;
  gfx::TextStyle number = bold(30 * scale, painter.theme.primary.text);
  number.align = gfx::TextAlign::Center;
  const float disc = kDisc * scale;
  const float middle = row_.center().y;
  float x = row_.x;
  for (size_t i = 0; i < kCount; ++i) {
    const Rect circle{x, middle - disc / 2, disc, disc};
    painter.canvas.fill_rect(circle, gfx::CornerRadii::all(disc / 2),
                             gfx::Paint::solid(painter.theme.accent_text));
    ui::draw_label(painter, kNumbers[i], circle, number);
    x += disc + kGap * scale;
    const float top = middle - style.size * style.line_height / 2;
    x += painter.canvas.draw_text(words_[i], {x, top}, 0, style).width;
    if (i + 1 == kCount) break;
    painter.canvas.draw_line({x + 18 * scale, middle}, {x + 62 * scale, middle}, 3 * scale,
                             painter.theme.accent.with_alpha(0.5f));
    x += kJoin * scale;
  }
}

// All words in one size, what room is left shared out evenly.
Steps::Chip Steps::fit_chips(ui::Painter& painter) const {
  const gfx::TextStyle style = bold(kText, {});
  float words = 0;
  for (const std::string& step : words_) words += painter.canvas.measure_text(step, 0, style).width;
  const float room = glass_.width - kChipGap * (kCount - 1) - kCount * (kIcon + kIconGap);
  Chip chip;
  chip.scale = clamp((room - kCount * 2 * kLeastPadding) / words, 0.6f, 1);
  chip.padding = (room - words * chip.scale) / (2 * kCount);
  return chip;
}

float Steps::draw_chip(ui::Painter& painter, size_t index, float x, const Chip& chip,
                       float lit) const {
  const ui::Theme& theme = painter.theme;
  const gfx::TextStyle style = bold(kText * chip.scale, theme.on_dark);
  const float words = painter.canvas.measure_text(words_[index], 0, style).width;
  const Rect rect{x, glass_.y, 2 * chip.padding + kIcon + kIconGap + words, glass_.height};
  const float radius = glass_.height * 0.36f;
  ui::draw_dark_glass(painter, rect, radius);
  painter.canvas.fill_rect(rect, gfx::CornerRadii::all(radius),
                           gfx::Paint::solid(theme.on_dark.with_alpha(0.16f * lit)));
  const float middle = rect.center().y;
  x += chip.padding;
  ui::draw_drawing_centered(
      painter, {"art/icons.svg", kIcons[index], kIcon * kIconSheet, 0, theme.line_light},
      {x + kIcon / 2, middle});
  painter.canvas.draw_text(
      words_[index], {x + kIcon + kIconGap, middle - style.size * style.line_height / 2}, 0, style);
  return rect.right() + kChipGap;
}

void Steps::draw_glass(ui::Painter& painter, float since) const {
  if (!shown() || since < 0) return;
  const Chip chip = fit_chips(painter);
  float x = glass_.x;
  for (size_t i = 0; i < kCount; ++i) {
    const float come =
        ui::ease_emphasised(ui::progress(since, 0.04f * static_cast<float>(i), 0.5f));
    const float turn = wrapped(since - 1 + kLightEvery * kCount, kLightEvery * kCount);
    const float lit = ui::progress(turn, kLightEvery * static_cast<float>(i), kLightEvery);
    painter.canvas.push_opacity(come);
    x = draw_chip(painter, i, x, chip, since < 1 ? 0 : sine(lit * 3.14159265f));
    painter.canvas.pop_opacity();
  }
}

void Steps::describe(ui::SemanticTree& tree) const {
  if (!shown()) return;
  for (size_t i = 0; i < kCount; ++i) {
    describe_node(tree, ui::Role::Text, kNames[i], words_[i], row_);
  }
}

}  // namespace vitrine::scenes
