// SPDX-License-Identifier: MIT
#include "scenes/props/page_parts.h"

#include <algorithm>

#include "scenes/props/scrim.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {

Rect square_in(const Rect& area) {
  const float side = std::min(area.width, area.height);
  return {area.center().x - side / 2, area.center().y - side / 2, side, side};
}

void draw_deep_veil(ui::Painter& painter) {
  const Size size = painter.metrics.size;
  const Color deep = painter.theme.brand_deep;
  painter.canvas.fill_rect(to_screen_edges({0, 0, size.width, size.height}, painter.metrics), {},
                           gfx::Paint::vertical(deep.with_alpha(0.55f), deep.with_alpha(0.28f),
                                                0.45f, deep.with_alpha(0.6f)));
}

void draw_page_words(ui::Painter& painter, const ClaimPlaces& places, std::string_view title,
                     std::string_view line, bool deep) {
  const ui::Theme& theme = painter.theme;
  const gfx::TextAlign align =
      places.beside || !deep ? gfx::TextAlign::Start : gfx::TextAlign::Center;
  gfx::TextStyle style =
      display_style(places.title.height * 0.86f, deep ? theme.on_dark : theme.ink);
  style.align = align;
  style.line_height = 1.12f;
  const float shift = align == gfx::TextAlign::Center ? hanging_mark(title) : 0;
  if (places.title.height > 0) {
    ui::draw_label(painter, title, places.title.moved({shift * style.size, 0}), style, 0.4f);
  }
  if (places.line.height <= 0) return;
  style = {};
  style.size = std::min(painter.metrics.phone() ? 16.0f : 42.0f, places.line.height * 0.74f);
  style.align = align;
  style.color = deep ? theme.on_dark : theme.mute;
  style.line_height = 1.25f;
  const float natural = painter.canvas.measure_text(line, 0, style).width;
  if (natural > places.line.width && places.line.height >= 2.5f * style.size) {
    style.max_lines = 2;
    painter.canvas.draw_text(line, {places.line.x, places.line.y}, places.line.width, style);
  } else {
    ui::draw_label(painter, line, places.line, style, 0.5f);
  }
}

void draw_sign(ui::Painter& painter, const Rect& area, std::string_view icon) {
  const Rect square = square_in(area);
  if (square.width <= 0) return;
  const Rect disc = square.outset(-0.24f * square.width);
  const ui::Theme& theme = painter.theme;
  painter.canvas.draw_glow(disc.center(), 0.95f * disc.width, theme.silk_deep[3].with_alpha(0.35f));
  painter.canvas.fill_rect(disc, gfx::CornerRadii::all(disc.width / 2),
                           gfx::Paint::vertical(theme.cream.top, theme.cream.bottom));
  ui::draw_drawing_centered(
      painter, {"art/icons.svg", icon, 0.5f * disc.width * 5, 0, theme.cream.text}, disc.center());
}

}  // namespace vitrine::scenes
