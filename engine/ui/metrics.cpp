// SPDX-License-Identifier: MIT
#include "engine/ui/metrics.h"

namespace vitrine::ui {
namespace {

constexpr float kPhoneShortSide = 390;
constexpr float kPanelShortSide = 1080;
constexpr float kPhoneBelow = 600;
// Long side for each of the short side that scenes are laid out for at least.
constexpr float kLeastPhone = 1.7f, kLeastPanel = 1.3f;
constexpr float kLeastShortSide = 280;  // points; below it fingers' targets shrink with the screen
constexpr float kLeastLength = 1440;    // of a screen that lies, scene units
constexpr float kLeastHeight = 1250;    // of a panel that stands

Form form_for(Size points) {
  if (points.width > points.height) return Form::Landscape;
  return points.width < kPhoneBelow ? Form::Phone : Form::Portrait;
}

float zoom_for(const Rect& area, Form form, TextSize text) {
  if (text == TextSize::Normal) return 1;
  if (form == Form::Phone || area.width <= 0 || area.height <= 0) return kLargeText;
  const float most = form == Form::Landscape
                         ? kPanelShortSide * area.width / area.height / kLeastLength
                         : kPanelShortSide * area.height / area.width / kLeastHeight;
  return most < 1 ? 1 : most < kLargeText ? most : kLargeText;
}

// Of a screen's inset only what reaches into the area.
float inset_of(float inset, float apart) {
  return inset > apart ? inset - apart : 0;
}

}  // namespace

Metrics metrics_for(Size points, const Insets& insets, TextSize text) {
  return metrics_for(points, {0, 0, points.width, points.height}, insets, text);
}

Metrics metrics_for(Size points, const Rect& area, const Insets& insets, TextSize text) {
  Metrics m;
  m.form = form_for({area.width, area.height});
  const float short_side = area.width < area.height ? area.width : area.height;
  const float zoom = zoom_for(area, m.form, text);
  const float reference = (m.phone() ? kPhoneShortSide : kPanelShortSide) / zoom;
  m.scale = short_side > 0 ? short_side / reference : 1;
  // A screen that is nearly square is laid out as one long enough for what stands on it, smaller.
  const float long_side = area.width < area.height ? area.height : area.width;
  const float least_side = (m.phone() ? kLeastPhone : kLeastPanel) * short_side;
  if (long_side < least_side) m.scale *= long_side / least_side;
  m.size = {area.width / m.scale, area.height / m.scale};
  m.screen = {-area.x / m.scale, -area.y / m.scale, points.width / m.scale,
              points.height / m.scale};
  m.insets = {inset_of(insets.top, area.y) / m.scale,
              inset_of(insets.right, points.width - area.right()) / m.scale,
              inset_of(insets.bottom, points.height - area.bottom()) / m.scale,
              inset_of(insets.left, area.x) / m.scale};
  // Edges and fingers do not grow with the words.
  m.margin = (m.phone() ? 20.0f : 54.0f) / zoom;
  m.grid = m.phone() ? 4.0f : 8.0f;
  const float designed = (m.phone() ? 44.0f : 88.0f) / zoom;
  // On a small screen the design shrinks but fingers do not.
  const float finger = short_side < kLeastShortSide ? 44 * short_side / kLeastShortSide : 44;
  const float needed = finger / m.scale;
  m.target = designed > needed ? designed : needed;
  return m;
}

}  // namespace vitrine::ui
