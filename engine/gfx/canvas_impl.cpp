// SPDX-License-Identifier: MIT
#include "engine/gfx/canvas_impl.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vitrine::gfx {
namespace {

constexpr float kPi = 3.14159265f;
constexpr Rect kWhole{0, 0, 1, 1};

uint16_t radius_code(float pixels) {
  return static_cast<uint16_t>(clamp(pixels * 16.0f + 0.5f, 0, 65535));
}

using Corners = std::array<Vec2, 4>;

Corners corners_of(const Transform2D& m, const Rect& rect) {
  return {m.apply({rect.x, rect.y}), m.apply({rect.right(), rect.y}),
          m.apply({rect.right(), rect.bottom()}), m.apply({rect.x, rect.bottom()})};
}

bool is_plain(const Paint& paint) {
  return paint.start == paint.end;
}

// Corners never meet: as in CSS, all shrink by the same factor.
CornerRadii fitted(const CornerRadii& r, const Rect& rect) {
  const float across = std::max(r.left_top + r.right_top, r.left_bottom + r.right_bottom);
  const float down = std::max(r.left_top + r.left_bottom, r.right_top + r.right_bottom);
  const float k =
      std::min({1.0f, rect.width / std::max(across, 1e-6f), rect.height / std::max(down, 1e-6f)});
  return {r.left_top * k, r.right_top * k, r.right_bottom * k, r.left_bottom * k};
}

// From the axis-aligned local frame of a line to the frame it is drawn in.
Transform2D along(Vec2 from, Vec2 to) {
  const Vec2 d = to - from;
  const float l = length(d);
  const float c = l > 0 ? d.x / l : 1;
  const float s = l > 0 ? d.y / l : 0;
  const Vec2 middle = lerp(from, to, 0.5f);
  return {c, s, -s, c, middle.x, middle.y};
}

}  // namespace

Edges bounds_of(const Transform2D& m, const Rect& rect) {
  const Corners p = corners_of(m, rect);
  const auto [left, right] = std::minmax({p[0].x, p[1].x, p[2].x, p[3].x});
  const auto [top, bottom] = std::minmax({p[0].y, p[1].y, p[2].y, p[3].y});
  return {left, top, right, bottom};
}

uint8_t to_byte(float share) {
  return static_cast<uint8_t>(clamp(share, 0, 1) * 255.0f + 0.5f);
}

Edges intersect(const Edges& a, const Edges& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
          std::min(a.bottom, b.bottom)};
}

void set_texture_part(Quad& quad, const Edges& part) {
  quad.u[0] = quad.u[3] = part.left;
  quad.u[1] = quad.u[2] = part.right;
  quad.v[0] = quad.v[1] = part.top;
  quad.v[2] = quad.v[3] = part.bottom;
}

float scale_of(const Transform2D& m) {
  return std::sqrt(std::abs(m.a * m.d - m.b * m.c));
}

Rect texture_part(const ImagePixels& pixels, const Rect& part) {
  const float w = static_cast<float>(pixels.width);
  const float h = static_cast<float>(pixels.height);
  return {(1 + part.x * w) / (w + 2), (1 + part.y * h) / (h + 2), part.width * w / (w + 2),
          part.height * h / (h + 2)};
}

CanvasImpl::CanvasImpl(const Parts& parts) : parts_(parts) {
  opacities_[0] = 1;
  clips_[0].shape = {kEverywhere, 0, kEverywhere};
}

void CanvasImpl::resize(Size points, float pixel_ratio) {
  size_ = points;
  ratio_ = pixel_ratio;
  transforms_[0] = Transform2D::scaling(ratio_, ratio_);
  clips_[0].visible = {0, 0, std::ceil(points.width * ratio_), std::ceil(points.height * ratio_)};
}

void CanvasImpl::begin() {
  transform_depth_ = opacity_depth_ = clip_depth_ = 0;
  clip_serials_ = 0;
}

void CanvasImpl::end() {
  VITRINE_ASSERT(transform_depth_ == 0 && opacity_depth_ == 0 && clip_depth_ == 0);
}

