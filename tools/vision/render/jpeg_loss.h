// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "tools/vision/render/vec.h"

namespace vitrine::faces {

// What storing as JPEG takes away (quality 1 … 100): 8 x 8 blocks in the frequency domain, rounded.
// Colours are 0…1, sRGB.
void lose_as_jpeg(std::vector<Vec3>& pixels, int width, int height, float quality);

}  // namespace vitrine::faces
