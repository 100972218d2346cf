// SPDX-License-Identifier: MIT
#include "engine/ui/card.h"

namespace vitrine::ui {

using gfx::CornerRadii;
using gfx::Paint;

void Card::draw_face(Painter& painter) {
  const Theme& theme = painter.theme;
  const bool deep = ground() == Ground::Deep;
  deep ? draw_dark_glass(painter, bounds(), radius_) : draw_card(painter, bounds(), radius_);
  if (selected()) {
    const float u = painter.metrics.phone() ? 2.0f : 4.0f;
    if (!deep) {
      painter.canvas.fill_rect(bounds(), CornerRadii::all(radius_), Paint::solid(theme.chosen));
    }
    painter.canvas.stroke_rect(bounds(), CornerRadii::all(radius_), u,
                               Paint::solid(deep ? theme.line_light : theme.line));
  }
  draw_content(painter);
}

void Card::describe_as(SemanticNode& node) const {
  node.role = Role::Card;
  node.corner = radius_;
}

}  // namespace vitrine::ui
