// SPDX-License-Identifier: MIT
// Keeps flashes below what may harm people with photosensitive epilepsy: WCAG 2.2, success criteria
// 2.3.1 and 2.3.2 (at most three flashes in any second; ours holds whatever their size). Everything
// that brightens and darkens the screen at once asks it first. Pure; one a screen.
#pragma once

#include <array>
#include <cstddef>

namespace vitrine::ui {

class FlashLimiter {
 public:
  static constexpr size_t kMostASecond = 3;
  // Share of the screen times change of relative luminance (0..1) of all flashes in a second. A
  // full white flash of 20 % takes 0.2 of it.
  static constexpr float kMostLight = 0.6f;

  // None at all from now on.
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }
  void update(float dt);

  // Whether a flash over `area` (share of the screen, 0..1) that changes the luminance by `change`
  // (0..1) may begin now; if so it is counted. A refused flash is left out, not put off: late it
  // would belong to nothing.
  bool allow(float area, float change);

 private:
  struct Flash {
    float age = 1;  // seconds; from 1 on it counts no more
    float light = 0;
  };
  bool reduced_motion_ = false;
  std::array<Flash, kMostASecond> flashes_{};
};

}  // namespace vitrine::ui
