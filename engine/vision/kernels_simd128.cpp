// SPDX-License-Identifier: MIT
// For browsers with WebAssembly SIMD.
#include <wasm_simd128.h>

#include "engine/vision/kernel_sets_internal.h"
#include "engine/vision/kernel_template_internal.h"

namespace vitrine {

namespace {

struct Vector {
  using Value = v128_t;
  static constexpr int kLanes = 4;
  static constexpr int kPixels[] = {4, 2};  // 16 registers

  static Value load(const float* from) { return wasm_v128_load(from); }
  static void store(float* to, Value value) { wasm_v128_store(to, value); }
  static Value broadcast(const float* from) { return wasm_v128_load32_splat(from); }
  static Value add(Value a, Value b) { return wasm_f32x4_add(a, b); }
  static Value multiply(Value a, Value b) { return wasm_f32x4_mul(a, b); }
  static Value larger(Value a, Value b) { return wasm_f32x4_pmax(b, a); }
  static Value larger_magnitude(Value a, Value peak) {
    return wasm_i32x4_max(wasm_f32x4_abs(a), peak);
  }
  static Value multiply_add(Value a, Value b, Value sum) {
    return wasm_f32x4_add(wasm_f32x4_mul(a, b), sum);
  }

  using Pairs = v128_t;
  using Sums = v128_t;

  static Pairs load_pairs(const int16_t* from) { return wasm_v128_load(from); }
  static Pairs load_pairs(const int8_t* from) { return wasm_i16x8_load8x8(from); }
  static Pairs broadcast_pair(const int16_t* from) { return wasm_v128_load32_splat(from); }
  static Sums no_sum() { return wasm_i32x4_const_splat(0); }
  static Sums add_products(Pairs a, Pairs b, Sums sum) {
    return wasm_i32x4_add(wasm_i32x4_dot_i16x8(a, b), sum);
  }
  static Value to_value(Sums sum) { return wasm_f32x4_convert_i32x4(sum); }
  // The lowest bits of a float of this size are whole numbers: cheaper than a conversion, which
  // WebAssembly wants right for what no integer holds.
  static void store_rounded(int16_t* to, Value value) {
    const v128_t shift = wasm_f32x4_const_splat(0x1.8p23f);
    const v128_t whole = wasm_i32x4_sub(wasm_f32x4_add(value, shift), shift);
    wasm_v128_store64_lane(to, wasm_i16x8_narrow_i32x4(whole, whole), 0);
  }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kSimd128Kernels = {.name = "simd128",
                                 .quantize = Set::quantize,
                                 .convolve = Set::convolve,
                                 .filter_each = Set::filter_each,
                                 .multiply = Set::multiply};

}  // namespace vitrine
