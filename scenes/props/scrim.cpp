// SPDX-License-Identifier: MIT
#include "scenes/props/scrim.h"

#include <utility>

namespace vitrine::scenes {

Rect to_screen_edges(const Rect& area, const ui::Metrics& metrics) {
  const Rect& screen = metrics.screen;
  const float left = area.x <= 0 ? screen.x : area.x;
  const float top = area.y <= 0 ? screen.y : area.y;
  const float right = area.right() >= metrics.size.width ? screen.right() : area.right();
  const float bottom = area.bottom() >= metrics.size.height ? screen.bottom() : area.bottom();
  return {left, top, right - left, bottom - top};
}

void draw_scrim(ui::Painter& painter, float shades, float deep) {
  const Size size = painter.metrics.size;
  const bool wide = painter.metrics.landscape();
  const auto fade = [&](Color from, float strength, float begin, float end) {
    gfx::Paint paint = gfx::Paint::vertical(from.with_alpha(0), from.with_alpha(strength * 0.4f),
                                            0.6f, from.with_alpha(strength));
    if (wide) paint.start = {0, 0.5f}, paint.end = {1, 0.5f};
    if (begin > end) std::swap(paint.start, paint.end), std::swap(begin, end);
    const Rect area = wide ? Rect{size.width * begin, 0, size.width * (end - begin), size.height}
                           : Rect{0, size.height * begin, size.width, size.height * (end - begin)};
    painter.canvas.fill_rect(to_screen_edges(area, painter.metrics), {}, paint);
  };
  fade(painter.theme.silk_warm[1], 0.7f * (1 - deep), wide ? 0.45f : 0.6f, 1);
  if (wide) fade(painter.theme.silk_calm[3], 0.6f * (1 - shades) * (1 - deep), 0.6f, 0);
  if (shades > 0) fade(painter.theme.silk_warm[3], 0.75f * shades, wide ? 0.6f : 0.36f, 0);
  if (deep <= 0) return;
  fade(painter.theme.brand_deep, 0.8f * deep, wide ? 0.7f : 0.54f, 0);
  if (!wide) fade(painter.theme.brand_deep, 0.5f * deep, 0.72f, 1);
}

}  // namespace vitrine::scenes
