// SPDX-License-Identifier: MIT
#include "scenes/props/plate.h"

namespace vitrine::scenes {
namespace {

constexpr int kDots = 72;
constexpr Vec2 kDotRing{262, 48};
constexpr float kTurn = 2 * 3.14159265f;
// Gold from the left side to the right.
constexpr Color kGold[] = {Color::rgb(0x8A5526), Color::rgb(0xF6DDB2), Color::rgb(0xC08A50),
                           Color::rgb(0xF3D2A2), Color::rgb(0x8A5526)};

Color gold_at(float across) {
  const float at = clamp(across, 0, 0.999f) * 4;
  const int left = static_cast<int>(at);
  return lerp(kGold[left], kGold[left + 1], at - static_cast<float>(left));
}

}  // namespace

void draw_plate(ui::Painter& painter, Vec2 top, float scale, float turn) {
  ui::draw_drawing(painter,
                   {"art/podium.svg", "plate", PlateShape::kView.width * scale,
                    PlateShape::kView.height * scale, painter.theme.pigment},
                   top - PlateShape::kTop * scale);
  for (int i = 0; i < kDots; ++i) {
    const float at = turn + static_cast<float>(i) * (kTurn / kDots);
    const float x = sine(at), near = cosine(at);
    const float size = (2.8f + 0.7f * near) * scale;
    const Rect dot{top.x + kDotRing.x * scale * x - size / 2,
                   top.y + kDotRing.y * scale * near - size / 2, size, size};
    painter.canvas.fill_rect(dot, gfx::CornerRadii::all(size / 2),
                             gfx::Paint::solid(gold_at(0.5f + 0.5f * x)));
  }
}

}  // namespace vitrine::scenes
