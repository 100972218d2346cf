// SPDX-License-Identifier: MIT
#include "tools/vision/render/noise.h"

#include <cmath>

#include "tools/vision/render/vec.h"

namespace vitrine::faces {
namespace {

uint32_t scrambled(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

float faded(float t) {
  return t * t * (3 - 2 * t);
}

}  // namespace

float cell_noise(int x, int y, uint32_t seed) {
  const uint32_t key =
      static_cast<uint32_t>(x) * 374761393u + static_cast<uint32_t>(y) * 668265263u;
  return static_cast<float>(scrambled(key + seed) >> 8) * (1.f / 16777216.f);
}

float noise(float x, float y, uint32_t seed) {
  const float floor_x = std::floor(x), floor_y = std::floor(y);
  const int ix = static_cast<int>(floor_x), iy = static_cast<int>(floor_y);
  const float fx = faded(x - floor_x), fy = faded(y - floor_y);
  const float top = mix(cell_noise(ix, iy, seed), cell_noise(ix + 1, iy, seed), fx);
  const float bottom = mix(cell_noise(ix, iy + 1, seed), cell_noise(ix + 1, iy + 1, seed), fx);
  return mix(top, bottom, fy);
}

float fractal(float x, float y, uint32_t seed, int octaves, float gain) {
  float strength = 1, total = 0, weight = 0;
  for (int i = 0; i < octaves; ++i) {
    total += strength * noise(x, y, seed + static_cast<uint32_t>(i) * 77u);
    weight += strength;
    strength *= gain;
    x *= 2;
    y *= 2;
  }
  return total / weight;
}

}  // namespace vitrine::faces
