// SPDX-License-Identifier: MIT
#include "scenes/props/hand.h"

#include "engine/ui/motion.h"

namespace vitrine::scenes {
namespace {

// Of hand.svg: the fingertip, and the wrist it turns about.
constexpr Vec2 kTip{98, 42};
constexpr Vec2 kWrist{150, 290};
constexpr Size kView{240, 300};
constexpr float kPeriod = 2.4f;
constexpr float kLean = -16 * 3.14159265f / 180;
constexpr float kTurn = -7 * 3.14159265f / 180;

void draw_part(ui::Painter& painter, std::string_view group, float scale) {
  const gfx::DrawingKey key{"art/hand.svg", group, kView.width * scale, kView.height * scale,
                            painter.theme.pigment};
  ui::draw_drawing(painter, key, kTip * -scale);
}

void draw_ripple(ui::Painter& painter, Vec2 tip, float scale, float phase) {
  const Color light{1, 1, 1, 0.9f};
  painter.canvas.draw_arc(tip, 26 * scale, 4 * scale, 0, 1, light);
  painter.canvas.draw_arc(tip, 38 * scale, 2 * scale, 0, 1, light.with_alpha(0.5f));
  const float spread = ui::progress(phase, 0.2f, 0.9f);
  if (spread <= 0 || spread >= 1) return;
  const float radius = lerp(20, 90, ui::ease_out(spread)) * scale;
  painter.canvas.draw_arc(tip, radius, 3 * scale, 0, 1, light.with_alpha(0.7f * (1 - spread)));
}

}  // namespace

void draw_hand(ui::Painter& painter, Vec2 tip, float scale, float time) {
  const float phase = wrapped(time, kPeriod);
  draw_ripple(painter, tip, scale, phase);
  // Down quickly, up slowly.
  const float down = ui::ease_out(ui::progress(phase, 0, 0.2f));
  const float up = ui::ease_in_out(ui::progress(phase, 0.3f, 0.45f));
  const float tap = down - up;
  const Vec2 wrist = (kWrist - kTip) * scale;
  const float shrink = 1 - 0.04f * tap;
  Transform2D transform = Transform2D::translation(tip) * Transform2D::rotation(kLean) *
                          Transform2D::translation(wrist) * Transform2D::rotation(kTurn * tap) *
                          Transform2D::scaling(shrink, shrink) *
                          Transform2D::translation(wrist * -1);
  painter.canvas.push_transform(transform);
  draw_part(painter, "hand", scale);
  draw_part(painter, "cuff", scale);
  painter.canvas.pop_transform();
}

}  // namespace vitrine::scenes
