// SPDX-License-Identifier: MIT
// The arithmetic of the networks, once for each instruction set, in tables. Which tables a program
// has is CMake's choice; which of them the processor can run is asked once at the start.
// docs/vision/inference.md says how a set is added.
#pragma once

#include <span>

namespace vitrine {

struct Quantize;
struct Convolution;
struct Depthwise;
struct Dense;

// All functions expect what network_steps_internal.h says, allocate nothing and may be called from
// any thread, as long as no two write the same output.
struct Kernels {
  const char* name;  // "scalar", "sse2", "avx2", "neon", "simd128"
  void (*quantize)(const Quantize& step);
  void (*convolve)(const Convolution& step);
  void (*filter_each)(const Depthwise& step);
  void (*multiply)(const Dense& step);
};

// Those that this program has and this processor can run, the fastest first; the last is "scalar".
std::span<const Kernels* const> all_kernels();

inline const Kernels& best_kernels() {
  return *all_kernels().front();
}

}  // namespace vitrine
