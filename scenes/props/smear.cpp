// SPDX-License-Identifier: MIT
#include "scenes/props/smear.h"

#include "engine/base/real.h"

namespace vitrine::scenes {
namespace {

// A bristle's width in points, and how many a brush has at least and at most; each is hairs.
constexpr float kBristleWidth = 9;
constexpr float kFewest = 8, kMost = 64;
constexpr int kHairs = 6;
constexpr float kMostBehind = 0.09f;
// By how much a hair reaches into the next, points: edges that only touch leave holes when turned.
constexpr float kLap = 0.01f;
// How far a running light reaches to either side, of the smear's length, and in how many steps.
constexpr float kGlossReach = 0.22f;
constexpr int kGlossSlices = 5;

// How far a hair is behind the foremost, of the smear's length: tufts, and in them bristles.
float behind(float bristle) {
  return kMostBehind * (0.5f + 0.3f * sine(bristle * 0.9f) + 0.2f * sine(bristle * 2.6f + 1));
}

// Where a hair is when the brush has come to `at`: at 0 none has begun, at 1 all have arrived.
float hair(float at, float bristle) {
  return clamp(at * (1 + kMostBehind) - behind(bristle), 0, 1);
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
  const int bristles = static_cast<int>(clamp(whole.height / kBristleWidth, kFewest, kMost));
  const int hairs = bristles * kHairs;
  const float count = static_cast<float>(hairs), height = whole.height / count;
  for (int i = 0; i < hairs; ++i) {
    const float row = static_cast<float>(i), bristle = row / kHairs;
    float from = hair(part.from, bristle), to = hair(part.to, bristle);
    if (to <= from) continue;
    if (part.backwards) {
      const float turned = 1 - from;
      from = 1 - to;
      to = turned;
    }
    const Rect place{whole.x + whole.width * from, whole.y + height * row,
                     whole.width * (to - from), height + kLap};
    painter.canvas.draw_image_part(
        image, {from, row / count, to - from, place.height / whole.height}, place);
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
