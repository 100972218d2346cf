// SPDX-License-Identifier: MIT
// What lies on the head: the body of the hair, head coverings, a mask. They are the scalp itself,
// swollen and painted; locks that hang free are in locks.h.
#pragma once

#include "tools/vision/render/canvas.h"
#include "tools/vision/render/head_model.h"
#include "tools/vision/render/person.h"
#include "tools/vision/render/skin_paint.h"

namespace vitrine::faces {

// How surely hair grows at a place of the mean head, 0…1.
float hair_amount(const HairLook& hair, Vec3 base);

// Moves the vertices that hair, cloth or a mask cover outwards.
void swell_for_cover(const HeadModel& model, const Person& person, std::vector<Vec3>& shape);

// Paints cover and cloth over the skin's paint; says what the place shows now.
Label paint_cover(const Person& person, Vec3 base, SkinPaint& paint);

// The pattern of a cloth at a place, centimetres.
Color cloth_color(const HairLook& look, float u, float v, uint32_t seed);

}  // namespace vitrine::faces
