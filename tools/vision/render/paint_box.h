// SPDX-License-Identifier: MIT
// A sheet to paint backgrounds on, and the few strokes that they are made of.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/vision/render/person.h"
#include "tools/vision/render/rng.h"

namespace vitrine::faces {

struct Sheet {
  explicit Sheet(int side)
      : size(side), color(static_cast<size_t>(side) * static_cast<size_t>(side)) {}
  Color& at(int x, int y) { return color[static_cast<size_t>(y * size + x)]; }
  float side() const { return static_cast<float>(size); }

  int size;
  std::vector<Color> color;
};

void fill_rect(Sheet& sheet, float x, float y, float w, float h, Color color, float alpha = 1);
// `soft`: the share of the radius over which it fades.
void fill_ellipse(Sheet& sheet, float x, float y, float rx, float ry, Color color, float alpha = 1,
                  float soft = 0.1f);
// An ellipsoid lit from `light_x` (−1 left … 1 right) above.
void fill_ball(Sheet& sheet, float x, float y, float rx, float ry, Color color, float light_x);
void fill_gradient(Sheet& sheet, Color a, Color b, float angle, float roughness, uint32_t seed);
// Marks that look like lines of letters.
void fill_text(Sheet& sheet, Rng& rng, float x, float y, float w, float h, Color color);
void draw_stroke(Sheet& sheet, Vec2 from, Vec2 to, float half_width, Color color);
void blur(Sheet& sheet, int radius);
// Any colour, mostly not a strong one.
Color sample_color(Rng& rng);
Color sample_color(Rng& rng, float saturation);

}  // namespace vitrine::faces
