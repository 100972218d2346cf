// SPDX-License-Identifier: MIT
// The half of CanvasImpl that draws paths: filled, along their line, and pictures revealed by one.
#include <algorithm>
#include <cmath>

#include "engine/gfx/canvas_impl.h"
#include "engine/gfx/path_stroke.h"

namespace vitrine::gfx {
namespace {

constexpr float kEverywhere = 1e6f;  // device pixels
constexpr int kRails = 4;            // pieces across a revealed picture

// How far along the line the picture is shown. On its way that is where the line is at `to`; near
// the ends it runs ahead, so that what lies before and beyond the line is uncovered, too.
float revealed_end(const Reveal& reveal, float length, float more) {
  const float half = std::max(reveal.width * 0.5f, 1e-3f);
  const float at = clamp(reveal.to, 0, 1) * length;
  const float before = clamp(1 - at / half, 0, 1);
  const float beyond = clamp(1 - (length - at) / half, 0, 1);
  return at - before * half + beyond * (half + more);
}

}  // namespace

// Four corners in `ink`'s colours, moved and given by `place`.
template <typename Place>
void CanvasImpl::add_inked(const Ink& ink, const Place& place) {
  Vertex* quad = parts_.batch.add_quad(ink.texture, clip().serial, clip().shape);
  for (int i = 0; i < 4; ++i) {
    Vertex v = ink.common;
    v.unit = quad[i].unit;
    v.clip = quad[i].clip;
    place(i, v);
    quad[i] = v;
  }
}

// False when nothing of `box` can be seen.
bool CanvasImpl::begin_ink(const Shape& shape, const Paint& paint, const Rect& seen,
                           Ink& ink) const {
  const float s = scale_of(transform());
  if (s < 1e-4f || opacity() <= 0) return false;
  const Edges bounds = bounds_of(transform(), seen);
  if (!is_seen(bounds.left, bounds.top, bounds.right, bounds.bottom)) return false;
  fill_common(ink.common, s, shape, paint);
  ink.scale = s;
  ink.texture = shape.texture;
  const Vec2 line = paint.end - paint.start;
  const float square = line.x * line.x + line.y * line.y;
  if (square <= 0) return true;
  const Rect& box = shape.rect;
  const Vec2 step{line.x / square / std::max(box.width, 1e-6f),
                  line.y / square / std::max(box.height, 1e-6f)};
  ink.t_step = step;
  ink.t_start = -(box.x * step.x + box.y * step.y) -
                (paint.start.x * line.x + paint.start.y * line.y) / square;
  return true;
}

void CanvasImpl::fill_path(const Path& path, const Paint& paint) {
  const float s = scale_of(transform());
  if (s < 1e-4f) return;
  const Rect& box = path.flat(s).bounds;
  Ink ink;
  if (!begin_ink({ShapeKind::Mesh, box, 0, {}}, paint, box, ink)) return;
  const std::vector<MeshCorner>& corners = path.filled(s);
  const float pixel = 1 / s;
  for (size_t first = 0; first < corners.size(); first += 4) {
    add_inked(ink, [&](int i, Vertex& v) {
      const MeshCorner& corner = corners[first + static_cast<size_t>(i)];
      const Vec2 at = corner.at + corner.shift * pixel;
      const Vec2 p = transform().apply(at);
      v.x = p.x;
      v.y = p.y;
      v.u = corner.coverage;
      v.t = ink.t_at(at);
    });
  }
}

// Writes the pieces of a stroke into the batch.
class CanvasImpl::StrokeSink final : public BandSink {
 public:
  StrokeSink(CanvasImpl& canvas, const Ink& ink) : canvas_(canvas), ink_(ink) {}

  void add_piece(const std::array<BandCorner, 4>& piece) override {
    canvas_.add_inked(ink_, [&](int i, Vertex& v) {
      const BandCorner& corner = piece[static_cast<size_t>(i)];
      const Vec2 p = canvas_.transform().apply(corner.at);
      v.x = p.x;
      v.y = p.y;
      v.u = corner.across * ink_.scale;
      v.v = corner.along * ink_.scale;
      v.t = ink_.t_at(corner.at);
    });
  }
  void add_join(const std::array<BandCorner, 4>& piece) override { add_piece(piece); }

