// SPDX-License-Identifier: MIT
// Paths on any canvas: filled, along their line, and pictures uncovered by one; and pictures in
// slices.
#include <algorithm>

#include "engine/gfx/canvas.h"
#include "engine/gfx/path_stroke.h"

namespace vitrine::gfx {
namespace {

constexpr float kEverywhere = 1e6f;  // points
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

void Canvas::fill_path(const Path& path, const Paint& paint) {
  const float s = scale();
  if (s < 1e-4f) return;
  const Rect& box = path.flat(s).bounds;
  if (!begin_pieces({PieceKind::Mesh, box, paint, {}}, box)) return;
  const std::vector<MeshCorner>& corners = path.filled(s);
  for (size_t first = 0; first < corners.size(); first += 4) {
    Piece piece;
    for (size_t i = 0; i < 4; ++i) {
      const MeshCorner& corner = corners[first + i];
      piece[i] = {corner.at + corner.shift * (1 / s), corner.coverage};
    }
    add_piece(piece);
  }
}

class Canvas::BandPieces final : public BandSink {
 public:
  explicit BandPieces(Canvas& canvas) : canvas_(canvas) {}

  void add_piece(const Band& band) override {
    Piece piece;
    for (size_t i = 0; i < 4; ++i) piece[i] = {band[i].at, band[i].across, band[i].along};
    canvas_.add_piece(piece);
  }
  void add_join(const Band& band) override { add_piece(band); }

 private:
  Canvas& canvas_;
};

void Canvas::stroke_path(const Path& path, const Stroke& stroke, const Paint& paint) {
  const float s = scale();
  if (s < 1e-4f || stroke.width <= 0) return;
  const FlatPath& flat = path.flat(s);
  const float half = stroke.width * 0.5f;
  const float band = half + 0.5f / s;  // with the soft edge
  const Rect seen = flat.bounds.outset(band * kLongestMiter);
  PieceInk ink{PieceKind::Band, flat.bounds, paint, {}, half, stroke.cap == LineCap::Round};
  BandPieces pieces(*this);
  for (const FlatContour& contour : flat.contours) {
    const float from = std::max(clamp(stroke.from, 0, 1) * flat.length - contour.start, 0.0f);
    const float to = std::min(clamp(stroke.to, 0, 1) * flat.length - contour.start, contour.length);
    const bool dashed = stroke.dash > 0 && stroke.gap > 0;
    const float period = dashed ? stroke.dash + stroke.gap : kEverywhere;
    float begin = dashed ? wrapped(stroke.dash_shift, period) - period : from;
    for (; begin < to; begin += period) {
      ink.from = std::max(begin, from);
      ink.to = dashed ? std::min(begin + stroke.dash, to) : to;
      if (ink.from >= ink.to) continue;
      const BandRange range{ink.from, ink.to};
      // A whole ring has no ends.
      if (contour.closed && ink.from <= 0 && ink.to >= contour.length) {
        ink.from = -kEverywhere;
        ink.to = kEverywhere;
      }
      if (!begin_pieces(ink, seen)) return;
      cut_band(flat, contour, band, stroke.join, range, pieces);
    }
  }
}

// A picture's pieces along a line, more across so that its end can be round.
class Canvas::RevealPieces final : public BandSink {
 public:
  RevealPieces(Canvas& canvas, float lag) : canvas_(canvas), lag_(lag) {}

  void add_piece(const Band& band) override {
    for (int rail = 0; rail < kRails; ++rail) {
      const float left = static_cast<float>(rail) / kRails;
      const float right = static_cast<float>(rail + 1) / kRails;
      add_join({between(band[0], band[3], left), between(band[1], band[2], left),
                between(band[1], band[2], right), between(band[0], band[3], right)});
    }
  }

  void add_join(const Band& band) override {
    Piece piece;
    for (size_t i = 0; i < 4; ++i) {
      const BandCorner& corner = band[i];
      piece[i] = {corner.at, 0, corner.along + lag_ * corner.across * corner.across};
    }
    canvas_.add_piece(piece);
  }

 private:
  static BandCorner between(const BandCorner& a, const BandCorner& b, float t) {
    return {lerp(a.at, b.at, t), lerp(a.across, b.across, t), lerp(a.along, b.along, t)};
  }

  Canvas& canvas_;
  float lag_;
};

void Canvas::draw_image_along(ImageHandle image, const Rect& rect, const Path& line,
                              const Reveal& reveal, const Color& tint) {
  const float s = scale();
  if (s < 1e-4f) return;
  const FlatPath& flat = line.flat(s);
  const float half = reveal.width * 0.5f;
  const float soft = std::max(reveal.softness, 1 / s);
  const float end = revealed_end(reveal, flat.length, soft + reveal.lag);
  PieceInk ink{PieceKind::Reveal, rect, Paint::solid(tint), image, 0, false, soft};
  RevealPieces pieces(*this, reveal.lag / std::max(half * half, 1e-6f));
  for (const FlatContour& contour : flat.contours) {
    ink.to = end - contour.start;
    if (ink.to < -half || !begin_pieces(ink, rect)) return;
    cut_band(flat, contour, half, LineJoin::Round, {0, std::min(ink.to, contour.length)}, pieces);
  }
}

void Canvas::draw_image_slices(ImageHandle image, Size natural, const Slices& slices,
                               const Rect& rect, const Color& tint) {
  if (natural.width <= 0 || natural.height <= 0) return;
  const float across = std::max(slices.left + slices.right, 1e-6f);
  const float down = std::max(slices.top + slices.bottom, 1e-6f);
  const float k = std::min({1.0f, rect.width / across, rect.height / down});
  const float x[4] = {0, slices.left * k, rect.width - slices.right * k, rect.width};
  const float y[4] = {0, slices.top * k, rect.height - slices.bottom * k, rect.height};
  const float u[4] = {0, slices.left / natural.width, 1 - slices.right / natural.width, 1};
  const float v[4] = {0, slices.top / natural.height, 1 - slices.bottom / natural.height, 1};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      const Rect part{u[column], v[row], u[column + 1] - u[column], v[row + 1] - v[row]};
      const Rect place{rect.x + x[column], rect.y + y[row], x[column + 1] - x[column],
                       y[row + 1] - y[row]};
      if (place.width <= 0 || place.height <= 0) continue;
      draw_image_part(image, part, place, tint);
    }
  }
}

}  // namespace vitrine::gfx