void CanvasImpl::push_transform(const Transform2D& inner) {
  VITRINE_ASSERT(transform_depth_ + 1 < kDepth);
  transforms_[transform_depth_ + 1] = transform() * inner;
  ++transform_depth_;
}

void CanvasImpl::pop_transform() {
  VITRINE_ASSERT(transform_depth_ > 0);
  --transform_depth_;
}

void CanvasImpl::push_opacity(float inner) {
  VITRINE_ASSERT(opacity_depth_ + 1 < kDepth);
  opacities_[opacity_depth_ + 1] = opacity() * clamp(inner, 0, 1);
  ++opacity_depth_;
}

void CanvasImpl::pop_opacity() {
  VITRINE_ASSERT(opacity_depth_ > 0);
  --opacity_depth_;
}

void CanvasImpl::push_clip(const Rect& rect, float radius) {
  VITRINE_ASSERT(clip_depth_ + 1 < kDepth);
  const Transform2D& m = transform();
  VITRINE_ASSERT(std::abs(m.b) + std::abs(m.c) < 1e-4f);
  const Vec2 p = m.apply({rect.x, rect.y});
  const Vec2 q = m.apply({rect.right(), rect.bottom()});
  const Clip& outer = clip();
  Clip& inner = clips_[clip_depth_ + 1];
  const Edges box{std::min(p.x, q.x), std::min(p.y, q.y), std::max(p.x, q.x), std::max(p.y, q.y)};
  const float most = 0.5f * std::min(box.right - box.left, box.bottom - box.top);
  inner.shape.shape = box;
  inner.shape.radius = clamp(radius * std::sqrt(std::abs(m.a * m.d)), 0, most);
  inner.shape.bounds = intersect(outer.shape.shape, outer.shape.bounds);
  inner.visible = intersect(outer.visible, box);
  inner.serial = ++clip_serials_;
  ++clip_depth_;
}

void CanvasImpl::pop_clip() {
  VITRINE_ASSERT(clip_depth_ > 0);
  --clip_depth_;
}

bool CanvasImpl::is_seen(float left, float top, float right, float bottom) const {
  const Edges& seen = clip().visible;
  return left < seen.right + 1 && right > seen.left - 1 && top < seen.bottom + 1 &&
         bottom > seen.top - 1;
}

// Null when nothing of it can be seen. Most quads are upright, thousands of them on some pages.
Quad* CanvasImpl::add_quad(const Transform2D& m, const Rect& rect, TextureHandle texture) {
  if (m.b != 0 || m.c != 0) return add_turned_quad(m, rect, texture);
  const float left = m.a * rect.x + m.tx;
  const float top = m.d * rect.y + m.ty;
  const float right = m.a * rect.right() + m.tx;
  const float bottom = m.d * rect.bottom() + m.ty;
  if (!is_seen(std::min(left, right), std::min(top, bottom), std::max(left, right),
               std::max(top, bottom))) {
    return nullptr;
  }
  Quad* quad = parts_.batch.add_quad(texture, clip().serial, clip().shape);
  quad->x[0] = quad->x[3] = left;
  quad->x[1] = quad->x[2] = right;
  quad->y[0] = quad->y[1] = top;
  quad->y[2] = quad->y[3] = bottom;
  return quad;
}

Quad* CanvasImpl::add_turned_quad(const Transform2D& m, const Rect& rect, TextureHandle texture) {
  const Vec2 corner = m.apply({rect.x, rect.y});
  const Vec2 across{m.a * rect.width, m.b * rect.width};
  const Vec2 down{m.c * rect.height, m.d * rect.height};
  const Vec2 least = corner + Vec2{std::min(across.x, 0.0f) + std::min(down.x, 0.0f),
                                   std::min(across.y, 0.0f) + std::min(down.y, 0.0f)};
  if (!is_seen(least.x, least.y, least.x + std::abs(across.x) + std::abs(down.x),
               least.y + std::abs(across.y) + std::abs(down.y))) {
    return nullptr;
  }
  Quad* quad = parts_.batch.add_quad(texture, clip().serial, clip().shape);
  quad->x[0] = corner.x;
  quad->x[1] = corner.x + across.x;
  quad->x[2] = corner.x + across.x + down.x;
  quad->x[3] = corner.x + down.x;
  quad->y[0] = corner.y;
  quad->y[1] = corner.y + across.y;
  quad->y[2] = corner.y + across.y + down.y;
  quad->y[3] = corner.y + down.y;
  return quad;
}

