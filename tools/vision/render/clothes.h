// SPDX-License-Identifier: MIT
// Neck, shoulders and chest in clothes, so that no head floats.
#pragma once

#include "tools/vision/render/posed_head.h"

namespace vitrine::faces {

void draw_clothes(const PosedHead& head, const Light& light, Rng rng, Canvas& canvas);

}  // namespace vitrine::faces
