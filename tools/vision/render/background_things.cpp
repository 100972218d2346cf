// SPDX-License-Identifier: MIT
// Lamps out of focus, patterns, clutter, mannequins, posters with drawn faces.
#include "tools/vision/render/background.h"
#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

float brick(float x, float y, float w, float h, uint32_t seed) {
  const int row = static_cast<int>(std::floor(y / h));
  const float shifted = x + static_cast<float>(row & 1) * w / 2;
  if (std::fmod(shifted, w) < 1.5f || std::fmod(y, h) < 1.5f) return 0;
  return 0.4f + 0.6f * cell_noise(static_cast<int>(std::floor(shifted / w)), row, seed);
}

struct Stripes {
  float angle, frequency, second, duty;
  float at(float x, float y) const {
    const float c = std::cos(angle), s = std::sin(angle);
    float t = ramp(duty - 0.1f, duty + 0.1f, std::sin((x * c + y * s) * frequency));
    if (second > 0) t = 0.6f * t + 0.4f * ramp(-0.1f, 0.1f, std::sin((-x * s + y * c) * second));
    return t;
  }
};

// A shop dummy: a smooth head without features, or hardly any, on a dressed bust.
void paint_mannequin(Sheet& sheet, Rng& rng, float x, float y, float r) {
  const float tone = rng.uniform(0.08f, 0.8f), light = rng.uniform(-0.8f, 0.8f);
  const Color skin =
      rng.chance(0.5f) ? Color{tone, tone, tone} : Color{tone, tone * 0.78f, tone * 0.6f};
  fill_ball(sheet, x, y + r * 2.9f, r * 1.9f, r * 1.8f, sample_color(rng), light);
  fill_ball(sheet, x, y + r * 1.2f, r * 0.36f, r * 0.7f, skin, light);
  fill_ball(sheet, x, y, r * 0.74f, r, skin, light);
  if (rng.chance(0.3f))
    fill_ball(sheet, x, y - r * 0.4f, r * 0.85f, r * 0.72f, sample_color(rng, 0.2f) * 0.3f,
              light);  // a wig
  if (rng.chance(0.3f))
    fill_ball(sheet, x, y + r * 0.1f, r * 0.12f, r * 0.25f, skin * 1.05f,
              light);  // a hint of a nose
}

// Somebody seen from behind.
void paint_back_of_head(Sheet& sheet, Rng& rng, float x, float y, float r) {
  const float light = rng.uniform(-0.8f, 0.8f);
  const float dark = rng.log_uniform(0.01f, 0.3f);
  fill_ball(sheet, x, y + r * 2.7f, r * 2, r * 1.7f, sample_color(rng), light);
  fill_ball(sheet, x, y + r * 0.9f, r * 0.4f, r * 0.5f,
            Color{0.35f, 0.25f, 0.18f} * rng.uniform(0.2f, 1.6f), light);
  fill_ball(sheet, x, y, r * 0.85f, r * rng.uniform(0.95f, 1.3f),
            Color{dark, dark * 0.75f, dark * 0.5f}, light);
}

struct DrawnFace {
  float x, y, r, tilt;
  Color ink;
  float line;
  Vec2 at(float u, float v) const {
    return {x + r * (u * std::cos(tilt) - v * std::sin(tilt)),
            y + r * (u * std::sin(tilt) + v * std::cos(tilt))};
  }
};

void draw_face_features(Sheet& sheet, Rng& rng, const DrawnFace& face) {
  const float smile = rng.uniform(-0.15f, 0.3f);
  for (float side : {-1.f, 1.f}) {
    const Vec2 eye = face.at(0.36f * side, -0.12f);
    fill_ellipse(sheet, eye.x, eye.y, face.r * rng.uniform(0.06f, 0.18f),
                 face.r * rng.uniform(0.05f, 0.16f), face.ink, 1, 0.2f);
    if (rng.chance(0.6f))
      draw_stroke(sheet, face.at(0.2f * side, -0.38f), face.at(0.55f * side, -0.42f), face.line,
                  face.ink);
  }
  if (rng.chance(0.6f))
    draw_stroke(sheet, face.at(0.02f, -0.05f), face.at(0.1f, 0.2f), face.line, face.ink);
  draw_stroke(sheet, face.at(-0.35f, 0.42f), face.at(0, 0.42f + smile), face.line, face.ink);
  draw_stroke(sheet, face.at(0, 0.42f + smile), face.at(0.35f, 0.42f), face.line, face.ink);
}

