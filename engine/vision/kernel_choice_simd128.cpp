// SPDX-License-Identifier: MIT
// A page's program with SIMD does not even load in a browser without it: nothing to ask here.
#include "engine/vision/kernel_sets_internal.h"

namespace vitrine {

std::span<const Kernels* const> all_kernels() {
  static constexpr const Kernels* kSets[] = {&kSimd128Kernels, &kScalarKernels};
  return kSets;
}

}  // namespace vitrine
