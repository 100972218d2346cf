// SPDX-License-Identifier: MIT
// A shade's smear, wiped on and off like paint by a brush: its front is bristly, not a straight
// edge.
#pragma once

#include "engine/campaign/campaign.h"
#include "engine/ui/painter.h"

namespace vitrine::scenes {

// Which part of a smear is there, both 0..1 of its length in the direction of the stroke.
struct SmearPart {
  float from = 0;
  float to = 1;
  bool backwards = false;  // the stroke comes from the other end
};

// The whole drawing over `box`, of which `part` is shown.
void draw_smear(ui::Painter& painter, const campaign::Product& product, const Rect& box,
                const SmearPart& part = {});

// A light that runs along it, `at` 0..1 of the way; over the drawing.
void draw_smear_gloss(ui::Painter& painter, const campaign::Product& product, const Rect& box,
                      float at);

}  // namespace vitrine::scenes
