// SPDX-License-Identifier: MIT
#include "engine/ui/painter.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;

Color darker(const Color& c, float share) {
  return {c.r * (1 - share), c.g * (1 - share), c.b * (1 - share), c.a};
}

// Deviations of the blur behind panes and behind dialogs, points of a kiosk.
constexpr float kGlassBlur = 14;
constexpr float kVeilBlur = 7;

void draw_glass_edge(Painter& painter, const Rect& rect, float radius, const Color& color) {
  painter.canvas.stroke_rect(rect, CornerRadii::all(radius), painter.metrics.phone() ? 1.0f : 2.0f,
                             Paint::solid(color));
}

float half_of_short_side(const Rect& rect) {
  return (rect.width < rect.height ? rect.width : rect.height) / 2;
}

}  // namespace

bool draw_drawing(Painter& painter, const gfx::DrawingKey& key, Vec2 origin, const Color& tint) {
  const gfx::ImageHandle image = painter.images.drawing(key);
  const gfx::DrawingInfo info = painter.images.info(image);
  if (!info.ready) return false;
  painter.canvas.draw_image(image, info.bounds.moved(origin), tint);
  return true;
}

bool draw_drawing_centered(Painter& painter, const gfx::DrawingKey& key, Vec2 center,
                           const Color& tint) {
  const gfx::ImageHandle image = painter.images.drawing(key);
  const gfx::DrawingInfo info = painter.images.info(image);
  if (!info.ready) return false;
  painter.canvas.draw_image(image, info.bounds.moved(center - info.bounds.center()), tint);
  return true;
}

gfx::TextStyle fitted(gfx::Canvas& canvas, std::string_view text, float width, gfx::TextStyle style,
                      float least) {
  if (width <= 0) return style;
  const float natural = canvas.measure_text(text, 0, style).width;
  if (natural <= width) return style;
  style.size *= clamp(width / natural, least, 1);
  return style;
}

void draw_label(Painter& painter, std::string_view text, const Rect& rect, gfx::TextStyle style,
                float least) {
  style = fitted(painter.canvas, text, rect.width, style, least);
  if (style.max_lines == 0) style.max_lines = 1;
  const gfx::TextMeasure measure = painter.canvas.measure_text(text, rect.width, style);
  painter.canvas.draw_text(text, {rect.x, rect.center().y - measure.height / 2}, rect.width, style);
}

void draw_lacquer(Painter& painter, const Rect& rect, const ButtonColors& colors, float em,
                  float pressed) {
  gfx::Canvas& canvas = painter.canvas;
  const float radius = half_of_short_side(rect);
  const Color shade = painter.theme.brand.with_alpha(0.55f * (1 - 0.4f * pressed));
  canvas.draw_shadow(rect, radius, {{0, em * 0.5f}, em * 1.1f, -em * 0.25f, shade});

  const Color top = darker(colors.top, 0.06f * pressed);
  const Color middle = darker(colors.middle, 0.06f * pressed);
  const Color bottom = darker(colors.bottom, 0.06f * pressed);
  // Three pills, each a little lower than the one behind: what shows of the first two are the
  // edges. Pressed, the light comes from below.
  const Color light = lerp(top, {1, 1, 1, 1}, 0.42f * (1 - pressed));
  const Color dark = lerp(darker(bottom, 0.25f), lerp(bottom, {1, 1, 1, 1}, 0.3f), pressed);
  const float upper = em * 0.045f;
  const float lower = em * 0.07f;
  canvas.fill_rect(rect, CornerRadii::all(radius), Paint::solid(dark));
  const Rect lit{rect.x, rect.y, rect.width, rect.height - lower};
  canvas.fill_rect(lit, CornerRadii::all(half_of_short_side(lit)),
                   Paint::vertical(light, middle, 0.46f, bottom));
  const Rect face{rect.x, rect.y + upper, rect.width, rect.height - lower - upper};
  canvas.fill_rect(face, CornerRadii::all(half_of_short_side(face)),
                   Paint::vertical(top, middle, 0.46f, bottom));
}

void draw_card(Painter& painter, const Rect& rect, float radius) {
  const float u = painter.metrics.grid / 8;
  painter.canvas.draw_shadow(rect, radius, {{0, 12 * u}, 40 * u, 0, painter.theme.shadow});
  painter.canvas.fill_rect(rect, CornerRadii::all(radius), Paint::solid(painter.theme.paper));
}

void draw_light_glass(Painter& painter, const Rect& rect, float radius) {
  const float u = painter.metrics.grid / 8;
  const gfx::Shadow shadow{{0, 12 * u}, 40 * u, 0, painter.theme.shadow};
  painter.canvas.draw_glass(rect, radius, {kGlassBlur * u, painter.theme.glass_light, shadow});
  draw_glass_edge(painter, rect, radius, Color{1, 1, 1, 0.8f});
}

void draw_dark_glass(Painter& painter, const Rect& rect, float radius) {
  const float u = painter.metrics.grid / 8;
  painter.canvas.draw_glass(rect, radius, {kGlassBlur * u, painter.theme.glass_deep});
  draw_glass_edge(painter, rect, radius, painter.theme.on_dark.with_alpha(0.28f));
}

void draw_scene_veil(Painter& painter, float share) {
  const Color dim = painter.theme.dim;
  const float u = painter.metrics.grid / 8;
  painter.canvas.draw_glass(painter.metrics.screen, 0,
                            {kVeilBlur * u * share, dim.with_alpha(dim.a * share)});
}

void draw_outline(Painter& painter, const Rect& rect, float corner, Ground ground) {
  const Theme& theme = painter.theme;
  if (theme.outline <= 0) return;
  const float u = painter.metrics.phone() ? 1.0f : 2.0f;
  painter.canvas.stroke_rect(rect, CornerRadii::all(corner), theme.outline * u,
                             Paint::solid(ground == Ground::Deep ? theme.on_dark : theme.ink));
}

void draw_focus_ring(Painter& painter, const Rect& rect, float corner) {
  const float u = painter.metrics.phone() ? 1.0f : 2.0f;
  const Rect outer = rect.outset(6 * u);
  const float most = 40 * u;
  const float half = half_of_short_side(outer);
  const float round = half < most || rect.height < 90 * u ? half : most;
  const float radius = corner < 0 ? round : corner + 6 * u;
  painter.canvas.stroke_rect(outer, CornerRadii::all(radius), 3 * u,
                             Paint::solid(painter.theme.line));
  painter.canvas.stroke_rect(rect.outset(3 * u), CornerRadii::all(radius - 3 * u), 2 * u,
                             Paint::solid({1, 1, 1, 0.9f}));
}

}  // namespace vitrine::ui
