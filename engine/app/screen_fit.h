// SPDX-License-Identifier: MIT
// Which part of the screen the scenes have and how large they are in it: the whole, or with reach
// mode what is within reach. Translates between logical points and scene units. Pure.
#pragma once

#include "engine/app/app.h"
#include "engine/base/geometry.h"
#include "engine/ui/metrics.h"
#include "engine/ui/preferences.h"
#include "engine/ui/reach.h"

namespace vitrine::app {

struct ScreenFit {
  ui::Preferences preferences;  // it was made for
  Rect area;                    // that scenes have, logical points
  ui::Metrics metrics;
  bool reach_differs = false;  // whether reach mode would change anything here
  bool large_differs = false;  // whether large text would

  // Expects: the viewport has a size.
  static ScreenFit of(const Viewport& viewport, const ui::Panel& panel,
                      const ui::Preferences& preferences);

  Vec2 to_scene(Vec2 points) const { return (points - Vec2{area.x, area.y}) * (1 / metrics.scale); }
  Rect to_points(const Rect& scene) const {
    const float s = metrics.scale;
    return {area.x + scene.x * s, area.y + scene.y * s, scene.width * s, scene.height * s};
  }
  // Where the scene's corner is on the canvas, scene units.
  Vec2 origin() const { return {-metrics.screen.x, -metrics.screen.y}; }
};

}  // namespace vitrine::app
