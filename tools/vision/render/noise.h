// SPDX-License-Identifier: MIT
// Value noise: smooth, seeded, 0…1.
#pragma once

#include <cstdint>

namespace vitrine::faces {

// 0…1 for a cell of a grid, no smoothness.
float cell_noise(int x, int y, uint32_t seed);
// One octave; features are about one unit wide.
float noise(float x, float y, uint32_t seed);
// `octaves` of it, each twice as fine and `gain` times as strong.
float fractal(float x, float y, uint32_t seed, int octaves, float gain);

}  // namespace vitrine::faces