 private:
  CanvasImpl& canvas_;
  const Ink& ink_;
};

void CanvasImpl::stroke_path(const Path& path, const Stroke& stroke, const Paint& paint) {
  const float s = scale_of(transform());
  if (s < 1e-4f || stroke.width <= 0) return;
  const FlatPath& flat = path.flat(s);
  const float half = stroke.width * 0.5f;
  const float band = half + 0.5f / s;  // with the soft edge
  Ink ink;
  const Rect seen = flat.bounds.outset(band * kLongestMiter);
  if (!begin_ink({ShapeKind::Band, flat.bounds, 0, {}}, paint, seen, ink)) return;
  ink.common.half_x = half * s;
  ink.common.half_y = stroke.cap == LineCap::Round ? 1.0f : 0.0f;
  StrokeSink sink(*this, ink);
  for (const FlatContour& contour : flat.contours) {
    const float from = clamp(stroke.from, 0, 1) * flat.length - contour.start;
    const float to = clamp(stroke.to, 0, 1) * flat.length - contour.start;
    if (to <= 0 || from >= contour.length) continue;
    const auto draw = [&](float begin, float end) {
      const bool endless = contour.closed && begin <= 0 && end >= contour.length;
      ink.common.p0 = endless ? -kEverywhere : std::max(begin, 0.0f) * s;
      ink.common.p1 = endless ? kEverywhere : std::min(end, contour.length) * s;
      cut_band(flat, contour, band, stroke.join,
               {std::max(begin, 0.0f), std::min(end, contour.length)}, sink);
    };
    if (stroke.dash <= 0 || stroke.gap <= 0) {
      draw(from, to);
      continue;
    }
    const float period = stroke.dash + stroke.gap;
    const float last = std::min(to, contour.length);
    float begin = wrapped(stroke.dash_shift, period) - period;
    for (; begin < last; begin += period) {
      const float a = std::max(begin, std::max(from, 0.0f));
      const float b = std::min(begin + stroke.dash, last);
      if (a < b) draw(a, b);
    }
  }
}

// Writes a picture's pieces along a line: where a pixel lies on the picture and how far along.
class CanvasImpl::RevealSink final : public BandSink {
 public:
  RevealSink(CanvasImpl& canvas, const Ink& ink, const Rect& rect, const Rect& uv, float lag)
      : canvas_(canvas), ink_(ink), rect_(rect), uv_(uv), lag_(lag) {}

  void add_piece(const std::array<BandCorner, 4>& piece) override {
    for (int rail = 0; rail < kRails; ++rail) {
      const float left = static_cast<float>(rail) / kRails;
      const float right = static_cast<float>(rail + 1) / kRails;
      add_join({between(piece[0], piece[3], left), between(piece[1], piece[2], left),
                between(piece[1], piece[2], right), between(piece[0], piece[3], right)});
    }
  }

  void add_join(const std::array<BandCorner, 4>& piece) override {
    canvas_.add_inked(ink_, [&](int i, Vertex& v) {
      const BandCorner& corner = piece[static_cast<size_t>(i)];
      const Vec2 p = canvas_.transform().apply(corner.at);
      v.x = p.x;
      v.y = p.y;
      v.u = uv_.x + (corner.at.x - rect_.x) / rect_.width * uv_.width;
      v.v = uv_.y + (corner.at.y - rect_.y) / rect_.height * uv_.height;
      v.t = corner.along + lag_ * corner.across * corner.across;
    });
  }

 private:
  static BandCorner between(const BandCorner& a, const BandCorner& b, float t) {
    return {lerp(a.at, b.at, t), lerp(a.across, b.across, t), lerp(a.along, b.along, t)};
  }

  CanvasImpl& canvas_;
  const Ink& ink_;
  const Rect& rect_;
  const Rect& uv_;
  float lag_;
};

void CanvasImpl::draw_image_along(ImageHandle image, const Rect& rect, const Path& line,
                                  const Reveal& reveal, Color tint) {
  const float s = scale_of(transform());
  const ImagePixels pixels = parts_.images.use(image);
  if (!pixels.texture || s < 1e-4f || rect.width <= 0 || rect.height <= 0) return;
  const FlatPath& flat = line.flat(s);
  const float half = reveal.width * 0.5f;
  Ink ink;
  if (!begin_ink({ShapeKind::Reveal, rect, 0, {}, 0, 0, pixels.texture}, Paint::solid(tint), rect,
                 ink)) {
    return;
  }
  const float soft = std::max(reveal.softness, 1 / s);
  const float end = revealed_end(reveal, flat.length, soft + reveal.lag);
  ink.common.p0 = 1 / soft;
  const Rect uv = texture_part(pixels, {0, 0, 1, 1});
  RevealSink sink(*this, ink, rect, uv, reveal.lag / std::max(half * half, 1e-6f));
  for (const FlatContour& contour : flat.contours) {
    const float to = end - contour.start;
    if (to < -half) break;
    ink.common.p1 = to;
    cut_band(flat, contour, half, LineJoin::Round, {0, std::min(to, contour.length)}, sink);
  }
}

}  // namespace vitrine::gfx
