// SPDX-License-Identifier: MIT
// Every set of kernels there is. A program has those whose sources CMake compiled into it.
#pragma once

#include "engine/vision/kernels.h"

namespace vitrine {

extern const Kernels kScalarKernels;
extern const Kernels kSse2Kernels;
extern const Kernels kAvx2Kernels;
extern const Kernels kNeonKernels;
extern const Kernels kSimd128Kernels;

}  // namespace vitrine
