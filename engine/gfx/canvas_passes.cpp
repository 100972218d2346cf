// SPDX-License-Identifier: MIT
// What of CanvasImpl is more than quads: backgrounds and the blur behind glass.
#include <algorithm>
#include <utility>

#include "engine/gfx/canvas_impl.h"

namespace vitrine::gfx {
namespace {

// Device pixels of a backdrop's deviation: below the first none is drawn, from the second on alone.
constexpr float kLeastBlur = 0.25f;
constexpr float kFullBlur = 2;

}  // namespace

void CanvasImpl::draw_glass(const Rect& rect, float radius, const Glass& glass) {
  const Transform2D& m = transform();
  const float deviation = glass.blur * scale_of(m);
  const Edges area = intersect(bounds_of(m, rect), clip().visible);
  const bool seen = area.left < area.right && area.top < area.bottom && opacity() > 0;
  const bool blurred = quality_.backdrop_blur && deviation > kLeastBlur;
  // Before the shadow is drawn, so that it does not shine through.
  BlurredBackdrop behind;
  if (seen && blurred) behind = parts_.passes.blur_backdrop(area, deviation);
  if (glass.shadow.color.a > 0) draw_shadow(rect, radius, glass.shadow);
  const Paint tint = Paint::solid(glass.tint);
  if (!behind.texture) return fill_rect(rect, CornerRadii::all(radius), tint);
  Shape shape{ShapeKind::Glass, rect,          0, CornerRadii::all(radius), behind.scale.x,
              behind.scale.y,   behind.texture};
  Quad* quad = draw_shape(m, shape, tint);
  if (quad == nullptr) return;
  for (float& t : quad->t) t = opacity();
  // The weakest blur is still a soft picture: it is mixed with the sharp one.
  quad->middle = to_byte(deviation / kFullBlur);
}

void CanvasImpl::draw_silk(const Silk& silk) {
  const Vec2 touch{silk.touch.x / std::max(size_.width, 1.0f),
                   silk.touch.y / std::max(size_.height, 1.0f)};
  const TextureHandle texture = parts_.passes.draw_silk(silk, touch);
  if (!texture) return;
  const size_t depth = std::exchange(transform_depth_, 0);
  // Its rows run from the bottom.
  draw_textured(texture, {0, 0, size_.width, size_.height}, {0, 1, 1, -1}, {1, 1, 1, 1});
  transform_depth_ = depth;
}

}  // namespace vitrine::gfx
