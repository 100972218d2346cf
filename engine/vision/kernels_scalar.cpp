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
  static Value larger_magnitude(Value a, Value peak) {
    const float magnitude = __builtin_fabsf(a);
    return magnitude <= peak ? peak : peak != peak ? peak : magnitude;
  }
  static Value multiply_add(Value a, Value b, Value sum) { return sum + a * b; }

  struct Pairs {
    int16_t first, second;
  };
  using Sums = uint32_t;  // of signed numbers; overflows, where a value was none, without harm

  static Pairs load_pairs(const int16_t* from) { return {from[0], from[1]}; }
  static Pairs load_pairs(const int8_t* from) { return {from[0], from[1]}; }
  static Pairs broadcast_pair(const int16_t* from) { return {from[0], from[1]}; }
  static Sums no_sum() { return 0; }
  static Sums add_products(Pairs a, Pairs b, Sums sum) {
    return sum + static_cast<uint32_t>(a.first * b.first) +
           static_cast<uint32_t>(a.second * b.second);
  }
  static Value to_value(Sums sum) { return static_cast<float>(static_cast<int32_t>(sum)); }
  // The lowest bits of a float of this size are whole numbers; a conversion must not be asked for
  // what no integer holds.
  static void store_rounded(int16_t* to, Value value) {
    const float shifted = value + 0x1.8p23f;
    uint32_t bits;
    __builtin_memcpy(&bits, &shifted, sizeof bits);
    *to = static_cast<int16_t>(bits);
  }
};

using Set = KernelTemplate<Vector>;

}  // namespace

const Kernels kScalarKernels = {.name = "scalar",
                                .quantize = Set::quantize,
                                .convolve = Set::convolve,
                                .filter_each = Set::filter_each,
                                .multiply = Set::multiply};

}  // namespace vitrine
