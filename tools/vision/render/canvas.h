// SPDX-License-Identifier: MIT
// The picture while it is made: linear light, nearness and what each pixel shows.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/vision/render/vec.h"

namespace vitrine::faces {

enum class Label : uint8_t {
  kBackground,
  kFace,
  kSkin,
  kEye,
  kMouth,
  kHair,
  kHeadwear,
  kEyewear,
  kOccluder,
  kClothes
};

struct Canvas {
  Canvas(int w, int h)
      : width(w), height(h), color(pixels()), nearness(pixels(), 0.f), label(pixels()) {}
  int pixels() const { return width * height; }
  int at(int x, int y) const { return y * width + x; }
  bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }
  // Paints over what is farther; half transparent paint leaves the label of what shines through.
  void blend(int x, int y, float near, Color paint, float alpha, Label what) {
    if (!inside(x, y) || near <= nearness[static_cast<size_t>(at(x, y))]) return;
    const size_t i = static_cast<size_t>(at(x, y));
    color[i] = mix(color[i], paint, alpha);
    if (alpha < 0.5f) return;
    nearness[i] = near;
    label[i] = what;
  }

  int width, height;
  std::vector<Color> color;
  std::vector<float> nearness;  // 1 / distance in centimetres; 0: infinitely far
  std::vector<Label> label;
};

// A corner on its way to the picture.
struct Corner {
  float x, y;  // pixels, the centre of the first pixel is 0, 0
  float near;
};

// Calls visit(x, y, near, w0, w1, w2) for each pixel of a triangle that is nearer than the canvas.
// Counter-clockwise triangles (seen from the camera) only, unless `two_sided`.
template <class Visit>
void fill_triangle(const Canvas& canvas, Corner a, Corner b, Corner c, bool two_sided,
                   Visit visit) {
  const float area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (std::abs(area) < 1e-6f || (area > 0 && !two_sided)) return;
  const float inverse = 1 / area;
  const int left = std::max(0, static_cast<int>(std::ceil(std::min({a.x, b.x, c.x}))));
  const int right =
      std::min(canvas.width - 1, static_cast<int>(std::floor(std::max({a.x, b.x, c.x}))));
  const int top = std::max(0, static_cast<int>(std::ceil(std::min({a.y, b.y, c.y}))));
  const int bottom =
      std::min(canvas.height - 1, static_cast<int>(std::floor(std::max({a.y, b.y, c.y}))));
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      const float px = static_cast<float>(x) - a.x, py = static_cast<float>(y) - a.y;
      const float w1 = (px * (c.y - a.y) - (c.x - a.x) * py) * inverse;
      const float w2 = ((b.x - a.x) * py - px * (b.y - a.y)) * inverse;
      const float w0 = 1 - w1 - w2;
      if (w0 < -1e-4f || w1 < -1e-4f || w2 < -1e-4f) continue;
      const float near = w0 * a.near + w1 * b.near + w2 * c.near;
      if (near > canvas.nearness[static_cast<size_t>(canvas.at(x, y))])
        visit(x, y, near, w0, w1, w2);
    }
  }
}

}  // namespace vitrine::faces
