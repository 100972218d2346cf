// SPDX-License-Identifier: MIT
// A band that follows a line through the room and always faces the camera: a lock of hair, a temple
// of glasses, a finger.
#pragma once

#include <vector>

#include "tools/vision/render/camera_view.h"
#include "tools/vision/render/canvas.h"

namespace vitrine::faces {

struct RibbonPoint {
  Vec3 world;
  float half_width;  // centimetres
};

// Calls paint(x, y, near, across, piece, along) for pixels of the band that are in front: across is
// -1 … 1 from edge to edge, `piece` the stretch between two points, `along` 0 … 1 in it.
template <class Paint>
void draw_ribbon(const Canvas& canvas, const View& view, const std::vector<RibbonPoint>& points,
                 Paint paint) {
  struct Edge {
    Corner left, right;
  };
  std::vector<Edge> edges;
  for (size_t i = 0; i < points.size(); ++i) {
    const Corner c = view.project(points[i].world);
    const Corner before = view.project(points[i > 0 ? i - 1 : 0].world);
    const Corner after = view.project(points[std::min(i + 1, points.size() - 1)].world);
    Vec2 way{after.x - before.x, after.y - before.y};
    way = way * (1 / (length(way) + 1e-6f));
    const float half = std::max(0.6f, points[i].half_width * view.focal * c.near);
    edges.push_back({{c.x - way.y * half, c.y + way.x * half, c.near},
                     {c.x + way.y * half, c.y - way.x * half, c.near}});
  }
  for (size_t i = 0; i + 1 < edges.size(); ++i) {
    const Edge &a = edges[i], &b = edges[i + 1];
    fill_triangle(canvas, a.left, a.right, b.right, true,
                  [&](int x, int y, float near, float w0, float w1, float w2) {
                    paint(x, y, near, w1 + w2 - w0, i, w2);
                  });
    fill_triangle(canvas, a.left, b.right, b.left, true,
                  [&](int x, int y, float near, float w0, float w1, float w2) {
                    paint(x, y, near, w1 - w0 - w2, i, w1 + w2);
                  });
  }
}

}  // namespace vitrine::faces
