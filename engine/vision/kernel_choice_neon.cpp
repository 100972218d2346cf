// SPDX-License-Identifier: MIT
// 64-bit ARM: NEON is part of it.
#include "engine/vision/kernel_sets_internal.h"

namespace vitrine {

std::span<const Kernels* const> all_kernels() {
  static constexpr const Kernels* kSets[] = {&kNeonKernels, &kScalarKernels};
  return kSets;
}

}  // namespace vitrine
