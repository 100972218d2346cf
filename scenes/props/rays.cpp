// SPDX-License-Identifier: MIT
#include "scenes/props/rays.h"

namespace vitrine::scenes {
namespace {

// Half of each wedge's width at its end, of its length; and which one stands where.
constexpr std::array<float, 3> kHalf{0.028f, 0.05f, 0.078f};
constexpr uint8_t kWhich[Rays::kCount] = {1, 0, 2, 1, 0, 1, 2, 0, 1, 2,
                                          0, 1, 1, 0, 2, 1, 0, 2, 0, 1};
// No ray begins in the middle itself.
constexpr float kBegin = 0.08f;

}  // namespace

void Rays::layout(float reach) {
  for (size_t i = 0; i < wedges_.size(); ++i) {
    const float near = reach * kBegin, side = reach * kHalf[i];
    wedges_[i].clear();
    wedges_[i].move_to({-side * kBegin, -near}).line_to({side * kBegin, -near});
    wedges_[i].line_to({side, -reach}).line_to({-side, -reach}).close();
  }
}

void Rays::draw(ui::Painter& painter, Vec2 center, float grown, float turn,
                const Color& color) const {
  if (grown <= 0 || color.a <= 0) return;
  // Upwards from the middle: brightest near it, gone at the end.
  gfx::Paint light{
      color.with_alpha(0), color.with_alpha(color.a * 0.5f), color, 0.5f, {0.5f, 0}, {0.5f, 1}};
  for (int i = 0; i < kCount; ++i) {
    const float angle = turn + static_cast<float>(i) * (2 * 3.14159265f / kCount);
    painter.canvas.push_transform(Transform2D::translation(center) * Transform2D::rotation(angle) *
                                  Transform2D::scaling(grown, grown));
    painter.canvas.fill_path(wedges_[kWhich[i]], light);
    painter.canvas.pop_transform();
  }
}

}  // namespace vitrine::scenes
