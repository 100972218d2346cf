// SPDX-License-Identifier: MIT
// The space a scene lays itself out in. Scenes work in scene units: the short side of a screen is
// always 1080 (kiosk, landscape) or 390 (phone), whatever the panel, and 831 or 300 with large
// text; App scales the canvas, pointer positions and semantic bounds, so nothing is ever drawn
// blurred.
#pragma once

#include <cstdint>

#include "engine/base/geometry.h"

namespace vitrine::ui {

enum class Form : uint8_t { Portrait, Landscape, Phone };

// Large: the same design on fewer scene units, so that everything in it is 1.3 times as large. A
// screen that lies keeps 1440 units of its length, without which words stand no longer beside
// pictures: 16:10 grows by 1.2, 4:3 not at all. A panel that stands keeps 1250 of its height, in
// which pictures still stand above words: 3:4 grows by 1.15.
enum class TextSize : uint8_t { Normal, Large };
inline constexpr float kLargeText = 1.3f;

struct Insets {
  float top = 0, right = 0, bottom = 0, left = 0;
};

struct Metrics {
  Form form = Form::Portrait;
  Size size{1080, 1920};  // scene units
  // The whole screen, seen from the scene's corner: larger than `size` where scenes keep to the
  // part of it that is within reach.
  Rect screen{0, 0, 1080, 1920};
  float scale = 1;  // logical points a scene unit
  Insets insets;    // scene units
  float margin = 54;
  float grid = 8;
  float target = 88;  // least side of what can be touched, scene units

  bool phone() const { return form == Form::Phone; }
  bool landscape() const { return form == Form::Landscape; }
  // Everything but the insets.
  Rect safe() const {
    return {insets.left, insets.top, size.width - insets.left - insets.right,
            size.height - insets.top - insets.bottom};
  }
};

// The metrics for a screen of `points` with `insets`, both in logical points. A screen wider than
// high is Landscape; else one whose short side is under 600 is a Phone.
Metrics metrics_for(Size points, const Insets& insets, TextSize text = TextSize::Normal);
// The same for the part `area` of a screen of `points`, both in logical points.
Metrics metrics_for(Size points, const Rect& area, const Insets& insets, TextSize text);

}  // namespace vitrine::ui