// A cartoon: round, flat, drawn with a pen. No person, and the detector has to know.
void paint_drawn_face(Sheet& sheet, Rng& rng, float x, float y, float r) {
  const Color paper = sample_color(rng, rng.chance(0.5f) ? 0.9f : 0.3f);
  const DrawnFace face{
      x,
      y,
      r,
      rng.normal() * 0.2f,
      luminance(paper) > 0.2f ? Color{0.02f, 0.02f, 0.03f} : Color{0.9f, 0.9f, 0.85f},
      std::max(0.5f, r * rng.uniform(0.015f, 0.06f))};
  fill_ellipse(sheet, x, y, r * rng.uniform(0.75f, 1.05f), r, paper, 1, 0.04f);
  draw_face_features(sheet, rng, face);
  if (rng.chance(0.5f))
    fill_ellipse(sheet, x, y - r * 0.75f, r * 0.85f, r * 0.45f, sample_color(rng, 0.7f) * 0.5f, 1,
                 0.05f);
}

}  // namespace

void paint_lights(Sheet& sheet, Rng& rng) {
  fill_gradient(sheet, sample_color(rng) * 0.25f, sample_color(rng) * 0.25f, rng.uniform(0, 6),
                0.6f, rng.bits());
  const float r = rng.uniform(3, 22);
  for (int k = 20 + rng.pick(140); k > 0; --k) {
    const float near = rng.uniform(0.7f, 1.2f);
    fill_ellipse(sheet, rng.uniform(0, sheet.side()), rng.uniform(0, sheet.side()), r * near,
                 r * near, sample_color(rng, 0.6f) * rng.uniform(0.6f, 1.8f),
                 rng.uniform(0.2f, 0.8f), 0.15f);
  }
}

void paint_pattern(Sheet& sheet, Rng& rng) {
  const Color a = sample_color(rng), b = sample_color(rng);
  const bool bricks = rng.chance(0.3f);
  const Stripes stripes{rng.uniform(0, 3.14f), rng.uniform(0.05f, 0.5f),
                        rng.chance(0.5f) ? rng.uniform(0.03f, 0.5f) : 0, rng.uniform(-0.6f, 0.6f)};
  const float w = rng.uniform(12, 40), h = rng.uniform(6, 20);
  const uint32_t seed = rng.bits();
  for (int y = 0; y < sheet.size; ++y) {
    for (int x = 0; x < sheet.size; ++x) {
      const float fx = static_cast<float>(x), fy = static_cast<float>(y);
      const float t = bricks ? brick(fx, fy, w, h, seed) : stripes.at(fx, fy);
      sheet.at(x, y) = mix(a, b, t) * (0.7f + 0.6f * fractal(fx / 60, fy / 60, seed + 3, 5, 0.6f));
    }
  }
}

void paint_clutter(Sheet& sheet, Rng& rng) {
  if (luminance(sheet.at(0, 0)) == 0)
    fill_gradient(sheet, sample_color(rng), sample_color(rng), rng.uniform(0, 6), 0.4f, rng.bits());
  for (int i = 2 + rng.pick(14); i > 0; --i) {
    const float x = rng.uniform(-50, sheet.side()), y = rng.uniform(-50, sheet.side()),
                w = rng.uniform(4, 110), h = rng.uniform(4, 110);
    const Color color = sample_color(rng);
    if (rng.chance(0.35f))
      fill_ball(sheet, x, y, w / 2, h / 2, color, rng.uniform(-1, 1));
    else if (rng.chance(0.4f))
      fill_ellipse(sheet, x, y, w / 2, h / 2, color, rng.uniform(0.4f, 1), 0.3f);
    else
      fill_rect(sheet, x, y, w, h, color, rng.uniform(0.5f, 1));
  }
}

void paint_mannequins(Sheet& sheet, Rng& rng) {
  const int count = 1 + rng.pick(6);
  const float r = rng.uniform(8, 36);
  for (int i = 0; i < count; ++i) {
    const float size = r * rng.uniform(0.7f, 1.3f), x = rng.uniform(0, sheet.side()),
                y = rng.uniform(40, sheet.side() * 0.8f);
    if (rng.chance(0.6f))
      paint_mannequin(sheet, rng, x, y, size);
    else
      paint_back_of_head(sheet, rng, x, y, size);
  }
}

void paint_posters(Sheet& sheet, Rng& rng) {
  if (luminance(sheet.at(0, 0)) == 0)
    fill_gradient(sheet, sample_color(rng), sample_color(rng), rng.uniform(0, 6), 0.3f, rng.bits());
  for (int i = 1 + rng.pick(4); i > 0; --i) {
    const float w = rng.uniform(50, 200), h = w * rng.uniform(0.8f, 1.6f);
    const float x = rng.uniform(-30, sheet.side() - 40), y = rng.uniform(-30, sheet.side() - 40);
    fill_rect(sheet, x, y, w, h, sample_color(rng));
    if (rng.chance(0.65f))
      paint_drawn_face(sheet, rng, x + w / 2, y + h * 0.45f, w * rng.uniform(0.2f, 0.42f));
    if (rng.chance(0.6f))
      fill_text(sheet, rng, x + 5, y + h * 0.75f, w - 10, h * 0.2f, sample_color(rng));
  }
}

}  // namespace vitrine::faces
