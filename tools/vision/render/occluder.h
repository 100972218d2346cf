// SPDX-License-Identifier: MIT
// What is held before a face: a hand, a phone, a cup.
#pragma once

#include "tools/vision/render/posed_head.h"

namespace vitrine::faces {

enum class Held { kNothing, kHand, kPhone, kCup };

Held sample_held(Rng& rng);
void draw_held(Held held, const PosedHead& head, const Light& light, Rng rng, Canvas& canvas);

}  // namespace vitrine::faces
