// SPDX-License-Identifier: MIT
#include "tools/vision/render/depth_map.h"

namespace vitrine::faces {

DepthMap::DepthMap(const HeadData& head, const std::vector<Vec3>& vertices, Vec3 towards, int size,
                   float extent)
    : size_(size),
      scale_(static_cast<float>(size) / extent),
      towards_(towards),
      depth_(static_cast<size_t>(size) * static_cast<size_t>(size), -1e9f) {
  across_ = normalized(cross(Vec3{0.01f, 1, 0.02f}, towards));
  up_ = cross(towards, across_);
  for (const Triangle& triangle : head.triangles) {
    if (triangle.material > Material::kBackHead) continue;
    Vec3 corner[3];
    for (size_t k = 0; k < 3; ++k)
      corner[k] = seen(vertices[static_cast<size_t>(triangle.corner[k])]);
    draw(corner);
  }
}

Vec3 DepthMap::seen(Vec3 place) const {
  const float half = static_cast<float>(size_) / 2;
  return {half + scale_ * dot(place, across_), half + scale_ * dot(place, up_),
          dot(place, towards_)};
}

void DepthMap::draw(const Vec3 (&c)[3]) {
  const float area = (c[1].x - c[0].x) * (c[2].y - c[0].y) - (c[2].x - c[0].x) * (c[1].y - c[0].y);
  if (std::abs(area) < 1e-6f) return;
  auto cell = [this](float x) { return std::clamp(static_cast<int>(x), 0, size_ - 1); };
  const int left = cell(std::min({c[0].x, c[1].x, c[2].x})),
            right = cell(std::max({c[0].x, c[1].x, c[2].x}) + 1);
  const int top = cell(std::min({c[0].y, c[1].y, c[2].y})),
            bottom = cell(std::max({c[0].y, c[1].y, c[2].y}) + 1);
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      const float px = static_cast<float>(x) - c[0].x, py = static_cast<float>(y) - c[0].y;
      const float w1 = (px * (c[2].y - c[0].y) - (c[2].x - c[0].x) * py) / area;
      const float w2 = ((c[1].x - c[0].x) * py - px * (c[1].y - c[0].y)) / area;
      if (w1 < -0.05f || w2 < -0.05f || w1 + w2 > 1.05f) continue;
      float& depth = depth_[static_cast<size_t>(y * size_ + x)];
      depth = std::max(depth, c[0].z + w1 * (c[1].z - c[0].z) + w2 * (c[2].z - c[0].z));
    }
  }
}

bool DepthMap::hidden(Vec3 place, float slack) const {
  const Vec3 p = seen(place);
  const int x = std::clamp(static_cast<int>(p.x), 0, size_ - 1),
            y = std::clamp(static_cast<int>(p.y), 0, size_ - 1);
  return depth_[static_cast<size_t>(y * size_ + x)] > p.z + slack;
}

float DepthMap::lit(Vec3 place, float slack, int reach) const {
  const Vec3 p = seen(place);
  float lit = 0;
  int all = 0;
  for (int j = -reach; j <= reach; ++j) {
    for (int i = -reach; i <= reach; ++i, ++all) {
      const int x = std::clamp(static_cast<int>(p.x) + i, 0, size_ - 1);
      const int y = std::clamp(static_cast<int>(p.y) + j, 0, size_ - 1);
      lit += ramp(1.4f * slack, 0.6f * slack, depth_[static_cast<size_t>(y * size_ + x)] - p.z);
    }
  }
  return lit / static_cast<float>(all);
}

}  // namespace vitrine::faces
