// SPDX-License-Identifier: MIT
// Hair that hangs free of the scalp, and beards that have a silhouette: locks, each a soft ribbon.
#pragma once

#include "tools/vision/render/posed_head.h"

namespace vitrine::faces {

void draw_locks(const PosedHead& head, const Light& light, const DepthMap& shadow, Rng rng,
                Canvas& canvas);

}  // namespace vitrine::faces
