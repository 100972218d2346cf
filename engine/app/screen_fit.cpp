// SPDX-License-Identifier: MIT
#include "engine/app/screen_fit.h"

namespace vitrine::app {

using ui::Preference;

ScreenFit ScreenFit::of(const Viewport& viewport, const ui::Panel& panel,
                        const ui::Preferences& preferences) {
  const Rect whole{0, 0, viewport.size.width, viewport.size.height};
  const Rect reach = ui::reach_area(viewport.size, panel);
  ScreenFit fit;
  fit.preferences = preferences;
  fit.area = preferences.has(Preference::Reach) ? reach : whole;
  fit.reach_differs = !(reach == whole);
  fit.metrics = ui::metrics_for(
      viewport.size, fit.area,
      {viewport.inset_top, viewport.inset_right, viewport.inset_bottom, viewport.inset_left},
      preferences.has(Preference::LargeText) ? ui::TextSize::Large : ui::TextSize::Normal);
  return fit;
}

}  // namespace vitrine::app
