// SPDX-License-Identifier: MIT
#include "scenes/props/words.h"

#include "engine/base/utf8.h"

namespace vitrine::scenes {
namespace {

// Of strike.svg: its solid part, 0.05 to 0.79 of it, covers the words from a little before them.
constexpr float kStrikeAspect = 110.0f / 480.0f;
constexpr float kStrikeOverhang = 1.5f, kStrikeStart = 0.46f;

gfx::TextStyle unaligned(gfx::TextStyle style) {
  style.align = gfx::TextAlign::Start;
  return style;
}

float letter_width(gfx::Canvas& canvas, std::string_view letter, const gfx::TextStyle& style) {
  // A space alone measures nothing at a line's end.
  return letter == " " ? style.size * 0.26f : canvas.measure_text(letter, 0, style).width;
}

// Letter by letter, `gap` behind each. `width_of` is given a letter and how far it stands from the
// first; returns how wide they all are.
template <typename WidthOf>
float walk(std::string_view text, float gap, WidthOf width_of) {
  float x = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    next_code_point(text, at);
    x += width_of(text.substr(start, at - start), x) + gap;
  }
  return x;
}

}  // namespace

std::string_view painted_price(const campaign::Product& product, int64_t minor) {
  return product.art_path("figure_" + std::to_string(minor));
}

bool stands_after_figures(std::string_view currency) {
  if (currency.empty()) return false;
  size_t at = 0;
  return next_code_point(currency, at) >= 0x2E80;  // ideographs
}

float hanging_mark(std::string_view line) {
  for (const std::string_view mark : {"！", "？", "。", "，"}) {
    if (line.ends_with(mark)) return 0.22f;
  }
  return 0;
}

gfx::TextStyle display_style(float size, const Color& color) {
  gfx::TextStyle style;
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = size;
  style.color = color;
  return style;
}

void StruckLine::set(std::string_view marked) {
  plain_ = marked;
  struck_at_ = struck_size_ = 0;
  const size_t first = plain_.find('~');
  if (first == std::string::npos) return;
  const size_t second = plain_.find('~', first + 1);
  if (second == std::string::npos) return;
  plain_.erase(second, 1);
  plain_.erase(first, 1);
  struck_at_ = first;
  struck_size_ = second - first - 1;
}

Rect StruckLine::struck_bounds(gfx::Canvas& canvas, Vec2 position,
                               const gfx::TextStyle& style) const {
  const gfx::TextStyle measured = unaligned(style);
  const std::string_view all = plain_;
  // From its end: a space before it, at a line's end, would measure nothing.
  const float width = canvas.measure_text(all.substr(struck_at_, struck_size_), 0, measured).width;
  const float through =
      canvas.measure_text(all.substr(0, struck_at_ + struck_size_), 0, measured).width;
  float left = position.x;
  if (style.align == gfx::TextAlign::Center) {
    left -= canvas.measure_text(all, 0, measured).width / 2;
  }
  return {left + through - width, position.y, width, style.size * style.line_height};
}

void StruckLine::draw(ui::Painter& painter, Vec2 position, const gfx::TextStyle& style,
                      std::string_view strike_path, float drawn) const {
  painter.canvas.draw_text(plain_, position, 0, style);
  if (!has_strike() || drawn <= 0) return;
  const Rect words = struck_bounds(painter.canvas, position, style);
  const Vec2 middle = words.center();
  if (strike_path.empty()) {
    const float half = words.width / 2;
    painter.canvas.draw_line({middle.x - half, middle.y},
                             {middle.x - half + words.width * drawn, middle.y}, style.size * 0.07f,
                             painter.theme.accent_text);
    return;
  }
  const float width = words.width * kStrikeOverhang;
  const float height = width * kStrikeAspect;
  const gfx::ImageHandle image =
      painter.images.drawing({strike_path, "", width, height, painter.theme.pigment});
  const Rect box{middle.x - width * kStrikeStart, middle.y - height * 0.5f, width * drawn, height};
  painter.canvas.draw_image_part(image, {0, 0, drawn, 1}, box);
}

float tracked_width(gfx::Canvas& canvas, std::string_view text, const gfx::TextStyle& style,
                    float tracking_em) {
  return walk(text, style.size * tracking_em,
              [&](std::string_view letter, float) { return letter_width(canvas, letter, style); });
}

void draw_tracked(ui::Painter& painter, std::string_view text, Vec2 position,
                  const gfx::TextStyle& style, float tracking_em) {
  walk(text, style.size * tracking_em, [&](std::string_view letter, float x) {
    painter.canvas.draw_text(letter, position + Vec2{x, 0}, 0, style);
    return letter_width(painter.canvas, letter, style);
  });
}

}  // namespace vitrine::scenes
