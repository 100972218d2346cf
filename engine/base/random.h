// SPDX-License-Identifier: MIT
// Seeded and repeatable: the same seed gives the same run on every platform. Never for secrets or
// identifiers; those come from Platform::random.
#pragma once

#include <cstdint>

namespace vitrine {

// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next();
  // 0 <= value < limit. Expects: limit > 0.
  uint32_t below(uint32_t limit);
  // 0 <= value < 1.
  float unit();

 private:
  uint64_t state_;
};

}  // namespace vitrine
