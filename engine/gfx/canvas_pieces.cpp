// SPDX-License-Identifier: MIT
// The quads of paths, and of pictures that a path uncovers.
#include <algorithm>

#include "engine/gfx/canvas_impl.h"

namespace vitrine::gfx {

float CanvasImpl::scale() const {
  return scale_of(transform());
}

bool CanvasImpl::begin_pieces(const PieceInk& piece, const Rect& seen) {
  constexpr ShapeKind kKinds[] = {ShapeKind::Mesh, ShapeKind::Band, ShapeKind::Reveal};
  const float s = scale();
  const Edges bounds = bounds_of(transform(), seen);
  if (s < 1e-4f || opacity() <= 0) return false;
  if (!is_seen(bounds.left, bounds.top, bounds.right, bounds.bottom)) return false;
  ink_.kind = piece.kind;
  ink_.scale = s;
  ink_.texture = {};
  fill_common(ink_.common, s, {kKinds[static_cast<size_t>(piece.kind)], piece.box, 0, {}},
              piece.paint);
  const Rect& box = piece.box;
  if (piece.kind == PieceKind::Reveal) {
    const ImagePixels pixels = parts_.images.use(piece.image);
    ink_.texture = pixels.texture;
    if (!ink_.texture || box.width <= 0 || box.height <= 0) return false;
    const Rect uv = texture_part(pixels, {0, 0, 1, 1});
    ink_.step = {uv.width / box.width, uv.height / box.height};
    ink_.start = {uv.x - box.x * ink_.step.x, uv.y - box.y * ink_.step.y};
    ink_.common.p0 = 1 / piece.from;
    ink_.common.p1 = piece.to;
    return true;
  }
  const Vec2 line = piece.paint.end - piece.paint.start;
  const float square = std::max(line.x * line.x + line.y * line.y, 1e-12f);
  ink_.step = {line.x / square / std::max(box.width, 1e-6f),
               line.y / square / std::max(box.height, 1e-6f)};
  ink_.start = {-box.x * ink_.step.x - piece.paint.start.x * line.x / square,
                -box.y * ink_.step.y - piece.paint.start.y * line.y / square};
  ink_.common.half_x = piece.half_width * s;
  ink_.common.half_y = piece.round ? 1.0f : 0.0f;
  ink_.common.p0 = piece.from * s;
  ink_.common.p1 = piece.to * s;
  return true;
}

void CanvasImpl::add_piece(const Piece& piece) {
  Quad& quad = *parts_.batch.add_quad(ink_.texture, clip().serial, clip().shape);
  ink_.common.unit = quad.unit;
  ink_.common.clip = quad.clip;
  quad = ink_.common;
  for (size_t i = 0; i < 4; ++i) {
    const PieceCorner& corner = piece[i];
    const Vec2 p = transform().apply(corner.at);
    quad.x[i] = p.x;
    quad.y[i] = p.y;
    const Vec2 place{ink_.start.x + corner.at.x * ink_.step.x,
                     ink_.start.y + corner.at.y * ink_.step.y};
    if (ink_.kind == PieceKind::Reveal) {
      quad.u[i] = place.x;
      quad.v[i] = place.y;
      quad.t[i] = corner.along;
    } else {
      quad.u[i] = ink_.kind == PieceKind::Band ? corner.across * ink_.scale : corner.across;
      quad.v[i] = corner.along * ink_.scale;
      quad.t[i] = place.x + place.y;
    }
  }
}

}  // namespace vitrine::gfx
