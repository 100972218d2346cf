// SPDX-License-Identifier: MIT
// What is held before a face: a hand, a phone, a cup.
#pragma once

#include "tools/vision/render/posed_head.h"

namespace vitrine::faces {

enum class Held { kNothing, kHand, kPhone, kCup };

Held sample_held(Rng& rng);
// `offset`: how far from where chance put it, centimetres in head space.
void draw_held(Held held, const PosedHead& head, const Light& light, Rng rng, Canvas& canvas,
               Vec3 offset = {});

}  // namespace vitrine::faces
