// SPDX-License-Identifier: MIT
// Places on the head's surface that move with it, and how to find them from the front view.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "tools/vision/render/head_data.h"

namespace vitrine::faces {

// A place between three vertices.
struct SurfacePoint {
  std::array<int, 3> vertex{0, 0, 0};
  std::array<float, 3> weight{1, 0, 0};

  static SurfacePoint at_vertex(int v) { return {{v, v, v}, {1, 0, 0}}; }
  static SurfacePoint on_edge(int a, int b, float t) { return {{a, b, b}, {1 - t, t, 0}}; }
  Vec3 on(const std::vector<Vec3>& vertices) const;
};

// `count` + 1 places at equal steps of the way along `contour` (vertices), both ends among them.
std::vector<SurfacePoint> resampled(const HeadData& head, const std::vector<int>& contour,
                                    int count);

// A smooth curve through `control` points (Catmull-Rom), `steps` pieces between two of them.
std::vector<Vec2> smooth_curve(const std::vector<Vec2>& control, int steps);
// `count` + 1 places at equal steps of the way along a line.
std::vector<Vec2> resampled(const std::vector<Vec2>& line, int count);

// The mean head seen straight from the front: which triangle of the skin is at x, y (centimetres).
class FrontView {
 public:
  explicit FrontView(const HeadData& head);
  // The nearest place of the skin when nothing is exactly there.
  SurfacePoint locate(Vec2 place) const;

 private:
  static constexpr float kLeft = -9.5f, kBottom = -9, kCell = 0.05f;
  static constexpr int kWidth = 380, kHeight = 440;
  void draw(int triangle);
  SurfacePoint inside(int triangle, Vec2 place, float& outside) const;

  const HeadData& head_;
  std::vector<int> triangle_;
  std::vector<float> depth_;
};

}  // namespace vitrine::faces
