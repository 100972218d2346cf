// SPDX-License-Identifier: MIT
#include "scenes/props/smear.h"

namespace vitrine::scenes {
namespace {

// How far each bristle is behind the foremost, of the smear's length.
constexpr float kBehind[] = {0.05f, 0.01f, 0.07f, 0.03f, 0.09f, 0.02f, 0.06f, 0,
                             0.04f, 0.08f, 0.02f, 0.05f, 0,     0.07f, 0.03f, 0.06f};
constexpr int kBristles = 16;
constexpr float kMostBehind = 0.09f;
// How far a running light reaches to either side, of the smear's length, and in how many steps.
constexpr float kGlossReach = 0.22f;
constexpr int kGlossSlices = 5;

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

void draw_smear_gloss(ui::Painter& painter, const campaign::Product& product, const Rect& box,
                      float at) {
  const gfx::ImageHandle image = painter.images.drawing(
      {product.art_path("smear"), "gloss", box.width, box.height, product.shade});
  const gfx::DrawingInfo info = painter.images.info(image);
  if (!info.ready || at <= 0 || at >= 1) return;
  const Rect whole = info.bounds.moved({box.x, box.y});
  // Its highlights once more, brightest in the middle of a window that runs over them.
  const float middle = lerp(-kGlossReach, 1 + kGlossReach, at);
  for (int i = -kGlossSlices; i <= kGlossSlices; ++i) {
    const float share = static_cast<float>(i) / (kGlossSlices + 1);
    const float slice = kGlossReach / (kGlossSlices + 1);
    const float from = clamp(middle + share * kGlossReach - slice / 2, 0, 1);
    const float to = clamp(middle + share * kGlossReach + slice / 2, 0, 1);
    if (to <= from) continue;
    const Color light{1, 1, 1, 1 - share * share};
    painter.canvas.draw_image_part(
        image, {from, 0, to - from, 1},
        {whole.x + whole.width * from, whole.y, whole.width * (to - from), whole.height}, light);
  }
}

}  // namespace vitrine::scenes
