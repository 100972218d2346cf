// SPDX-License-Identifier: MIT
#include "scenes/props/lipstick.h"

namespace vitrine::scenes {
namespace {

// Of the drawing: view box 320 x 920, foot at (160, 880), the bullet travels 176.
constexpr float kViewWidth = 320;
constexpr float kViewHeight = 920;
constexpr Vec2 kFoot{160, 880};
constexpr Vec2 kTip{190, 168};
constexpr float kTravel = 176;
constexpr Color kNeutral = Color::rgb(0xD0142F);

void draw_part(ui::Painter& painter, std::string_view path, std::string_view group, float scale,
               float down, Color color) {
  const gfx::DrawingKey key{path, group, kViewWidth * scale, kViewHeight * scale, color};
  ui::draw_drawing(painter, key, {-kFoot.x * scale, (down - kFoot.y) * scale});
}

void draw_foot_shadow(ui::Painter& painter, float scale) {
  gfx::Canvas& canvas = painter.canvas;
  Transform2D flat = Transform2D::scaling(1, 0.2f);
  flat.tx = 14 * scale;
  flat.ty = 2 * scale;
  canvas.push_transform(flat);
  canvas.draw_glow({0, 0}, 175 * scale, painter.theme.brand_deep.with_alpha(0.55f));
  canvas.draw_glow({-10 * scale, 0}, 110 * scale, painter.theme.brand_deep.with_alpha(0.5f));
  canvas.pop_transform();
}

}  // namespace

Vec2 stand_for_tip(Vec2 point, float height, float angle) {
  const Vec2 tip = (kTip - kFoot) * (height / kViewHeight);
  return point - Transform2D::rotation(angle).apply(tip);
}

void draw_lipstick(ui::Painter& painter, std::string_view path, const LipstickPose& pose,
                   float drawn_height) {
  const float scale = drawn_height / kViewHeight;
  const float grown = pose.height / drawn_height;
  Transform2D transform = Transform2D::rotation(pose.angle) *
                          Transform2D::scaling(grown * (2 - pose.squash), grown * pose.squash);
  transform.tx = pose.stand.x;
  transform.ty = pose.stand.y;
  painter.canvas.push_transform(transform);
  if (pose.shadow) draw_foot_shadow(painter, scale);
  draw_part(painter, path, "case-back", scale, 0, kNeutral);
  draw_part(painter, path, "mechanism-back", scale, 0, kNeutral);
  draw_part(painter, path, "bullet-unit", scale, pose.twist * kTravel, pose.shade);
  draw_part(painter, path, "mechanism", scale, 0, kNeutral);
  draw_part(painter, path, "case", scale, 0, kNeutral);
  painter.canvas.pop_transform();
}

}  // namespace vitrine::scenes
