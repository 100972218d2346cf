// SPDX-License-Identifier: MIT
// The few real functions that drawing needs, from additions and multiplications alone: the C
// library's differ in their last digits from system to system, and weigh two hundredths of the page.
#pragma once

namespace vitrine {

// Radians; off by at most 2e-7, and by what a float of that size leaves out.
float sine(float radians);
float cosine(float radians);
// e to the power of -x, off by at most 2e-6. Expects: x >= 0.
float decay(float x);
// value - n * period in [0, period). Expects: value >= 0, period > 0.
float wrapped(float value, float period);
// The nearest whole number; halves go up.
float rounded(float value);
inline int nearest_int(float value) { return static_cast<int>(rounded(value)); }

}  // namespace vitrine
