// SPDX-License-Identifier: MIT
#include "engine/ui/metrics.h"

namespace vitrine::ui {
namespace {

constexpr float kPhoneShortSide = 390;
constexpr float kPanelShortSide = 1080;
constexpr float kPhoneBelow = 600;

Form form_for(Size points) {
  if (points.width > points.height) return Form::Landscape;
  return points.width < kPhoneBelow ? Form::Phone : Form::Portrait;
}

}  // namespace

Metrics metrics_for(Size points, const Insets& insets) {
  Metrics m;
  m.form = form_for(points);
  const float short_side = points.width < points.height ? points.width : points.height;
  const float reference = m.phone() ? kPhoneShortSide : kPanelShortSide;
  m.scale = short_side > 0 ? short_side / reference : 1;
  m.size = {points.width / m.scale, points.height / m.scale};
  m.insets = {insets.top / m.scale, insets.right / m.scale, insets.bottom / m.scale,
              insets.left / m.scale};
  m.margin = m.phone() ? 20.0f : 54.0f;
  m.grid = m.phone() ? 4.0f : 8.0f;
  const float designed = m.phone() ? 44.0f : 88.0f;
  // On a small screen the design shrinks but fingers do not.
  const float needed = 44 / m.scale;
  m.target = designed > needed ? designed : needed;
  return m;
}

}  // namespace vitrine::ui
