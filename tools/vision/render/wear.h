// SPDX-License-Identifier: MIT
// Glasses, and the peak of a cap.
#pragma once

#include "tools/vision/render/posed_head.h"

namespace vitrine::faces {

void draw_glasses(const PosedHead& head, const Light& light, Rng rng, Canvas& canvas);
void draw_peak(const PosedHead& head, const Light& light, Rng rng, Canvas& canvas);

}  // namespace vitrine::faces
