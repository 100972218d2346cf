// SPDX-License-Identifier: MIT
// Draws the head itself: skin, eyes, teeth and tongue, lashes, what covers the scalp.
#pragma once

#include "tools/vision/render/posed_head.h"

namespace vitrine::faces {

void draw_head(const PosedHead& head, const Light& light, const DepthMap& shadow, Canvas& canvas);

// The share of the key light that reaches a place of the world, 0…1.
float key_arrives(const Light& light, const DepthMap& shadow, Vec3 world);

}  // namespace vitrine::faces
