// SPDX-License-Identifier: MIT
#include "scenes/props/lipstick.h"

#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

using Shape = LipstickShape;

constexpr Color kNeutral{1, 1, 1, 1};  // of parts that take no shade
// Back to front.
constexpr std::string_view kBullet = "bullet-unit";
constexpr std::string_view kParts[] = {"case-back", "mechanism-back", kBullet, "mechanism", "case"};
// What is gold and flat enough to be lit: tube and ring.
constexpr Rect kGold[] = {{98, 445, 124, 150}, {80, 620, 160, 10}};
constexpr float kGlintEvery = 2.2f, kGlintFor = 0.8f;

void draw_part(ui::Painter& painter, std::string_view path, std::string_view group, float scale,
               float down, const Color& color) {
  ui::draw_drawing(painter, lipstick_part(path, group, scale, color),
                   {-Shape::kFoot.x * scale, (down - Shape::kFoot.y) * scale});
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

float glint_at(float time) {
  return ui::progress(wrapped(time, kGlintEvery), kGlintEvery - kGlintFor, kGlintFor);
}

Vec2 stand_for_tip(Vec2 point, float height, float angle) {
  const Vec2 tip = (Shape::kTip - Shape::kFoot) * (height / Shape::kView.height);
  return point - Transform2D::rotation(angle).apply(tip);
}

void push_lipstick(ui::Painter& painter, const LipstickPose& pose, float drawn_height) {
  const float grown = pose.height / drawn_height;
  Transform2D transform = Transform2D::rotation(pose.angle) *
                          Transform2D::scaling(grown * (2 - pose.squash), grown * pose.squash);
  transform.tx = pose.stand.x;
  transform.ty = pose.stand.y;
  painter.canvas.push_transform(transform);
  if (pose.shadow) draw_foot_shadow(painter, drawn_height / Shape::kView.height);
}

gfx::DrawingKey lipstick_part(std::string_view path, std::string_view group, float scale,
                              const Color& color) {
  return {path, group, Shape::kView.width * scale, Shape::kView.height * scale, color};
}

// A narrow band of light, slanted by the gold's own height.
void draw_lipstick_glint(ui::Painter& painter, float scale, float phase) {
  const float strength = 0.85f * sine(phase * 3.14159265f);
  for (const Rect& gold : kGold) {
    const Rect area{(gold.x - Shape::kFoot.x) * scale, (gold.y - Shape::kFoot.y) * scale,
                    gold.width * scale, gold.height * scale};
    Transform2D band = Transform2D::scaling(0.22f, 1);
    band.tx = area.x + area.width * lerp(-0.1f, 1.1f, ui::ease_in_out(phase));
    band.ty = area.center().y;
    painter.canvas.push_clip(area);
    painter.canvas.push_transform(band);
    painter.canvas.draw_glow({0, 0}, 130 * scale, {1, 1, 1, strength});
    painter.canvas.pop_transform();
    painter.canvas.pop_clip();
  }
}

void draw_lipstick(ui::Painter& painter, std::string_view path, const LipstickPose& pose,
                   float drawn_height) {
  const float scale = drawn_height / Shape::kView.height;
  push_lipstick(painter, pose, drawn_height);
  for (const std::string_view part : kParts) {
    const bool slides = part == kBullet;
    draw_part(painter, path, part, scale, slides ? pose.twist * Shape::kTravel : 0,
              slides ? pose.shade : kNeutral);
  }
  if (pose.glint > 0 && pose.glint < 1 && pose.angle == 0) {
    draw_lipstick_glint(painter, scale, pose.glint);
  }
  painter.canvas.pop_transform();
}

bool is_lipstick_ready(ui::Painter& painter, const campaign::Product& product, float drawn_height) {
  bool ready = true;
  for (const std::string_view part : kParts) {
    const gfx::ImageHandle image = painter.images.drawing(
        lipstick_part(product.art_path("drawing"), part, drawn_height / Shape::kView.height,
                      part == kBullet ? product.shade : kNeutral));
    ready = painter.images.info(image).ready && ready;
  }
  return ready;
}

}  // namespace vitrine::scenes
