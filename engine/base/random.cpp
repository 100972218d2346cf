// SPDX-License-Identifier: MIT
#include "engine/base/random.h"

#include "engine/base/assert.h"

namespace vitrine {

uint64_t Random::next() {
  uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

uint32_t Random::below(uint32_t limit) {
  VITRINE_ASSERT(limit > 0);
  // Multiply-shift (Lemire 2019); its bias, below 2^-32 x limit, is of no matter for play.
  return static_cast<uint32_t>(((next() >> 32) * limit) >> 32);
}

float Random::unit() {
  return static_cast<float>(next() >> 40) * (1.0f / 16777216.0f);
}

}  // namespace vitrine
