// SPDX-License-Identifier: MIT
#include "tools/vision/render/clothes.h"

#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

constexpr int kRings = 18, kAround = 36;

struct Garment {
  Color color, second;
  int pattern;  // 0 plain, 1 stripes, 2 checks, 3 motif
  float frequency, folds;
  float neck, depth;  // half width of the opening; how deep it is cut in front
  float shoulders;    // half width
  bool collar;
};

Garment sample_garment(Rng& rng, const Person& person) {
  Garment garment{};
  garment.color = sample_cloth_color(rng, rng.chance(0.6f) ? 0.25f : 0.8f);
  if (rng.chance(0.2f)) garment.color = {0.015f, 0.015f, 0.017f};
  if (person.hair.cover == Cover::kHeadscarf && rng.chance(0.4f)) garment.color = person.hair.cloth;
  garment.second = sample_cloth_color(rng, 0.6f);
  garment.pattern = rng.chance(0.6f) ? 0 : 1 + rng.pick(3);
  garment.frequency = rng.uniform(0.8f, 4);
  garment.folds = rng.uniform(0.3f, 1.2f);
  garment.neck = rng.uniform(6.6f, 8.2f);
  garment.depth = rng.chance(0.3f) ? rng.uniform(4, 9) : rng.uniform(0, 3);
  garment.shoulders = rng.uniform(17, 23);
  garment.collar = rng.chance(0.35f);
  return garment;
}

// A ring round the body, `h` 0 at the collar … 1 at the waist; `turn` round it, 0 in front.
Vec3 body_point(const Garment& g, float h, float turn) {
  const float slope = std::pow(clamp01(h / 0.3f), 0.55f);
  const float half = mix(g.neck, g.shoulders, slope),
              deep = mix(g.neck * 0.95f, 11.5f, clamp01(h / 0.4f));
  const float drop = 48 * h + 60 * std::max(0.f, h - 0.7f) + 3 * slope;
  const float front = std::cos(turn), side = std::sin(turn);
  const float square_off =
      1 / std::pow(std::pow(std::abs(front), 2.6f) + std::pow(std::abs(side), 2.6f), 1 / 2.6f);
  const float cut = g.depth * ramp(0.2f, 0, h) * ramp(0.5f, 1, front);
  return {half * side * square_off, -11.5f - drop - cut - 1.5f * front * ramp(0.25f, 0, h),
          -1.5f + deep * front * square_off};
}

Color pattern_color(const Garment& g, float u, float v, uint32_t seed) {
  switch (g.pattern) {
    case 1:
      return std::sin(v * g.frequency) > 0.2f ? g.second : g.color;
    case 2:
      return mix(g.color, g.second,
                 0.5f * static_cast<float>(std::sin(v * g.frequency) > 0.2f) +
                     0.5f * static_cast<float>(std::sin(u * g.frequency) > 0.2f));
    case 3:
      return noise(u * g.frequency * 0.5f, v * g.frequency * 0.5f, seed) > 0.6f ? g.second
                                                                                : g.color;
    default:
      return g.color;
  }
}

struct BodyVertex {
  Vec3 head, world, normal;
  Corner seen;
};

std::vector<BodyVertex> body_mesh(const PosedHead& head, const Garment& garment) {
  // The body follows the head's turn only a little.
  View view = head.view;
  view.turn = rotation({head.pose.yaw * 0.35f, head.pose.pitch * 0.15f, head.pose.roll * 0.25f});
  const Vec3 pivot{0, -9, 0};
  const Vec3 shift = head.view.world(pivot) - view.world(pivot);
  std::vector<BodyVertex> mesh;
  for (int i = 0; i <= kRings; ++i) {
    for (int k = 0; k <= kAround; ++k) {
      const float h = square(static_cast<float>(i) / kRings),
                  turn = 6.2831853f * static_cast<float>(k) / kAround;
      BodyVertex v{};
      v.head = body_point(garment, h, turn);
      v.world = view.world(v.head) + shift;
      const Vec3 du = body_point(garment, h, turn + 0.05f) - v.head,
                 dv = body_point(garment, h + 0.02f, turn) - v.head;
      v.normal = view.turn * normalized(cross(dv, du));
      v.seen = head.view.project(v.world);
      mesh.push_back(v);
    }
  }
  return mesh;
}

}  // namespace

void draw_clothes(const PosedHead& head, const Light& light, Rng rng, Canvas& canvas) {
  const Garment garment = sample_garment(rng, head.person);
  const uint32_t seed = rng.bits();
  const std::vector<BodyVertex> mesh = body_mesh(head, garment);
  auto draw = [&](const BodyVertex& a, const BodyVertex& b, const BodyVertex& c) {
    if (std::min({a.seen.near, b.seen.near, c.seen.near}) <= 0) return;
    fill_triangle(
        canvas, a.seen, b.seen, c.seen, true,
        [&](int x, int y, float near, float w0, float w1, float w2) {
          const Vec3 p = a.head * w0 + b.head * w1 + c.head * w2;
          const float fold =
              fractal(p.x * 0.16f + p.y * 0.1f, p.y * 0.06f + p.x * 0.02f, seed, 4, 0.55f) - 0.5f;
          Surface surface;
          surface.albedo = pattern_color(garment, p.x, p.y, seed) * (0.9f + 0.5f * fold);
          const float trim = garment.collar ? ramp(-15.5f, -14.5f, p.y + 0.02f * p.x * p.x) : 0;
          surface.albedo = mix(surface.albedo, garment.second, trim);
          surface.normal = normalized(a.normal * w0 + b.normal * w1 + c.normal * w2 +
                                      Vec3{fold, fold * 0.6f, 0} * (2.4f * garment.folds));
          if (surface.normal.z < 0) surface.normal.z = -surface.normal.z * 0.2f;
          surface.open = 0.55f + 0.45f * ramp(-12, -24, p.y) + 0.5f * fold;
          surface.gloss = 0.04f;
          surface.shine = 8;
          canvas.blend(x, y, near, shaded(light, surface, 0.85f), 1, Label::kClothes);
        });
  };
  for (int i = 0; i < kRings; ++i) {
    for (int k = 0; k < kAround; ++k) {
      auto at = [&](int ring, int step) -> const BodyVertex& {
        return mesh[static_cast<size_t>(ring * (kAround + 1) + step)];
      };
      draw(at(i, k), at(i + 1, k), at(i + 1, k + 1));
      draw(at(i, k), at(i + 1, k + 1), at(i, k + 1));
    }
  }
}

}  // namespace vitrine::faces
