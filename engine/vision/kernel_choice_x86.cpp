// SPDX-License-Identifier: MIT
// x86: asks the processor. Compiled for every x86, unlike what it chooses from.
#include "engine/vision/kernel_sets_internal.h"

namespace vitrine {

std::span<const Kernels* const> all_kernels() {
  static constexpr const Kernels* kSets[] = {&kAvx2Kernels, &kSse2Kernels, &kScalarKernels};
  const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return std::span(kSets).subspan(wide ? 0 : 1);
}

}  // namespace vitrine
