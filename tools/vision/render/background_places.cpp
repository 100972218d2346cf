// SPDX-License-Identifier: MIT
// Rooms, shelves, streets.
#include <initializer_list>

#include "tools/vision/render/background.h"
#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

void paint_shelf(Sheet& sheet, Rng& rng, float x, float y, float w, float h) {
  const Color wood = sample_color(rng, 0.3f);
  const bool lit = rng.chance(0.4f);
  fill_rect(sheet, x, y, w, h, wood * 0.35f);
  const int rows = 2 + rng.pick(5);
  const float row = h / static_cast<float>(rows);
  for (int r = 0; r < rows; ++r) {
    const float base = y + row * static_cast<float>(r + 1);
    if (lit) fill_rect(sheet, x, base - row, w, row * 0.3f, {0.8f, 0.75f, 0.6f}, 0.4f);
    for (float left = x; left < x + w;) {
      const float wide = rng.uniform(2, 16), high = row * rng.uniform(0.4f, 0.9f);
      if (rng.chance(0.85f)) {
        const Color color = sample_color(rng, rng.chance(0.6f) ? 0.9f : 0.3f) * 0.8f;
        fill_rect(sheet, left, base - high, wide, high, color);
        fill_rect(sheet, left, base - high, 1, high, color * 0.4f);
        if (rng.chance(0.4f))
          fill_rect(sheet, left + 1, base - high * rng.uniform(0.3f, 0.9f), wide - 2,
                    rng.uniform(1, 5), sample_color(rng));
        if (rng.chance(0.3f))
          fill_rect(sheet, left + wide * 0.3f, base - high - 4, wide * 0.4f, 4,
                    color * 0.6f);  // a cap: bottles
      }
      left += wide + (rng.chance(0.1f) ? rng.uniform(3, 30) : 0);
    }
    fill_rect(sheet, x, base - 3, w, 3, wood);
  }
}

void paint_window(Sheet& sheet, Rng& rng, float x, float y, float w, float h) {
  const Color light = Color{0.9f, 0.95f, 1} * rng.uniform(0.7f, 1.6f);
  const Color frame = sample_color(rng, 0.1f);
  fill_rect(sheet, x - 3, y - 3, w + 6, h + 6, frame);
  fill_rect(sheet, x, y, w, h, light);
  fill_rect(sheet, x + w / 2 - 1, y, 3, h, frame);
  fill_rect(sheet, x, y + h * 0.4f, w, 3, frame);
  if (!rng.chance(0.3f)) return;
  for (float slat = y; slat < y + h; slat += 5) fill_rect(sheet, x, slat, w, 2, light * 0.5f);
}

void paint_furniture(Sheet& sheet, Rng& rng) {
  const float w = rng.uniform(15, 90), h = rng.uniform(15, 110);
  const float x = rng.uniform(-20, sheet.side() - 10), y = rng.uniform(-20, sheet.side() * 0.7f);
  const float kind = rng.unit();
  if (kind < 0.3f) return paint_window(sheet, rng, x, y, w, h);
  if (kind < 0.6f) return paint_shelf(sheet, rng, x, y, w * 1.6f, h);
  const Color color = sample_color(rng);
  if (kind < 0.75f) {  // a framed picture or a sign
    fill_rect(sheet, x - 2, y - 2, w + 4, h + 4, color * 0.4f);
    fill_rect(sheet, x, y, w, h, sample_color(rng));
    return fill_text(sheet, rng, x + 3, y + 3, w - 6, h - 6, sample_color(rng));
  }
  fill_rect(sheet, x, y + 30, w, h, color);  // a cupboard or a counter
  fill_rect(sheet, x, y + 30, w, 4, color * 1.4f);
  fill_rect(sheet, x + w - 4, y + 30, 4, h, color * 0.5f);
}

// One-point perspective: the wall at the back and where it ends.
struct RoomShape {
  Vec2 vanish;
  float left, right, top, bottom;
};

Color room_color(const RoomShape& room, const Color (&walls)[5], float x, float y, float tile,
                 uint32_t seed) {
  const float dx = x - room.vanish.x, dy = y - room.vanish.y;
  const float across = x < room.left    ? dx / std::min(-1.f, room.left - room.vanish.x)
                       : x > room.right ? dx / std::max(1.f, room.right - room.vanish.x)
                                        : 1;
  const float down = y < room.top      ? dy / std::min(-1.f, room.top - room.vanish.y)
                     : y > room.bottom ? dy / std::max(1.f, room.bottom - room.vanish.y)
                                       : 1;
  const float depth = std::max(across, down);
  Color color = walls[0];
  if (depth > 1)
    color = down > across ? (dy > 0 ? walls[3] : walls[4]) : (dx < 0 ? walls[1] : walls[2]);
  if (depth > 1 && down > across && dy > 0) {
    color = color * (0.75f + 0.5f * cell_noise(static_cast<int>(std::floor(dx / dy * tile * 3)),
                                               static_cast<int>(std::floor(tile * 60 / dy)), seed));
  }
  return color *
         ((0.6f + 0.7f * fractal(x / 90, y / 90, seed + 1, 3, 0.5f)) / (0.7f + 0.3f * depth));
}

