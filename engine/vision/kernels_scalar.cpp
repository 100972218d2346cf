// SPDX-License-Identifier: MIT
// For every processor: plain C++.
#include "engine/vision/kernel_sets_internal.h"
#include "engine/vision/kernel_template_internal.h"

namespace vitrine {

namespace {

struct Vector {
  using Value = float;
  static constexpr int kLanes = 1;
  static constexpr int kPixels[] = {2};

  static Value load(const float* from) { return *from; }
  static void store(float* to, Value value) { *to = value; }
  static Value broadcast(const float* from) { return *from; }
  static Value add(Value a, Value b) { return a + b; }
  static Value multiply(Value a, Value b) { return a * b; }
  static Value larger(Value a, Value b) { return a > b ? a : b; }
  static Value multiply_add(Value a, Value b, Value sum) { return sum + a * b; }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kScalarKernels = {.name = "scalar",
                                .convolve = Set::convolve,
                                .filter_each = Set::filter_each,
                                .multiply = Set::multiply};

}  // namespace vitrine
