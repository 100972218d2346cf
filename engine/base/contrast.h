// SPDX-License-Identifier: MIT
// How well two colours can be told apart, by WCAG 2
// (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
#pragma once

#include "engine/base/geometry.h"

namespace vitrine {

// What people need: of words to what lies under them, and of a control's shape to what is around
// it.
inline constexpr double kLeastTextContrast = 4.5;
inline constexpr double kLeastControlContrast = 3;

// Relative luminance of an sRGB colour, 0 black to 1 white; its alpha is not asked.
double relative_luminance(Color color);

// 1 (the same) to 21 (black and white).
double contrast_ratio(double luminance_a, double luminance_b);
double contrast_ratio(Color a, Color b);

}  // namespace vitrine
