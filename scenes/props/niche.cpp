// SPDX-License-Identifier: MIT
#include "scenes/props/niche.h"

#include "engine/ui/motion.h"
#include "scenes/props/lipstick.h"

namespace vitrine::scenes {
namespace {

void draw_alcove(ui::Painter& painter, const Color& shade, float scale, float away) {
  const float width = NicheShape::kView.width * scale;
  const float height = NicheShape::kView.height * scale;
  const Vec2 origin{-width / 2, 0};
  painter.canvas.draw_shadow(
      {origin.x, height * 0.12f, width, height * 0.88f}, width * 0.3f,
      {{0, 30 * scale}, 60 * scale, -8 * scale, painter.theme.brand.with_alpha(0.28f)});
  ui::draw_drawing(painter, {"art/niche.svg", "", width, height, shade}, origin);
  // The drawing is fully lit; neighbours stand in the dusk.
  if (away <= 0) return;
  const float arch = 248 * scale;
  painter.canvas.fill_rect({origin.x + 32 * scale, 32 * scale, 496 * scale, 738 * scale},
                           {arch, arch, 0, 0}, gfx::Paint::solid(shade.with_alpha(0.28f * away)));
}

}  // namespace

void draw_niche(ui::Painter& painter, const campaign::Product& product, float scale,
                const NicheMoment& moment) {
  draw_alcove(painter, product.shade, scale, moment.away);
  if (!moment.product) return;
  LipstickPose pose;
  pose.stand = NicheShape::kStand * scale;
  pose.height = NicheShape::kProductHeight * scale;
  pose.twist = ui::ease_in_out(moment.away);
  pose.glint = moment.glint;
  pose.shade = product.shade;
  draw_lipstick(painter, product.art_path("drawing"), pose, pose.height);
}

}  // namespace vitrine::scenes
