// SPDX-License-Identifier: MIT
#include "tools/vision/render/lighting.h"

namespace vitrine::faces {
namespace {

void sample_ambient(Light& light, Rng& rng, float level, float color_spread) {
  for (int i = 0; i < 3; ++i) {
    const float up = i == 0 ? 1.5f : 0;  // one from the ceiling
    light.ambient[i].direction = normalized({rng.normal(), rng.normal() + up, rng.normal() + 0.5f});
    light.ambient[i].color =
        lamp_color(rng.normal() * color_spread) * (level * rng.uniform(0.2f, 1));
  }
}

void sample_even(Light& light, Rng& rng) {
  light.key = lamp_color(rng.normal() * 0.15f) * rng.uniform(0.25f, 0.6f);
  light.shadow = rng.uniform(0.1f, 0.4f);
  light.shadow_reach = 2;
  sample_ambient(light, rng, rng.uniform(0.5f, 0.9f), 0.12f);
}

void sample_spot(Light& light, Rng& rng) {  // a lamp above: eyes and neck in shadow
  light.key_direction =
      normalized({rng.uniform(-0.7f, 0.7f), rng.uniform(0.6f, 1.6f), rng.uniform(0.4f, 1.2f)});
  light.key = lamp_color(rng.uniform(-0.1f, 0.4f)) * rng.uniform(0.8f, 1.6f);
  light.shadow = rng.uniform(0.6f, 0.95f);
  light.shadow_reach = rng.chance(0.5f) ? 0 : 1;
  sample_ambient(light, rng, rng.uniform(0.15f, 0.45f), 0.15f);
}

void sample_mixed(Light& light, Rng& rng) {  // a window and lamps
  const float warm = rng.uniform(0.2f, 0.6f) * (rng.chance(0.5f) ? 1 : -1);
  light.key = lamp_color(warm) * rng.uniform(0.4f, 1);
  light.fill = lamp_color(-warm) * rng.uniform(0.3f, 0.8f);
  sample_ambient(light, rng, rng.uniform(0.2f, 0.6f), 0.3f);
}

void sample_side(Light& light, Rng& rng) {
  const float side = rng.chance(0.5f) ? 1.f : -1.f;
  light.key_direction =
      normalized({side * rng.uniform(0.8f, 1.4f), rng.uniform(-0.2f, 0.7f), rng.uniform(0, 0.6f)});
  light.key = lamp_color(rng.normal() * 0.25f) * rng.uniform(0.7f, 1.4f);
  light.shadow = rng.uniform(0.6f, 0.95f);
  sample_ambient(light, rng, rng.uniform(0.1f, 0.35f), 0.2f);
}

void sample_backlit(Light& light, Rng& rng) {
  light.key = lamp_color(rng.normal() * 0.2f) * rng.uniform(0.05f, 0.35f);
  light.rim = lamp_color(rng.uniform(-0.4f, 0.2f)) * rng.uniform(0.6f, 2.6f);
  sample_ambient(light, rng, rng.uniform(0.12f, 0.4f), 0.15f);
  light.background = rng.uniform(1.8f, 4.5f);
}

void sample_dim(Light& light, Rng& rng) {
  light.key = lamp_color(rng.normal() * 0.3f) * rng.uniform(0.05f, 0.3f);
  sample_ambient(light, rng, rng.uniform(0.04f, 0.14f), 0.3f);
  light.background = rng.uniform(0.1f, 0.9f);
  light.noise = rng.uniform(0.3f, 1);
}

// Light that falls past the shadow's edge of skin is red first: it travelled inside.
float bled(float facing, float wrap) {
  return std::max(0.f, (facing + wrap) / (1 + wrap));
}

float highlight(const Light& light, const Surface& s, float lit) {
  const Vec3 half = normalized(light.key_direction + Vec3{0, 0, 1});
  const float sharp = std::pow(std::max(0.f, dot(s.normal, half)), s.shine);
  const float wide = std::pow(std::max(0.f, dot(s.normal, half)), s.shine * 0.25f);
  return (sharp + 0.35f * wide) * s.gloss * lit;
}

}  // namespace

Color lamp_color(float warm) {
  warm = std::clamp(warm, -0.8f, 0.8f);
  const Color c{1 + 0.5f * warm, 1, 1 - 0.6f * warm};
  return c * (1 / luminance(c));
}

Light sample_light(Rng rng) {
  Light light;
  light.kind = static_cast<LightClass>(rng.pick(kLightClasses));
  light.key_direction =
      normalized({rng.uniform(-1.1f, 1.1f), rng.uniform(-0.2f, 1.3f), rng.uniform(0.3f, 1.3f)});
  light.fill_direction =
      normalized({rng.uniform(-1.5f, 1.5f), rng.uniform(-0.5f, 1), rng.uniform(-0.3f, 1)});
  light.rim_direction =
      normalized({rng.uniform(-1, 1), rng.uniform(-0.1f, 1), rng.uniform(-0.9f, -0.15f)});
  light.shadow = rng.uniform(0.3f, 0.8f);
  if (rng.chance(0.4f)) light.fill = lamp_color(rng.normal() * 0.2f) * rng.uniform(0, 0.4f);
  if (rng.chance(0.3f)) light.rim = lamp_color(rng.normal() * 0.2f) * rng.uniform(0.1f, 0.9f);
  switch (light.kind) {
    case LightClass::kEven:
      sample_even(light, rng);
      break;
    case LightClass::kSpot:
      sample_spot(light, rng);
      break;
    case LightClass::kMixed:
      sample_mixed(light, rng);
      break;
    case LightClass::kSide:
      sample_side(light, rng);
      break;
    case LightClass::kBacklit:
      sample_backlit(light, rng);
      break;
    case LightClass::kDim:
      sample_dim(light, rng);
      break;
  }
  return light;
}

Color shaded(const Light& light, const Surface& s, float lit) {
  const float facing = dot(s.normal, light.key_direction);
  const float arrives = 1 - light.shadow + light.shadow * lit;
  const Color key{light.key.x * bled(facing, 0.35f * s.wrap),
                  light.key.y * bled(facing, 0.18f * s.wrap),
                  light.key.z * bled(facing, 0.12f * s.wrap)};
  Color sum = key * arrives;
  sum += light.fill * std::max(0.f, dot(s.normal, light.fill_direction));
  sum += light.rim * square(std::max(0.f, dot(s.normal, light.rim_direction)));
  for (const Lobe& lobe : light.ambient) {
    sum += lobe.color * (square(0.5f + 0.5f * dot(s.normal, lobe.direction)) * s.open);
  }
  Color out = s.albedo * sum;
  out += light.key * (highlight(light, s, arrives) * 0.16f);
  const float grazing = std::pow(1 - clamp01(s.normal.z), 4.f);
  out += (light.ambient[0].color + light.rim * 0.4f) *
         (grazing * 0.12f * clamp01(s.gloss * 2) * s.open);
  return out;
}

}  // namespace vitrine::faces
