// SPDX-License-Identifier: MIT
// A network's answer is not believed before this is asked of it.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

namespace vitrine {

inline bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(),
                     [](float value) { return std::isfinite(value); });
}

// Neither further from 0 than `farthest` nor NaN.
inline bool all_within(std::span<const float> values, float farthest) {
  return std::all_of(values.begin(), values.end(),
                     [farthest](float value) { return std::fabs(value) <= farthest; });
}

}  // namespace vitrine
