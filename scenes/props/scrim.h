// SPDX-License-Identifier: MIT
// What lies between the moving cloth and the words on it, so that they stay legible over every
// fold.
#pragma once

#include "engine/ui/painter.h"

namespace vitrine::scenes {

// Below the picture the cloth turns warmer; behind the words of the shades (`shades` 0..1),
// lighter; on the deep cloth (`deep` 0..1) it is darkened at both ends.
void draw_scrim(ui::Painter& painter, float shades, float deep);

}  // namespace vitrine::scenes
