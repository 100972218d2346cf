// SPDX-License-Identifier: MIT
#include "engine/app/problem_screen.h"

#include "engine/ui/describe.h"

namespace vitrine::app {
namespace {

constexpr std::string_view kChinese = "屏幕准备中";
constexpr std::string_view kEnglish = "This screen is getting ready";
constexpr Color kTop = Color::rgb(0xF4F5F7);
constexpr Color kBottom = Color::rgb(0xDDE1E7);
constexpr Color kInk = Color::rgb(0x20252D);
constexpr Color kMute = Color::rgb(0x4A525E);

gfx::TextStyle centered(float size, FontWeight weight, const Color& color, uint8_t max_lines) {
  gfx::TextStyle style;
  style.size = size;
  style.weight = weight;
  style.align = gfx::TextAlign::Center;
  style.color = color;
  style.max_lines = max_lines;
  return style;
}

}  // namespace

void ProblemScreen::set(std::string_view code, std::string_view detail) {
  code_ = code;
  detail_ = detail;
}

void ProblemScreen::draw(gfx::Canvas& canvas, const ui::Metrics& metrics) const {
  canvas.fill_rect(metrics.screen, {}, gfx::Paint::vertical(kTop, kBottom));
  const float u = metrics.phone() ? 0.42f : 1.0f;
  const float width = metrics.size.width - 2 * metrics.margin;
  const float x = metrics.margin;
  float y = metrics.size.height * 0.34f;
  const auto line = [&](std::string_view text, const gfx::TextStyle& style, float gap) {
    y += canvas.draw_text(text, {x, y}, width, style).height + gap;
  };
  line(kChinese, centered(84 * u, FontWeight::Bold, kInk, 1), 8 * u);
  line(kEnglish, centered(48 * u, FontWeight::Regular, kMute, 2), 72 * u);
  line(code_, centered(34 * u, FontWeight::Bold, kInk, 1), 12 * u);
  line(detail_, centered(28 * u, FontWeight::Regular, kMute, 8), 0);
}

void ProblemScreen::describe(ui::SemanticTree& tree, const ui::Metrics& metrics) const {
  const Rect all{0, 0, metrics.size.width, metrics.size.height};
  const auto add = [&](ui::Role role, std::string_view name, std::string_view label) {
    ui::describe_node(tree, role, name, label, all);
  };
  add(ui::Role::Heading, "problem", kChinese);
  add(ui::Role::Text, "problem-english", kEnglish);
  add(ui::Role::Text, "problem-code", code_);
  add(ui::Role::Text, "problem-detail", detail_);
}

}  // namespace vitrine::app
