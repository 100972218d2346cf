// SPDX-License-Identifier: MIT
// A campaign's looks for eyes that need more of them: words at least 7:1 (WCAG 1.4.6) on flat
// grounds, a line around every control. Pure.
#pragma once

#include "engine/ui/theme.h"

namespace vitrine::scene {

inline constexpr double kHighContrast = 7;

ui::Theme with_high_contrast(ui::Theme theme);

}  // namespace vitrine::scene
