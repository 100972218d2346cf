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
  static Value larger_magnitude(Value a, Value peak) {
    const __m256i bits = _mm256_castps_si256(_mm256_andnot_ps(_mm256_set1_ps(-0.0f), a));
    return _mm256_castsi256_ps(_mm256_max_epi32(bits, _mm256_castps_si256(peak)));
  }
  static Value multiply_add(Value a, Value b, Value sum) { return _mm256_fmadd_ps(a, b, sum); }

  using Pairs = __m256i;
  using Sums = __m256i;

  static Pairs load_pairs(const int16_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  }
  static Pairs load_pairs(const int8_t* from) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
  }
  static Pairs broadcast_pair(const int16_t* from) {
    int32_t pair;
    __builtin_memcpy(&pair, from, sizeof pair);
    return _mm256_set1_epi32(pair);
  }
  static Sums no_sum() { return _mm256_setzero_si256(); }
  static Sums add_products(Pairs a, Pairs b, Sums sum) {
    return _mm256_add_epi32(_mm256_madd_epi16(a, b), sum);
  }
  static Value to_value(Sums sum) { return _mm256_cvtepi32_ps(sum); }
  static void store_rounded(int16_t* to, Value value) {
    const __m256i whole = _mm256_cvtps_epi32(value);
    _mm_storeu_si128(
        reinterpret_cast<__m128i*>(to),
        _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1)));
  }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kAvx2Kernels = {.name = "avx2",
                              .quantize = Set::quantize,
                              .convolve = Set::convolve,
                              .filter_each = Set::filter_each,
                              .multiply = Set::multiply};

}  // namespace vitrine
