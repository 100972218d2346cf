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
  static constexpr int kPixels[] = {4, 2};  // 16 registers

  static Value load(const float* from) { return _mm_loadu_ps(from); }
  static void store(float* to, Value value) { _mm_storeu_ps(to, value); }
  static Value broadcast(const float* from) { return _mm_set1_ps(*from); }
  static Value add(Value a, Value b) { return _mm_add_ps(a, b); }
  static Value multiply(Value a, Value b) { return _mm_mul_ps(a, b); }
  static Value larger(Value a, Value b) { return _mm_max_ps(a, b); }
  static Value larger_magnitude(Value a, Value peak) {
    const __m128i bits = _mm_castps_si128(_mm_andnot_ps(_mm_set1_ps(-0.0f), a));
    const __m128i before = _mm_castps_si128(peak);
    const __m128i larger = _mm_cmpgt_epi32(bits, before);
    return _mm_castsi128_ps(
        _mm_or_si128(_mm_and_si128(larger, bits), _mm_andnot_si128(larger, before)));
  }
  static Value multiply_add(Value a, Value b, Value sum) {
    return _mm_add_ps(_mm_mul_ps(a, b), sum);
  }

  using Pairs = __m128i;
  using Sums = __m128i;

  static Pairs load_pairs(const int16_t* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  }
  static Pairs load_pairs(const int8_t* from) {
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
    return _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
  }
  static Pairs broadcast_pair(const int16_t* from) {
    return _mm_shuffle_epi32(_mm_loadu_si32(from), 0);
  }
  static Sums no_sum() { return _mm_setzero_si128(); }
  static Sums add_products(Pairs a, Pairs b, Sums sum) {
    return _mm_add_epi32(_mm_madd_epi16(a, b), sum);
  }
  static Value to_value(Sums sum) { return _mm_cvtepi32_ps(sum); }
  static void store_rounded(int16_t* to, Value value) {
    const __m128i whole = _mm_cvtps_epi32(value);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packs_epi32(whole, whole));
  }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kSse2Kernels = {.name = "sse2",
                              .quantize = Set::quantize,
                              .convolve = Set::convolve,
                              .filter_each = Set::filter_each,
                              .multiply = Set::multiply};

}  // namespace vitrine