// Everything but where it is.
void CanvasImpl::fill_common(Quad& quad, float s, const Shape& shape, const Paint& paint) const {
  const CornerRadii radii = fitted(shape.radii, shape.rect);
  const bool plain = is_plain(paint);
  quad.half_x = shape.rect.width * 0.5f * s;
  quad.half_y = shape.rect.height * 0.5f * s;
  quad.p0 = shape.p0;
  quad.p1 = shape.p1;
  quad.radii[0] = radius_code(radii.left_top * s);
  quad.radii[1] = radius_code(radii.right_top * s);
  quad.radii[2] = radius_code(radii.right_bottom * s);
  quad.radii[3] = radius_code(radii.left_bottom * s);
  quad.stops[0] = pack_premultiplied(paint.from, opacity());
  quad.stops[1] = plain ? quad.stops[0] : pack_premultiplied(paint.middle, opacity());
  quad.stops[2] = plain ? quad.stops[0] : pack_premultiplied(paint.to, opacity());
  quad.kind = static_cast<uint8_t>(shape.kind);
  quad.middle = to_byte(paint.middle_at);
}

Quad* CanvasImpl::draw_shape(const Transform2D& m, const Shape& shape, const Paint& paint) {
  const float sx = length({m.a, m.b});
  const float sy = length({m.c, m.d});
  const float s = scale_of(m);
  if (s < 1e-4f || opacity() <= 0 || shape.rect.width <= 0 || shape.rect.height <= 0) {
    return nullptr;
  }
  // One pixel more on every side for the soft edge.
  const float gx = shape.grow + 1 / sx;
  const float gy = shape.grow + 1 / sy;
  const Rect& r = shape.rect;
  Quad* quad =
      add_quad(m, {r.x - gx, r.y - gy, r.width + 2 * gx, r.height + 2 * gy}, shape.texture);
  if (quad == nullptr) return nullptr;
  fill_common(*quad, s, shape, paint);
  const bool plain = is_plain(paint);
  const Vec2 line = paint.end - paint.start;
  const float square = line.x * line.x + line.y * line.y;
  for (int i = 0; i < 4; ++i) {
    const float side = i == 1 || i == 2 ? 1.0f : -1.0f;
    const float row = i >= 2 ? 1.0f : -1.0f;
    const Vec2 at{side * (r.width * 0.5f + gx), row * (r.height * 0.5f + gy)};
    quad->u[i] = at.x * s;
    quad->v[i] = at.y * s;
    const Vec2 unit{at.x / r.width + 0.5f - paint.start.x, at.y / r.height + 0.5f - paint.start.y};
    quad->t[i] = plain ? 0 : (unit.x * line.x + unit.y * line.y) / square;
  }
  return quad;
}

void CanvasImpl::fill_rect(const Rect& rect, const CornerRadii& radii, const Paint& paint) {
  draw_shape(transform(), {ShapeKind::Fill, rect, 0, radii}, paint);
}

void CanvasImpl::stroke_rect(const Rect& rect, const CornerRadii& radii, float width,
                             const Paint& paint) {
  const Transform2D& m = transform();
  const float s = scale_of(m);
  draw_shape(m, {ShapeKind::Stroke, rect, 0, radii, width * s}, paint);
}

