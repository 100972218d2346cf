// SPDX-License-Identifier: MIT
// Bytes that nobody can guess, and what is drawn from them.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "engine/base/id128.h"

namespace vitrine {

class RandomBytes {
 public:
  virtual ~RandomBytes() = default;
  // Fills `out` from the system's cryptographic source; never fails (aborts if there is none).
  virtual void fill(std::span<uint8_t> out) = 0;
};

// Never none.
inline Id128 random_id(RandomBytes& source) {
  Id128 id;
  while (id.is_none()) source.fill(id.bytes);
  return id;
}

// `given`, or one that is drawn where it is 0.
inline uint64_t seed_from(RandomBytes& source, uint64_t given) {
  if (given != 0) return given;
  std::array<uint8_t, 8> bytes{};
  source.fill(bytes);
  uint64_t seed = 0;
  for (const uint8_t byte : bytes) seed = seed << 8 | byte;
  return seed;
}

}  // namespace vitrine
