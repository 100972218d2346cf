// SPDX-License-Identifier: MIT
// Chance for one picture. A generator is made from the seed, the picture's index and a stream's
// name, so what one part draws never depends on another part, on other pictures or on threads.
#pragma once

#include <cstdint>
#include <string_view>

#include "tools/vision/render/vec.h"

namespace vitrine::faces {

// A good mix of 64 bits (splitmix64's finisher).
inline uint64_t mixed(uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

class Rng {
 public:
  Rng(uint64_t seed, uint64_t index) : key_(mixed(seed * 0x100000001b3u + mixed(index))) {
    state_ = key_;
  }
  // An independent generator for one part of this picture.
  Rng stream(std::string_view name, uint64_t number = 0) const {
    uint64_t hash = 0xcbf29ce484222325u;
    for (char letter : name) hash = (hash ^ static_cast<uint8_t>(letter)) * 0x100000001b3u;
    return Rng(key_ ^ hash, number);
  }
  uint32_t bits() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(mixed(state_) >> 32);
  }
  float unit() { return static_cast<float>(bits() >> 8) * (1.f / 16777216.f); }
  float uniform(float low, float high) { return low + (high - low) * unit(); }
  bool chance(float probability) { return unit() < probability; }
  // 0 … count - 1
  int pick(int count) {
    return std::min(count - 1, static_cast<int>(unit() * static_cast<float>(count)));
  }
  // Near normal with deviation 1, never beyond 4.24: six uniforms.
  float normal() {
    float sum = -3;
    for (int i = 0; i < 6; ++i) sum += unit();
    return sum * 1.4142136f;
  }
  float log_uniform(float low, float high) {
    return std::exp(uniform(std::log(low), std::log(high)));
  }

 private:
  uint64_t key_;
  uint64_t state_;
};

}  // namespace vitrine::faces
