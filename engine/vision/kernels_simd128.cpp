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
  static constexpr int kPixels[] = {4};

  static Value load(const float* from) { return wasm_v128_load(from); }
  static void store(float* to, Value value) { wasm_v128_store(to, value); }
  static Value broadcast(const float* from) { return wasm_v128_load32_splat(from); }
  static Value add(Value a, Value b) { return wasm_f32x4_add(a, b); }
  static Value multiply(Value a, Value b) { return wasm_f32x4_mul(a, b); }
  static Value larger(Value a, Value b) { return wasm_f32x4_pmax(a, b); }
  static Value multiply_add(Value a, Value b, Value sum) {
    return wasm_f32x4_add(wasm_f32x4_mul(a, b), sum);
  }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kSimd128Kernels = {.name = "simd128",
                                 .convolve = Set::convolve,
                                 .filter_each = Set::filter_each,
                                 .multiply = Set::multiply};

}  // namespace vitrine
