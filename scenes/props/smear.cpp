// SPDX-License-Identifier: MIT
#include "scenes/props/smear.h"

namespace vitrine::scenes {
namespace {

// How far each bristle is behind the foremost, of the smear's length.
constexpr float kBehind[] = {0.05f, 0.01f, 0.07f, 0.03f, 0.09f, 0.02f, 0.06f, 0,
                             0.04f, 0.08f, 0.02f, 0.05f, 0,     0.07f, 0.03f, 0.06f};
constexpr int kBristles = 16;
constexpr float kMostBehind = 0.09f;

// Where a bristle is when the brush has come to `at`: at 0 none has begun, at 1 all have arrived.
float bristle(float at, float behind) {
  return clamp(at * (1 + kMostBehind) - behind, 0, 1);
}

}  // namespace

void draw_smear(ui::Painter& painter, const campaign::Product& product, const Rect& box,
                const SmearPart& part) {
  const gfx::ImageHandle image =
      painter.images.drawing({product.art_path("smear"), "", box.width, box.height, product.shade});
  const gfx::DrawingInfo info = painter.images.info(image);
  if (!info.ready || part.to <= part.from) return;
  const Rect whole = info.bounds.moved({box.x, box.y});
  if (part.from <= 0 && part.to >= 1) return painter.canvas.draw_image(image, whole);
  const float height = whole.height / kBristles;
  for (int i = 0; i < kBristles; ++i) {
    float from = bristle(part.from, kBehind[i]), to = bristle(part.to, kBehind[i]);
    if (to <= from) continue;
    if (part.backwards) {
      const float turned = 1 - from;
      from = 1 - to;
      to = turned;
    }
    const float row = static_cast<float>(i);
    painter.canvas.draw_image_part(
        image, {from, row / kBristles, to - from, 1.0f / kBristles},
        {whole.x + whole.width * from, whole.y + height * row, whole.width * (to - from), height});
  }
}

}  // namespace vitrine::scenes
