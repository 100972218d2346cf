// SPDX-License-Identifier: MIT
// "Cryptographic" bytes that a seed repeats.
#pragma once

#include "engine/base/random.h"
#include "engine/platform/platform.h"

namespace vitrine::fakes {

class FakeRandom : public RandomBytes {
 public:
  explicit FakeRandom(uint64_t seed = 1) : random_(seed) {}
  void fill(std::span<uint8_t> out) override {
    for (uint8_t& byte : out) byte = static_cast<uint8_t>(random_.next() >> 32);
  }

 private:
  Random random_;
};

}  // namespace vitrine::fakes
