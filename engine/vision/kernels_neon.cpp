// SPDX-License-Identifier: MIT
// For 64-bit ARM, which always has it.
#include <arm_neon.h>

#include "engine/vision/kernel_sets_internal.h"
#include "engine/vision/kernel_template_internal.h"

namespace vitrine {

namespace {

struct Vector {
  using Value = float32x4_t;
  static constexpr int kLanes = 4;
  static constexpr int kPixels[] = {8, 6};  // 32 registers

  static Value load(const float* from) { return vld1q_f32(from); }
  static void store(float* to, Value value) { vst1q_f32(to, value); }
  static Value broadcast(const float* from) { return vld1q_dup_f32(from); }
  static Value add(Value a, Value b) { return vaddq_f32(a, b); }
  static Value multiply(Value a, Value b) { return vmulq_f32(a, b); }
  static Value larger(Value a, Value b) { return vmaxq_f32(a, b); }
  static Value multiply_add(Value a, Value b, Value sum) { return vfmaq_f32(sum, a, b); }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kNeonKernels = {.name = "neon",
                              .convolve = Set::convolve,
                              .filter_each = Set::filter_each,
                              .multiply = Set::multiply};

}  // namespace vitrine