void paint_ceiling_lamps(Sheet& sheet, Rng& rng, const RoomShape& room) {
  const int count = 2 + rng.pick(8);
  for (int i = 0; i < count; ++i) {
    const float t = rng.uniform(0.05f, 1);
    const float y = mix(room.top, -20, t),
                x = room.vanish.x +
                    (rng.uniform(-0.6f, 1.4f) * sheet.side() - room.vanish.x) * (0.3f + 0.7f * t);
    fill_ellipse(sheet, x, y, 3 + 12 * t, 1.5f + 5 * t,
                 Color{1, 0.95f, 0.85f} * rng.uniform(1, 2.5f), 1, 0.5f);
  }
}

void paint_building(Sheet& sheet, Rng& rng, float x, float horizon, float w) {
  const float h = rng.uniform(20, 230), ww = rng.uniform(3, 9), wh = rng.uniform(3, 12);
  const Color wall = sample_color(rng, 0.3f) * 0.8f, window = wall * rng.uniform(0.2f, 0.6f);
  fill_rect(sheet, x, horizon - h, w, h + 20, wall);
  for (float y = horizon - h + 5; y < horizon - 4; y += wh * 1.8f) {
    for (float left = x + 3; left < x + w - ww; left += ww * 1.7f) {
      fill_rect(sheet, left, y, ww, wh, rng.chance(0.2f) ? window * 2.5f : window);
    }
  }
}

void paint_leaves(Sheet& sheet, Rng& rng, float top, float bottom) {
  const float size = rng.uniform(2, 14);
  const Color green{rng.uniform(0.02f, 0.2f), rng.uniform(0.08f, 0.35f), rng.uniform(0.01f, 0.12f)};
  for (int k = 150 + rng.pick(600); k > 0; --k) {
    fill_ellipse(sheet, rng.uniform(0, sheet.side()), rng.uniform(top, bottom),
                 size * rng.uniform(0.4f, 1.5f), size * rng.uniform(0.4f, 1.5f),
                 green * rng.uniform(0.2f, 1.8f), rng.uniform(0.5f, 1));
  }
}

}  // namespace

void paint_room(Sheet& sheet, Rng& rng) {
  const float side = sheet.side(), k = rng.uniform(0.25f, 0.8f);
  const Vec2 vanish{rng.uniform(-0.2f, 1.2f) * side, rng.uniform(0.2f, 0.8f) * side};
  const RoomShape room{vanish, vanish.x * (1 - k), vanish.x + (side - vanish.x) * k,
                       vanish.y * (1 - k), vanish.y + (side - vanish.y) * k};
  const Color wall = sample_color(rng, 0.25f);
  const Color walls[5] = {rng.chance(0.7f) ? wall * rng.uniform(0.7f, 1.3f) : sample_color(rng),
                          wall, wall * rng.uniform(0.5f, 1.2f), sample_color(rng, 0.4f) * 0.7f,
                          mix(wall, Color{0.9f, 0.9f, 0.9f}, 0.7f)};
  const float tile = rng.uniform(0.5f, 4);
  const uint32_t seed = rng.bits();
  for (int y = 0; y < sheet.size; ++y) {
    for (int x = 0; x < sheet.size; ++x)
      sheet.at(x, y) =
          room_color(room, walls, static_cast<float>(x), static_cast<float>(y), tile, seed);
  }
  for (int i = rng.pick(7); i > 0; --i) paint_furniture(sheet, rng);
  if (rng.chance(0.6f)) paint_ceiling_lamps(sheet, rng, room);
}

void paint_shelf_wall(Sheet& sheet, Rng& rng) {
  const Color wall = sample_color(rng, 0.3f);
  fill_gradient(sheet, wall, wall * 0.7f, rng.uniform(0, 6), 0.2f, rng.bits());
  for (float x = rng.uniform(-60, 0); x < sheet.side();) {
    const float w = rng.uniform(60, 220);
    paint_shelf(sheet, rng, x, rng.uniform(-30, 80), w, rng.uniform(150, 340));
    x += w + rng.uniform(4, 30);
  }
}

void paint_street(Sheet& sheet, Rng& rng) {
  const float horizon = rng.uniform(0.3f, 0.8f) * sheet.side(), clouds = rng.uniform(0, 0.6f);
  const Color sky{rng.uniform(0.25f, 0.8f), rng.uniform(0.4f, 0.85f), rng.uniform(0.6f, 1)};
  const Color low = mix(sky, Color{1, 1, 1}, rng.uniform(0.2f, 0.9f)),
              ground = sample_color(rng, 0.4f) * 0.8f;
  const uint32_t seed = rng.bits();
  for (int y = 0; y < sheet.size; ++y) {
    for (int x = 0; x < sheet.size; ++x) {
      const float fx = static_cast<float>(x), fy = static_cast<float>(y);
      const float cloud = clamp01((fractal(fx / 70, fy / 40, seed, 6, 0.55f) - 0.5f) * 4) * clouds;
      sheet.at(x, y) = fy < horizon ? mix(mix(sky, low, fy / horizon), Color{1, 1, 1}, cloud)
                                    : ground * (0.5f + fractal(fx / 20, fy / 8, seed + 5, 5, 0.7f));
    }
  }
  if (rng.chance(0.65f)) {
    for (float x = -20; x < sheet.side();) {
      const float w = rng.uniform(15, 90);
      paint_building(sheet, rng, x, horizon, w);
      x += w * rng.uniform(0.7f, 1.6f);
    }
  }
  if (rng.chance(0.6f))
    paint_leaves(sheet, rng, horizon - rng.uniform(20, 160), horizon + rng.uniform(0, 120));
}

}  // namespace vitrine::faces
