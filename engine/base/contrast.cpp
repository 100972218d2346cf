// SPDX-License-Identifier: MIT
#include "engine/base/contrast.h"

#include <cmath>

namespace vitrine {

double relative_luminance(Color color) {
  const auto linear = [](float c) {
    return c <= 0.04045f ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

double contrast_ratio(double luminance_a, double luminance_b) {
  const double a = luminance_a + 0.05, b = luminance_b + 0.05;
  return a > b ? a / b : b / a;
}

double contrast_ratio(Color a, Color b) {
  return contrast_ratio(relative_luminance(a), relative_luminance(b));
}

}  // namespace vitrine
