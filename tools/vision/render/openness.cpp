// SPDX-License-Identifier: MIT
#include "tools/vision/render/openness.h"

#include "tools/vision/render/depth_map.h"

namespace vitrine::faces {
namespace {

constexpr int kDirections = 72;
constexpr float kSlack = 0.5f;  // centimetres: a surface does not hide itself

Vec3 direction(int i) {  // even over the sphere (a golden spiral)
  const float z = 1 - 2 * (static_cast<float>(i) + 0.5f) / kDirections;
  const float turn = static_cast<float>(i) * 2.399963f, radius = std::sqrt(1 - z * z);
  return {radius * std::cos(turn), z, radius * std::sin(turn)};
}

}  // namespace

std::vector<float> measured_openness(const HeadData& head, const std::vector<Vec3>& normals) {
  std::vector<float> seen(head.position.size(), 0.f), possible(head.position.size(), 1e-3f);
  for (int i = 0; i < kDirections; ++i) {
    const DepthMap map(head, head.position, direction(i), 160, 42);
    for (size_t v = 0; v < head.position.size(); ++v) {
      const float facing = dot(normals[v], direction(i));
      if (facing <= 0) continue;
      possible[v] += facing;
      if (!map.hidden(head.position[v], kSlack)) seen[v] += facing;
    }
  }
  for (size_t v = 0; v < seen.size(); ++v) seen[v] = clamp01(seen[v] / possible[v]);
  return seen;
}

}  // namespace vitrine::faces
