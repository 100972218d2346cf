// SPDX-License-Identifier: MIT
#include "engine/base/contrast.h"

#include "engine/base/real.h"

namespace vitrine {

double relative_luminance(Color color) {
  const auto linear = [](float c) {
    if (c <= 0.04045f) return c / 12.92;
    const double root = fifth_root((c + 0.055) / 1.055), fourth = root * root * root * root;
    return fourth * fourth * fourth;  // to the power of 2.4
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
