// SPDX-License-Identifier: MIT
#include "native/looks/probe_canvas.h"

#include <algorithm>
#include <cmath>

namespace vitrine::looks {
namespace {

constexpr float kOpaque = 0.95f;
constexpr float kNear = 1;  // scene units

Rect around(float left, float top, float right, float bottom) {
  return {left, top, std::max(0.0f, right - left), std::max(0.0f, bottom - top)};
}

Rect intersection(const Rect& a, const Rect& b) {
  return around(std::max(a.x, b.x), std::max(a.y, b.y), std::min(a.right(), b.right()),
                std::min(a.bottom(), b.bottom()));
}

// Where the lines begin: as gfx::Canvas aligns them.
float line_start(float x, float max_width, float width, gfx::TextAlign align) {
  const float room = max_width - width;
  if (align == gfx::TextAlign::Center) return x + room / 2;
  return align == gfx::TextAlign::End ? x + room : x;
}

}  // namespace

Rect letters(const DrawnText& text) {
  const float air = (text.style.line_height - 1) * text.size / 2;
  return {text.bounds.x, text.bounds.y + air, text.bounds.width, text.bounds.height - 2 * air};
}

void ProbeCanvas::begin(Ink ink, std::optional<float> silk_time, bool paints) {
  ink_ = ink;
  silk_time_ = silk_time;
  paints_ = paints;
  transforms_.assign(1, {});
  opacities_.assign(1, 1);
  clips_.assign(1, {0, 0, size().width, size().height});
  texts_.clear();
  filled_.clear();
}

size_t ProbeCanvas::texts_under(const Rect& cover) const {
  size_t under = 0;
  for (const Filled& filled : filled_) {
    const Rect& rect = filled.rect;
    const bool is_it = std::fabs(rect.x - cover.x) < kNear && std::fabs(rect.y - cover.y) < kNear &&
                       std::fabs(rect.width - cover.width) < kNear;
    if (is_it) under = filled.texts;
  }
  return under;
}

void ProbeCanvas::push_transform(const Transform2D& transform) {
  transforms_.push_back(transforms_.back() * transform);
  if (paints_) canvas_.push_transform(transform);
}

void ProbeCanvas::pop_transform() {
  transforms_.pop_back();
  if (paints_) canvas_.pop_transform();
}

void ProbeCanvas::push_opacity(float opacity) {
  opacities_.push_back(opacities_.back() * clamp(opacity, 0, 1));
  if (paints_) canvas_.push_opacity(opacity);
}

void ProbeCanvas::pop_opacity() {
  opacities_.pop_back();
  if (paints_) canvas_.pop_opacity();
}

void ProbeCanvas::push_clip(const Rect& rect, float radius) {
  clips_.push_back(intersection(clips_.back(), upright(rect)));
  if (paints_) canvas_.push_clip(rect, radius);
}

void ProbeCanvas::pop_clip() {
  clips_.pop_back();
  if (paints_) canvas_.pop_clip();
}

void ProbeCanvas::fill_rect(const Rect& rect, const gfx::CornerRadii& radii,
                            const gfx::Paint& paint) {
  if (paint.from.a * opacities_.back() >= kOpaque)
    filled_.push_back({upright(rect), texts_.size()});
  if (paints_) canvas_.fill_rect(rect, radii, paint);
}

void ProbeCanvas::stroke_rect(const Rect& rect, const gfx::CornerRadii& radii, float width,
                              const gfx::Paint& paint) {
  if (paints_) canvas_.stroke_rect(rect, radii, width, paint);
}

void ProbeCanvas::draw_shadow(const Rect& rect, float radius, const gfx::Shadow& shadow) {
  if (paints_) canvas_.draw_shadow(rect, radius, shadow);
}

void ProbeCanvas::draw_glass(const Rect& rect, float radius, const gfx::Glass& glass) {
  if (paints_) canvas_.draw_glass(rect, radius, glass);
}

void ProbeCanvas::draw_glow(Vec2 center, float radius, const Color& color) {
  if (paints_) canvas_.draw_glow(center, radius, color);
}

void ProbeCanvas::draw_line(Vec2 from, Vec2 to, float width, const Color& color) {
  if (paints_) canvas_.draw_line(from, to, width, color);
}

void ProbeCanvas::draw_arc(Vec2 center, float radius, float width, float from, float to,
                           const Color& color) {
  if (paints_) canvas_.draw_arc(center, radius, width, from, to, color);
}

bool ProbeCanvas::begin_pieces(const PieceInk& ink, const Rect& seen) {
  return paints_ && canvas_.begin_pieces(ink, seen);
}

void ProbeCanvas::draw_image(gfx::ImageHandle image, const Rect& rect, const Color& tint) {
  if (paints_) canvas_.draw_image(image, rect, tint);
}

void ProbeCanvas::draw_image_part(gfx::ImageHandle image, const Rect& part, const Rect& rect,
                                  const Color& tint) {
  if (paints_) canvas_.draw_image_part(image, part, rect, tint);
}

void ProbeCanvas::draw_silk(const gfx::Silk& silk) {
  if (!paints_ || !silk_time_) return;
  gfx::Silk shown = silk;
  shown.time = *silk_time_;
  canvas_.draw_silk(shown);
}

gfx::TextMeasure ProbeCanvas::draw_text(std::string_view text, Vec2 position, float max_width,
                                        const gfx::TextStyle& style) {
  const gfx::TextMeasure measure = canvas_.measure_text(text, max_width, style);
  note(text, position, max_width, style, measure);
  if (!paints_ || ink_ == Ink::None) return measure;
  gfx::TextStyle shown = style;
  if (ink_ == Ink::White) shown.color = Color{1, 1, 1, style.color.a};
  if (ink_ == Ink::Black) shown.color = Color{0, 0, 0, style.color.a};
  return canvas_.draw_text(text, position, max_width, shown);
}

Rect ProbeCanvas::upright(const Rect& rect) const {
  const Transform2D& m = transforms_.back();
  const Vec2 corners[] = {m.apply({rect.x, rect.y}), m.apply({rect.right(), rect.y}),
                          m.apply({rect.x, rect.bottom()}), m.apply({rect.right(), rect.bottom()})};
  Vec2 low = corners[0], high = corners[0];
  for (const Vec2 corner : corners) {
    low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
    high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
  }
  return around(low.x, low.y, high.x, high.y);
}

void ProbeCanvas::note(std::string_view text, Vec2 position, float max_width,
                       const gfx::TextStyle& style, const gfx::TextMeasure& measure) {
  const float opacity = opacities_.back() * style.color.a;
  if (text.empty() || opacity <= 0) return;
  const Transform2D& m = transforms_.back();
  DrawnText drawn;
  drawn.words = text;
  drawn.style = style;
  drawn.size = style.size * std::sqrt(std::fabs(m.a * m.d - m.b * m.c));
  drawn.opacity = opacity;
  drawn.max_width = max_width;
  drawn.measure = measure;
  drawn.bounds = upright({line_start(position.x, max_width, measure.width, style.align), position.y,
                          measure.width, measure.height});
  drawn.clip = clips_.back();
  texts_.push_back(std::move(drawn));
}

}  // namespace vitrine::looks
