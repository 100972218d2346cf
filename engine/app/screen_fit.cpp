// SPDX-License-Identifier: MIT
#include "engine/app/screen_fit.h"

namespace vitrine::app {

using ui::Preference;

namespace {

constexpr float kLeastGrowth = 1.05f;  // less is not seen

}  // namespace

ScreenFit ScreenFit::of(const Viewport& viewport, const ui::Panel& panel,
                        const ui::Preferences& preferences) {
  const Rect whole{0, 0, viewport.size.width, viewport.size.height};
  const Rect reach = ui::reach_area(viewport.size, panel);
  ScreenFit fit;
  fit.preferences = preferences;
  fit.area = preferences.has(Preference::Reach) ? reach : whole;
  fit.reach_differs = !(reach == whole);
  const auto metrics = [&](ui::TextSize text) {
    return ui::metrics_for(
        viewport.size, fit.area,
        {viewport.inset_top, viewport.inset_right, viewport.inset_bottom, viewport.inset_left},
        text);
  };
  const ui::Metrics normal = metrics(ui::TextSize::Normal);
  const ui::Metrics large = metrics(ui::TextSize::Large);
  fit.large_differs = large.scale > normal.scale * kLeastGrowth;
  fit.metrics = preferences.has(Preference::LargeText) ? large : normal;
  return fit;
}

}  // namespace vitrine::app
