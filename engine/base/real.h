// SPDX-License-Identifier: MIT
// The few real functions that drawing needs, from additions and multiplications alone: the C
// library's differ in their last digits from system to system, and weigh two hundredths of the
// page.
#pragma once

namespace vitrine {

// Radians; off by at most 2e-7, and by what a float of that size leaves out.
float sine(float radians);
float cosine(float radians);
// Both, for the price of one.
struct Direction {
  float sine, cosine;
};
Direction direction(float radians);
// e to the power of -x, off by at most 2e-6. Expects: x >= 0.
float decay(float x);
// Radians between 0 and pi, off by at most 3e-7: of the angle at 0 whose cosine and sine are to
// each other as `along` and `across`; the sign of `across` is not asked. 0 where both are 0.
float angle_of(float along, float across);
// The fifth root, to a double's last digits. Expects: 0 < x <= 1.
double fifth_root(double x);
// value - n * period in [0, period). Expects: value >= 0, period > 0.
float wrapped(float value, float period);
// The nearest whole number; halves go up.
float rounded(float value);
inline int nearest_int(float value) {
  return static_cast<int>(rounded(value));
}

}  // namespace vitrine
