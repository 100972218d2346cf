// SPDX-License-Identifier: MIT
// The moving cloth behind a product.
#pragma once

#include "engine/ui/theme.h"

namespace vitrine::scenes {

// The cloth with a breath of `shade` in it; its lit folds stay nearly white.
inline ui::SilkRamp tinted(ui::SilkRamp ramp, const Color& shade) {
  constexpr float kTint[] = {0.06f, 0.06f, 0.025f, 0.01f};
  for (size_t i = 0; i < ramp.size(); ++i) ramp[i] = lerp(ramp[i], shade, kTint[i]).with_alpha(1);
  return ramp;
}

}  // namespace vitrine::scenes
