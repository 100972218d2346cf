// SPDX-License-Identifier: MIT
// For x86 without AVX2; every x86-64 has SSE2, and what came before AVX adds nothing of use here.
#include <emmintrin.h>

#include "engine/vision/kernel_sets_internal.h"
#include "engine/vision/kernel_template_internal.h"

namespace vitrine {

namespace {

struct Vector {
  using Value = __m128;
  static constexpr int kLanes = 4;
  static constexpr int kPixels[] = {4};

  static Value load(const float* from) { return _mm_loadu_ps(from); }
  static void store(float* to, Value value) { _mm_storeu_ps(to, value); }
  static Value broadcast(const float* from) { return _mm_set1_ps(*from); }
  static Value add(Value a, Value b) { return _mm_add_ps(a, b); }
  static Value multiply(Value a, Value b) { return _mm_mul_ps(a, b); }
  static Value larger(Value a, Value b) { return _mm_max_ps(a, b); }
  static Value multiply_add(Value a, Value b, Value sum) {
    return _mm_add_ps(_mm_mul_ps(a, b), sum);
  }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kSse2Kernels = {.name = "sse2",
                              .convolve = Set::convolve,
                              .filter_each = Set::filter_each,
                              .multiply = Set::multiply};

}  // namespace vitrine
