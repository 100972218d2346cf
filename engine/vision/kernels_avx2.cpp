// SPDX-License-Identifier: MIT
// For x86 with AVX2 and FMA.
#include <immintrin.h>

#include "engine/vision/kernel_sets_internal.h"
#include "engine/vision/kernel_template_internal.h"

namespace vitrine {

namespace {

struct Vector {
  using Value = __m256;
  static constexpr int kLanes = 8;
  static constexpr int kPixels[] = {8, 6, 4};  // 16 registers

  static Value load(const float* from) { return _mm256_loadu_ps(from); }
  static void store(float* to, Value value) { _mm256_storeu_ps(to, value); }
  static Value broadcast(const float* from) { return _mm256_broadcast_ss(from); }
  static Value add(Value a, Value b) { return _mm256_add_ps(a, b); }
  static Value multiply(Value a, Value b) { return _mm256_mul_ps(a, b); }
  static Value larger(Value a, Value b) { return _mm256_max_ps(a, b); }
  static Value multiply_add(Value a, Value b, Value sum) { return _mm256_fmadd_ps(a, b, sum); }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kAvx2Kernels = {.name = "avx2",
                              .convolve = Set::convolve,
                              .filter_each = Set::filter_each,
                              .multiply = Set::multiply};

}  // namespace vitrine
