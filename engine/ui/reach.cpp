// SPDX-License-Identifier: MIT
#include "engine/ui/reach.h"

#include <algorithm>

namespace vitrine::ui {
namespace {

// A panel that hangs so high that less than this part of it is within reach: its lowest part is the
// nearest there is.
constexpr float kLeastShare = 0.25f;
// The shapes that scenes are designed for, width by height.
constexpr float kWidest = 2.16f;
constexpr float kLeastLandscape = 4.0f / 3;
constexpr float kMostPortrait = 3.0f / 4;

struct Span {
  float top, bottom;  // points from the screen's upper edge
};

Span reachable(float height_points, float height_mm, float bottom_edge_mm) {
  const float points = height_points / height_mm;
  const float top_edge_mm = bottom_edge_mm + height_mm;
  const float top = (top_edge_mm - kReachTargetMm) * points;
  const float bottom = height_points - (kLowestReachMm - bottom_edge_mm) * points;
  Span span{std::max(top, 0.0f), std::min(bottom, height_points)};
  const float least = height_points * kLeastShare;
  if (span.bottom - span.top >= least) return span;
  // Hung too high, or standing so low that its upper part is the nearest.
  return top > 0 ? Span{height_points - least, height_points} : Span{0, least};
}

}  // namespace

Rect reach_area(Size points, const Panel& panel) {
  const Rect whole{0, 0, points.width, points.height};
  if (!panel.known()) return whole;
  const bool turned = panel.rotation == 90 || panel.rotation == 270;
  const Span span =
      reachable(points.height, turned ? panel.width_mm : panel.height_mm, panel.bottom_edge_mm);
  const float height = span.bottom - span.top;
  if (height >= points.height) return whole;
  // Lying or standing, whichever comes out larger; its short side says how large.
  const Size lying{std::min(points.width, height * kWidest),
                   std::min(height, points.width / kLeastLandscape)};
  const Size standing{std::min(points.width, height * kMostPortrait), height};
  const Size size = standing.width > lying.height ? standing : lying;
  return {(points.width - size.width) / 2, span.bottom - size.height, size.width, size.height};
}

}  // namespace vitrine::ui
