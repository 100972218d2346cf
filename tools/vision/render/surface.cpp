// SPDX-License-Identifier: MIT
#include "tools/vision/render/surface.h"

namespace vitrine::faces {
namespace {

// Where along a line of points with the lengths `until` (running sums) the length `s` is reached.
struct Along {
  size_t piece;
  float t;
};

Along along(const std::vector<float>& until, float s) {
  size_t piece = 0;
  while (piece + 2 < until.size() && until[piece + 1] < s) ++piece;
  const float span = until[piece + 1] - until[piece];
  return {piece, span > 0 ? clamp01((s - until[piece]) / span) : 0};
}

template <class Points>
std::vector<float> running_length(const Points& points) {
  std::vector<float> until{0};
  for (size_t i = 1; i < points.size(); ++i) {
    until.push_back(until.back() + length(points[i] - points[i - 1]));
  }
  return until;
}

float cross2(Vec2 a, Vec2 b) {
  return a.x * b.y - a.y * b.x;
}

}  // namespace

Vec3 SurfacePoint::on(const std::vector<Vec3>& vertices) const {
  Vec3 sum;
  for (size_t k = 0; k < 3; ++k) sum += vertices[static_cast<size_t>(vertex[k])] * weight[k];
  return sum;
}

std::vector<SurfacePoint> resampled(const HeadData& head, const std::vector<int>& contour,
                                    int count) {
  std::vector<Vec3> points;
  for (int v : contour) points.push_back(head.position[static_cast<size_t>(v)]);
  const std::vector<float> until = running_length(points);
  std::vector<SurfacePoint> result;
  for (int i = 0; i <= count; ++i) {
    const Along place =
        along(until, until.back() * static_cast<float>(i) / static_cast<float>(count));
    result.push_back(
        SurfacePoint::on_edge(contour[place.piece], contour[place.piece + 1], place.t));
  }
  return result;
}

std::vector<Vec2> smooth_curve(const std::vector<Vec2>& control, int steps) {
  std::vector<Vec2> line;
  const int last = static_cast<int>(control.size()) - 1;
  auto point = [&](int i) { return control[static_cast<size_t>(std::clamp(i, 0, last))]; };
  for (int i = 0; i < last; ++i) {
    const Vec2 a = point(i - 1), b = point(i), c = point(i + 1), d = point(i + 2);
    for (int k = 0; k < steps; ++k) {
      const float t = static_cast<float>(k) / static_cast<float>(steps);
      line.push_back((b * 2 + (c - a) * t + (a * 2 - b * 5 + c * 4 - d) * (t * t) +
                      (b * 3 - a - c * 3 + d) * (t * t * t)) *
                     0.5f);
    }
  }
  line.push_back(control.back());
  return line;
}

std::vector<Vec2> resampled(const std::vector<Vec2>& line, int count) {
  const std::vector<float> until = running_length(line);
  std::vector<Vec2> result;
  for (int i = 0; i <= count; ++i) {
    const Along place =
        along(until, until.back() * static_cast<float>(i) / static_cast<float>(count));
    result.push_back(mix(line[place.piece], line[place.piece + 1], place.t));
  }
  return result;
}

FrontView::FrontView(const HeadData& head)
    : head_(head), triangle_(kWidth * kHeight, -1), depth_(kWidth * kHeight, -1e9f) {
  for (size_t t = 0; t < head.triangles.size(); ++t) {
    const Material material = head.triangles[t].material;
    if (material == Material::kFace || material == Material::kBackHead) draw(static_cast<int>(t));
  }
}

void FrontView::draw(int triangle) {
  const auto& corner = head_.triangles[static_cast<size_t>(triangle)].corner;
  Vec3 p[3];
  for (int k = 0; k < 3; ++k)
    p[k] = head_.position[static_cast<size_t>(corner[static_cast<size_t>(k)])];
  if (cross(p[1] - p[0], p[2] - p[0]).z <= 0) return;
  auto column = [](float x) {
    return std::clamp(static_cast<int>((x - kLeft) / kCell), 0, kWidth - 1);
  };
  auto row = [](float y) {
    return std::clamp(static_cast<int>((y - kBottom) / kCell), 0, kHeight - 1);
  };
  const float middle = (p[0].z + p[1].z + p[2].z) / 3;
  const int right = column(std::max({p[0].x, p[1].x, p[2].x}));
  const int top = row(std::max({p[0].y, p[1].y, p[2].y}));
  for (int y = row(std::min({p[0].y, p[1].y, p[2].y})); y <= top; ++y) {
    for (int x = column(std::min({p[0].x, p[1].x, p[2].x})); x <= right; ++x) {
      const Vec2 centre{kLeft + (static_cast<float>(x) + 0.5f) * kCell,
                        kBottom + (static_cast<float>(y) + 0.5f) * kCell};
      float outside = 0;
      inside(triangle, centre, outside);
      const size_t cell = static_cast<size_t>(y * kWidth + x);
      if (outside > 0.02f || middle <= depth_[cell]) continue;
      depth_[cell] = middle;
      triangle_[cell] = triangle;
    }
  }
}

// Weights of `place` in a triangle, brought inside; `outside` says by how much it was not.
SurfacePoint FrontView::inside(int triangle, Vec2 place, float& outside) const {
  const auto& corner = head_.triangles[static_cast<size_t>(triangle)].corner;
  Vec2 p[3];
  for (int k = 0; k < 3; ++k) {
    const Vec3 v = head_.position[static_cast<size_t>(corner[static_cast<size_t>(k)])];
    p[k] = {v.x, v.y};
  }
  const float area = cross2(p[1] - p[0], p[2] - p[0]);
  SurfacePoint point{corner, {0, 0, 0}};
  if (std::abs(area) < 1e-9f) return outside = 1e9f, SurfacePoint::at_vertex(corner[0]);
  point.weight[1] = cross2(place - p[0], p[2] - p[0]) / area;
  point.weight[2] = cross2(p[1] - p[0], place - p[0]) / area;
  point.weight[0] = 1 - point.weight[1] - point.weight[2];
  float sum = 0;
  outside = -std::min({point.weight[0], point.weight[1], point.weight[2]});
  for (float& w : point.weight) sum += (w = std::max(w, 0.f));
  for (float& w : point.weight) w /= sum;
  return point;
}

SurfacePoint FrontView::locate(Vec2 place) const {
  const int x = std::clamp(static_cast<int>((place.x - kLeft) / kCell), 0, kWidth - 1);
  const int y = std::clamp(static_cast<int>((place.y - kBottom) / kCell), 0, kHeight - 1);
  SurfacePoint best;
  float least = 1e9f;
  for (int reach = 0; reach < 60 && least > 0.05f; ++reach) {
    for (int j = -reach; j <= reach; ++j) {
      for (int i = -reach; i <= reach; ++i) {
        const int cx = x + i, cy = y + j;
        if (std::max(std::abs(i), std::abs(j)) != reach || cx < 0 || cy < 0 || cx >= kWidth ||
            cy >= kHeight)
          continue;
        const int triangle = triangle_[static_cast<size_t>(cy * kWidth + cx)];
        if (triangle < 0) continue;
        float outside = 0;
        const SurfacePoint point = inside(triangle, place, outside);
        if (outside < least) least = outside, best = point;
      }
    }
    if (reach > 2 && least < 1e8f) break;
  }
  return best;
}

}  // namespace vitrine::faces