void CanvasImpl::draw_shadow(const Rect& rect, float radius, const Shadow& shadow) {
  if (!quality_.shadows && shadow.blur > 0) return;
  const Rect cast = rect.outset(shadow.spread).moved(shadow.offset);
  const CornerRadii radii = CornerRadii::all(std::max(radius + shadow.spread, 0.0f));
  const Paint paint = Paint::solid(shadow.color);
  const Transform2D& m = transform();
  const float s = scale_of(m);
  if (shadow.blur * s < 1) {
    draw_shape(m, {ShapeKind::Fill, cast, 0, radii}, paint);
    return;
  }
  // blur = 2 deviations; the shader wants deviation x sqrt 2. Three deviations out nothing is left.
  Shape shape{ShapeKind::Shadow, cast, shadow.blur * 1.5f, {}};
  shape.p0 = shadow.blur * 0.70711f * s;
  shape.p1 = fitted(radii, cast).left_top * s;
  draw_shape(m, shape, paint);
}

void CanvasImpl::draw_glow(Vec2 center, float radius, const Color& color) {
  const Rect box{center.x - radius, center.y - radius, 2 * radius, 2 * radius};
  draw_shape(transform(), {ShapeKind::Glow, box, 0, {}}, Paint::solid(color));
}

void CanvasImpl::draw_line(Vec2 from, Vec2 to, float width, const Color& color) {
  const Vec2 d = to - from;
  const float half = (length(d) + width) * 0.5f;
  const Rect box{-half, -width * 0.5f, 2 * half, width};
  draw_shape(transform() * along(from, to),
             {ShapeKind::Fill, box, 0, CornerRadii::all(width * 0.5f)}, Paint::solid(color));
}

void CanvasImpl::draw_arc(Vec2 center, float radius, float width, float from, float to,
                          const Color& color) {
  const float half = clamp((to - from) * kPi, 0, kPi);
  if (half <= 0) return;
  const Transform2D turned =
      transform() * Transform2D::translation(center) * Transform2D::rotation((from + to) * kPi);
  // The middle of the stroke has the radius; its ends are round.
  Shape shape{ShapeKind::Arc, {-radius, -radius, 2 * radius, 2 * radius}, width * 0.5f, {}};
  // Below 0 by rounding, its end would lie opposite: a whole ring would have a gap.
  shape.p0 = std::max(sine(half), 0.0f);
  shape.p1 = cosine(half);
  shape.radii.left_top = width * 0.5f;
  draw_shape(turned, shape, Paint::solid(color));
}

void CanvasImpl::draw_textured(TextureHandle texture, const Rect& rect, const Rect& uv,
                               const Color& tint) {
  // Most pictures are drawn as they are.
  const bool is_untinted = opacity() == 1 && tint == kUntinted;
  const uint32_t color = is_untinted ? ~0u : pack_premultiplied(tint, opacity());
  if (color == 0) return;
  Quad* quad = add_quad(transform(), rect, texture);
  if (quad == nullptr) return;
  set_texture_part(*quad, {uv.x, uv.y, uv.right(), uv.bottom()});
  quad->stops[0] = color;
  quad->kind = static_cast<uint8_t>(ShapeKind::Image);
}

void CanvasImpl::draw_image(ImageHandle image, const Rect& rect, const Color& tint) {
  const ImagePixels pixels = parts_.images.use(image);
  if (!pixels.texture) return;
  // The transparent border is drawn too: it is what makes a turned edge soft.
  const float dx = rect.width / static_cast<float>(pixels.width);
  const float dy = rect.height / static_cast<float>(pixels.height);
  draw_textured(pixels.texture,
                {rect.x - dx, rect.y - dy, rect.width + 2 * dx, rect.height + 2 * dy}, kWhole,
                tint);
}

void CanvasImpl::draw_image_part(ImageHandle image, const Rect& part, const Rect& rect,
                                 const Color& tint) {
  if (part == kWhole) return draw_image(image, rect, tint);
  const ImagePixels pixels = parts_.images.use(image);
  if (!pixels.texture) return;
  draw_textured(pixels.texture, rect, texture_part(pixels, part), tint);
}

}  // namespace vitrine::gfx
