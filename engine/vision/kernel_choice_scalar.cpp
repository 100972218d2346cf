// SPDX-License-Identifier: MIT
// For processors and browsers that no other set was written for.
#include "engine/vision/kernel_sets_internal.h"

namespace vitrine {

std::span<const Kernels* const> all_kernels() {
  static constexpr const Kernels* kSets[] = {&kScalarKernels};
  return kSets;
}

}  // namespace vitrine
