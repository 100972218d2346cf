// SPDX-License-Identifier: MIT
#include "tools/vision/render/background.h"

#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

constexpr int kSide = 320;

void paint_plain(Sheet& sheet, Rng& rng) {
  const Color color = sample_color(rng);
  fill_gradient(sheet, color, color * rng.uniform(0.3f, 1.2f), rng.uniform(0, 6.28f),
                rng.uniform(0, 0.4f), rng.bits());
}

void paint_cloud(Sheet& sheet, Rng& rng) {  // nothing in particular: 1/f noise of two colours
  const Color a = sample_color(rng), b = sample_color(rng);
  const float scale = 0.012f * static_cast<float>(1 + rng.pick(4));
  const uint32_t seed = rng.bits();
  for (int y = 0; y < sheet.size; ++y) {
    for (int x = 0; x < sheet.size; ++x) {
      const float fx = static_cast<float>(x) * scale, fy = static_cast<float>(y) * scale;
      const float hue = clamp01((fractal(fx, fy, seed, 7, 0.62f) - 0.5f) * 2.4f + 0.5f);
      const float level = clamp01((fractal(fx, fy, seed + 999, 6, 0.6f) - 0.5f) * 2.4f + 0.5f);
      sheet.at(x, y) = mix(a, b, hue) * (0.4f + level);
    }
  }
}

// Everything has some grain, so that a smooth patch is no sign of a face.
void add_grain(Sheet& sheet, Rng& rng) {
  const float strength = rng.uniform(0.03f, 0.35f);
  const uint32_t seed = rng.bits();
  for (int y = 0; y < sheet.size; ++y) {
    for (int x = 0; x < sheet.size; ++x) {
      const float grain =
          fractal(static_cast<float>(x) / 8, static_cast<float>(y) / 8, seed, 4, 0.75f);
      sheet.at(x, y) = sheet.at(x, y) * (1 - strength + 2 * strength * grain);
    }
  }
}

}  // namespace

Sheet sample_background(Rng rng) {
  using Paint = void (*)(Sheet&, Rng&);
  static constexpr Paint kPaints[] = {
      paint_room,   paint_room,    paint_room,  paint_shelf_wall, paint_shelf_wall, paint_street,
      paint_lights, paint_pattern, paint_plain, paint_cloud,      paint_posters,    paint_clutter};
  Sheet sheet(kSide);
  kPaints[rng.pick(static_cast<int>(std::size(kPaints)))](sheet, rng);
  if (rng.chance(0.3f)) paint_mannequins(sheet, rng);
  if (rng.chance(0.12f)) paint_posters(sheet, rng);
  if (rng.chance(0.35f)) paint_clutter(sheet, rng);
  add_grain(sheet, rng);
  if (!rng.chance(0.35f)) blur(sheet, 1 + rng.pick(6));
  return sheet;
}

}  // namespace vitrine::faces
