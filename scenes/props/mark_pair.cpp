// SPDX-License-Identifier: MIT
#include "scenes/props/mark_pair.h"

#include <algorithm>
#include <cmath>

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kThere = 1.1f;  // seconds from one end to the other
constexpr int kDots = 7;

}  // namespace

void MarkPair::set(const scene::SceneContext& context, const claim::View& view) {
  const bool on_screen = view.role == claim::Role::Screen;
  screen_name_ = context.text("claim.screen_mark");
  phone_name_ = context.text("claim.phone_mark");
  screen_ = on_screen ? view.own_mark : view.other_mark;
  phone_ = on_screen ? view.other_mark : view.own_mark;
  screen_told_ = screen_name_ + " " + screen_;
  phone_told_ = phone_name_ + " " + phone_;
}

void MarkPair::draw_half(ui::Painter& painter, const Rect& area, std::string_view name,
                         std::string_view mark, std::string_view icon) const {
  const ui::Theme& theme = painter.theme;
  const float h = area.height;
  gfx::TextStyle style;
  style.size = std::min(0.1f * h, 0.16f * area.width);
  style.align = gfx::TextAlign::Center;
  style.color = theme.on_dark;
  ui::draw_drawing_centered(painter, {"art/icons.svg", icon, 0.13f * h * 5, 0, theme.line_light},
                            {area.center().x, area.y + 0.17f * h});
  ui::draw_label(painter, name, {area.x, area.y + 0.27f * h, area.width, 0.15f * h}, style, 0.5f);
  gfx::TextStyle figures = display_style(std::min(0.44f * h, 0.6f * area.width), theme.on_dark);
  figures.align = gfx::TextAlign::Center;
  figures.tabular = true;
  figures.line_height = 1.12f;
  ui::draw_label(painter, mark, {area.x, area.y + 0.4f * h, area.width, 0.54f * h}, figures);
}

void MarkPair::draw_large(ui::Painter& painter, bool still) const {
  if (!shown()) return;
  const ui::Theme& theme = painter.theme;
  const float radius = 0.12f * bounds_.height;
  ui::draw_dark_glass(painter, bounds_, radius);
  const float part = bounds_.width * 0.4f;
  draw_half(painter, {bounds_.x, bounds_.y, part, bounds_.height}, screen_name_, screen_,
            "icon-scan");
  draw_half(painter, {bounds_.right() - part, bounds_.y, part, bounds_.height}, phone_name_, phone_,
            "icon-save-phone");
  const float from = bounds_.x + part, room = bounds_.width - 2 * part;
  const float y = bounds_.y + 0.66f * bounds_.height, dot = 0.014f * bounds_.width;
  const float turn = wrapped(time_, 2 * kThere) / kThere;
  const float at = ui::ease_in_out(turn < 1 ? turn : 2 - turn) * (kDots - 1);
  for (int i = 0; i < kDots; ++i) {
    const float near = still ? 0.5f : 1 - clamp(std::abs(at - static_cast<float>(i)) / 1.5f, 0, 1);
    const float x = from + room * (static_cast<float>(i) + 0.5f) / kDots, r = dot * (0.6f + near);
    painter.canvas.fill_rect({x - r / 2, y - r / 2, r, r}, gfx::CornerRadii::all(r / 2),
                             gfx::Paint::solid(theme.line_light.with_alpha(0.35f + 0.65f * near)));
  }
}

// In one size that fits; `em`: of the marks.
float MarkPair::line_words(gfx::Canvas& canvas, const Color& name, const Color& mark, float em,
                           bool drawn) const {
  gfx::TextStyle words, figures;
  words.size = 0.76f * em;
  words.color = name;
  figures.size = em;
  figures.weight = FontWeight::Bold;
  figures.tabular = true;
  figures.color = mark;
  float x = bounds_.x;
  const auto part = [&](std::string_view text, const gfx::TextStyle& style, float gap) {
    const float y = bounds_.center().y - style.size * style.line_height / 2;
    x += (drawn ? canvas.draw_text(text, {x, y}, 0, style) : canvas.measure_text(text, 0, style))
             .width +
         gap * em;
  };
  part(screen_name_, words, 0.3f);
  part(screen_, figures, 0.8f);
  part(phone_name_, words, 0.3f);
  part(phone_, figures, 0);
  return x - bounds_.x;
}

void MarkPair::draw_line(ui::Painter& painter) const {
  if (!shown()) return;
  const Color &name = painter.theme.ink, &mark = painter.theme.accent_text;
  const float em = 0.42f * bounds_.height;
  const float natural = line_words(painter.canvas, name, mark, em, false);
  line_words(painter.canvas, name, mark, em * std::min(bounds_.width / natural, 1.0f), true);
}

void MarkPair::describe(ui::SemanticTree& tree) const {
  if (!shown()) return;
  Rect half = bounds_;
  half.width /= 2;
  describe_node(tree, ui::Role::Text, "screen-mark", screen_told_, half);
  describe_node(tree, ui::Role::Text, "phone-mark", phone_told_, half.moved({half.width, 0}));
}

}  // namespace vitrine::scenes
