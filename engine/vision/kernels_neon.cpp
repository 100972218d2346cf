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
  static constexpr int kPixels[] = {6, 3};  // 32 registers

  static Value load(const float* from) { return vld1q_f32(from); }
  static void store(float* to, Value value) { vst1q_f32(to, value); }
  static Value broadcast(const float* from) { return vld1q_dup_f32(from); }
  static Value add(Value a, Value b) { return vaddq_f32(a, b); }
  static Value multiply(Value a, Value b) { return vmulq_f32(a, b); }
  static Value larger(Value a, Value b) { return vmaxq_f32(a, b); }
  static Value larger_magnitude(Value a, Value peak) {
    return vreinterpretq_f32_s32(
        vmaxq_s32(vreinterpretq_s32_f32(vabsq_f32(a)), vreinterpretq_s32_f32(peak)));
  }
  static Value multiply_add(Value a, Value b, Value sum) { return vfmaq_f32(sum, a, b); }

  // Even and odd products are summed apart and only in the end together.
  using Pairs = int16x8_t;
  struct Sums {
    int32x4_t low, high;
  };

  static Pairs load_pairs(const int16_t* from) { return vld1q_s16(from); }
  static Pairs load_pairs(const int8_t* from) { return vmovl_s8(vld1_s8(from)); }
  static Pairs broadcast_pair(const int16_t* from) {
    int32_t pair;
    __builtin_memcpy(&pair, from, sizeof pair);
    return vreinterpretq_s16_s32(vdupq_n_s32(pair));
  }
  static Sums no_sum() { return {vdupq_n_s32(0), vdupq_n_s32(0)}; }
  static Sums add_products(Pairs a, Pairs b, Sums sum) {
    return {vmlal_s16(sum.low, vget_low_s16(a), vget_low_s16(b)), vmlal_high_s16(sum.high, a, b)};
  }
  static Value to_value(Sums sum) { return vcvtq_f32_s32(vpaddq_s32(sum.low, sum.high)); }
  static void store_rounded(int16_t* to, Value value) {
    vst1_s16(to, vqmovn_s32(vcvtnq_s32_f32(value)));
  }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kNeonKernels = {.name = "neon",
                              .quantize = Set::quantize,
                              .convolve = Set::convolve,
                              .filter_each = Set::filter_each,
                              .multiply = Set::multiply};

}  // namespace vitrine
