// SPDX-License-Identifier: MIT
#include "tools/vision/render/paint_box.h"

#include <cstddef>

#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

struct Span {
  int begin, end;
};

Span pixels(float from, float to, int size) {
  return {std::clamp(static_cast<int>(std::floor(from)), 0, size),
          std::clamp(static_cast<int>(std::ceil(to)), 0, size)};
}

// Running mean along one row or column of `count` pixels that are `stride` apart.
void blur_line(std::vector<Color>& line, Color* first, int count, int stride, int radius) {
  auto at = [&](int i) {
    return first[static_cast<ptrdiff_t>(std::clamp(i, 0, count - 1)) * stride];
  };
  Color sum;
  for (int i = -radius; i <= radius; ++i) sum += at(i);
  const float share = 1 / static_cast<float>(2 * radius + 1);
  for (int i = 0; i < count; ++i) {
    line[static_cast<size_t>(i)] = sum * share;
    sum += at(i + radius + 1) - at(i - radius);
  }
  for (int i = 0; i < count; ++i)
    first[static_cast<ptrdiff_t>(i) * stride] = line[static_cast<size_t>(i)];
}

}  // namespace

void fill_rect(Sheet& sheet, float x, float y, float w, float h, Color color, float alpha) {
  const Span columns = pixels(x, x + w, sheet.size), rows = pixels(y, y + h, sheet.size);
  for (int j = rows.begin; j < rows.end; ++j) {
    for (int i = columns.begin; i < columns.end; ++i)
      sheet.at(i, j) = mix(sheet.at(i, j), color, alpha);
  }
}

void fill_ellipse(Sheet& sheet, float x, float y, float rx, float ry, Color color, float alpha,
                  float soft) {
  const Span columns = pixels(x - rx, x + rx, sheet.size),
             rows = pixels(y - ry, y + ry, sheet.size);
  for (int j = rows.begin; j < rows.end; ++j) {
    for (int i = columns.begin; i < columns.end; ++i) {
      const float away =
          length(Vec2{(static_cast<float>(i) - x) / rx, (static_cast<float>(j) - y) / ry});
      if (away < 1) sheet.at(i, j) = mix(sheet.at(i, j), color, alpha * ramp(1, 1 - soft, away));
    }
  }
}

void fill_ball(Sheet& sheet, float x, float y, float rx, float ry, Color color, float light_x) {
  const Vec3 light = normalized({light_x, -0.7f, 0.7f});
  const Span columns = pixels(x - rx, x + rx, sheet.size),
             rows = pixels(y - ry, y + ry, sheet.size);
  for (int j = rows.begin; j < rows.end; ++j) {
    for (int i = columns.begin; i < columns.end; ++i) {
      const float u = (static_cast<float>(i) - x) / rx, v = (static_cast<float>(j) - y) / ry,
                  r = u * u + v * v;
      if (r >= 1) continue;
      const float facing = std::max(0.f, dot(Vec3{u, v, std::sqrt(1 - r)}, light));
      sheet.at(i, j) = mix(sheet.at(i, j), color * (0.25f + 0.85f * facing), ramp(1, 0.94f, r));
    }
  }
}

void fill_gradient(Sheet& sheet, Color a, Color b, float angle, float roughness, uint32_t seed) {
  const float half = sheet.side() / 2, c = std::cos(angle), s = std::sin(angle);
  for (int y = 0; y < sheet.size; ++y) {
    for (int x = 0; x < sheet.size; ++x) {
      const float fx = static_cast<float>(x), fy = static_cast<float>(y);
      const float t = 0.5f + ((fx - half) * c + (fy - half) * s) / sheet.side() +
                      roughness * (fractal(fx / 40, fy / 40, seed, 5, 0.6f) - 0.5f);
      sheet.at(x, y) = mix(a, b, clamp01(t));
    }
  }
}

void fill_text(Sheet& sheet, Rng& rng, float x, float y, float w, float h, Color color) {
  const float letter = rng.uniform(4, 12);
  for (float top = y; top < y + h - letter; top += letter * 1.5f) {
    float left = x;
    while (left < x + w) {
      for (int k = 1 + rng.pick(7); k > 0 && left < x + w; --k) {
        const float wide = letter * rng.uniform(0.25f, 0.6f);
        if (rng.chance(0.6f))
          fill_rect(sheet, left, top, std::max(1.f, wide * 0.35f), letter, color);
        if (rng.chance(0.6f))
          fill_rect(sheet, left, top + (rng.chance(0.5f) ? 0 : letter / 2), wide,
                    std::max(1.f, letter / 4), color);
        left += wide + 1;
      }
      left += letter / 2;
      if (rng.chance(0.08f)) break;
    }
  }
}

void draw_stroke(Sheet& sheet, Vec2 from, Vec2 to, float half_width, Color color) {
  const float reach = length(to - from);
  const int steps = std::max(1, static_cast<int>(reach / std::max(0.5f, half_width * 0.5f)));
  for (int i = 0; i <= steps; ++i) {
    const Vec2 p = mix(from, to, static_cast<float>(i) / static_cast<float>(steps));
    fill_ellipse(sheet, p.x, p.y, half_width + 0.6f, half_width + 0.6f, color, 1, 0.4f);
  }
}

void blur(Sheet& sheet, int radius) {
  std::vector<Color> line(static_cast<size_t>(sheet.size));
  for (int pass = 0; pass < 2; ++pass) {
    for (int y = 0; y < sheet.size; ++y) blur_line(line, &sheet.at(0, y), sheet.size, 1, radius);
    for (int x = 0; x < sheet.size; ++x)
      blur_line(line, &sheet.at(x, 0), sheet.size, sheet.size, radius);
  }
}

Color sample_color(Rng& rng, float saturation) {
  return sample_cloth_color(rng, saturation);
}

Color sample_color(Rng& rng) {
  return sample_cloth_color(rng, rng.chance(0.25f) ? 0.9f : rng.chance(0.5f) ? 0.45f : 0.15f);
}

}  // namespace vitrine::faces
