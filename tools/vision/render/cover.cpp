// SPDX-License-Identifier: MIT
#include "tools/vision/render/cover.h"

#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

bool is_ear(Vec3 base) {
  return std::abs(base.x) > 7.3f && base.z > -0.8f && base.z < 4.6f && base.y < 5.5f && base.y > -2;
}

// A headscarf frames the face: 0 inside the frame … 1 under the cloth.
float scarf_amount(Vec3 base) {
  if (base.z < 3.2f) return 1;
  const float around = std::sqrt(square(base.x / 6.5f) + square((base.y - 1.1f) / 8.5f));
  return ramp(0.97f, 1.06f, around);
}

float turban_amount(const HairLook& hair, Vec3 base) {
  const float rim = hair.cover_rim - 0.2f * std::abs(base.x) + (base.z < 3 ? -1.5f : 0);
  return is_ear(base) ? 0 : ramp(rim - 0.1f, rim + 0.2f, base.y);
}

float cap_amount(const HairLook& hair, Vec3 base) {
  const float low = hair.cover == Cover::kBeanie && base.z < 4 ? 3
                    : hair.cover == Cover::kCap && base.z < 4  ? 1.2f
                                                               : 0;
  return is_ear(base) ? 0
                      : ramp(hair.cover_rim - low - 0.05f, hair.cover_rim - low + 0.15f, base.y);
}

float cloth_amount(const HairLook& hair, Vec3 base) {
  switch (hair.cover) {
    case Cover::kHeadscarf:
      return scarf_amount(base);
    case Cover::kTurban:
      return turban_amount(hair, base);
    case Cover::kCap:
    case Cover::kBeanie:
      return cap_amount(hair, base);
    case Cover::kNone:
    case Cover::kBald:
      return 0;
  }
  return 0;
}

float mask_amount(Vec3 base) {
  if (base.z < 3.5f) return 0;
  const float top = 1.7f - 0.16f * std::abs(base.x), bottom = -7.2f + 0.1f * square(base.x) * 0.6f;
  return ramp(top + 0.1f, top - 0.15f, base.y) * ramp(bottom - 0.2f, bottom + 0.2f, base.y);
}

float cloth_height(const HairLook& hair, Vec3 base, uint32_t seed) {
  const float fold = noise(base.x * 0.8f + base.z * 0.6f, base.y * 0.5f, seed);
  switch (hair.cover) {
    case Cover::kHeadscarf:
      return (base.y < -4 ? 1.5f : 0.75f) * (0.6f + 0.8f * fold);
    case Cover::kTurban:
      return 1.4f + 0.8f * fold + 0.25f * std::sin((base.y + 0.4f * base.x) * 2.2f) +
             (base.y > 10 ? 0.6f : 0);
    case Cover::kCap:
      return 0.8f;
    default:
      return 0.8f + 0.4f * noise(base.x * 3 + base.z * 2, 0, seed);
  }
}

// Away from the middle of the skull.
Vec3 outwards(Vec3 base) {
  return normalized(base - Vec3{0, std::min(base.y, 4.f), 1});
}

void paint_hair(const Person& person, Vec3 base, SkinPaint& paint, float amount) {
  const HairLook& hair = person.hair;
  // Strands run from the parting down and back.
  const float across = base.z * 1.6f + 0.35f * std::abs(base.x - hair.part) * base.z * 0.1f;
  const float streak =
      0.55f * noise(across * 3.2f, std::abs(base.x - hair.part) * 0.5f + base.y * 0.12f,
                    person.seed + 13) +
      0.45f * noise(across * 8, base.y * 0.35f, person.seed + 14);
  const float tuft = fractal(base.x * 1.1f, base.y * 1.1f + base.z, person.seed + 15, 3, 0.6f);
  const float parted =
      hair.part != 0 && base.y > 9 ? ramp(0.06f, 0.25f, std::abs(base.x - hair.part)) : 1;
  const float scalp = hair.thin * 0.7f * ramp(9.5f, 12, base.y);
  const float cover =
      clamp01(amount * (0.75f + 0.6f * streak)) * (1 - scalp) * mix(0.4f, 1, parted);
  paint.albedo = mix(paint.albedo, hair.color * (0.35f + 0.75f * streak + 0.3f * tuft), cover);
  paint.gloss = mix(paint.gloss, 0.25f * hair.gloss * streak, cover);
  paint.shine = mix(paint.shine, 14, cover);
  paint.bump += Vec3{streak - 0.5f, 0.5f * (tuft - 0.5f), streak - 0.5f} * (cover * 0.9f);
  paint.open *= 1 - 0.35f * cover * (1 - tuft);
}

void paint_cloth(const Person& person, Vec3 base, SkinPaint& paint) {
  const HairLook& hair = person.hair;
  const float weave = fractal(base.x * 0.9f + base.y * 0.3f, base.y * 0.5f + base.z * 0.4f,
                              person.seed + 15, 3, 0.6f);
  paint.albedo =
      cloth_color(hair, base.x + base.z * 0.5f, base.y, person.seed) * (0.75f + 0.5f * weave);
  if (hair.cover == Cover::kBeanie)
    paint.albedo = paint.albedo * (0.75f + 0.35f * std::sin((base.x + base.z) * 9));
  if (hair.cover == Cover::kTurban)
    paint.albedo = paint.albedo * (0.8f + 0.25f * std::sin((base.y + 0.5f * base.x) * 4));
  const float fold = noise(base.x * 1.5f, base.y * 0.8f + base.z, person.seed + 16) - 0.5f;
  paint.bump = Vec3{fold, fold * 0.5f, 0} * 0.9f;
  paint.gloss = 0.04f;
  paint.shine = 8;
}

void paint_mask(const Person& person, Vec3 base, SkinPaint& paint) {
  const bool medical = (person.seed & 1) != 0;
  paint.albedo = medical ? Color{0.45f, 0.62f, 0.7f} : person.hair.cloth;
  const float pleat = std::sin(base.y * 4.2f) * (medical ? 1.f : 0.f);
  paint.bump = Vec3{noise(base.x, base.y, person.seed + 17) - 0.5f, pleat * 0.5f, 0} * 0.6f;
  paint.gloss = 0.05f;
  paint.open *= 0.9f;
}

}  // namespace

float hair_amount(const HairLook& hair, Vec3 base) {
  if (hair.cover == Cover::kBald || hair.cover == Cover::kHeadscarf || is_ear(base)) return 0;
  const float line = hair.line - hair.line_bend * square(base.x) +
                     hair.thin * 1.2f * ramp(4, 2, std::abs(std::abs(base.x) - 3.5f));
  float amount = ramp(line - 0.2f, line + 0.6f, base.y);
  if (base.z < 5.2f)
    amount = std::max(amount, ramp(5, 3.4f, base.z) * ramp(-1.2f, 0.6f, base.y + 0.3f * base.z));
  const float side = std::abs(base.x);
  if (side > hair.side && base.y > 2 && base.z < 6)
    amount = std::max(amount, ramp(hair.side, hair.side + 0.4f, side) * ramp(2, 3, base.y) * 0.9f);
  return amount;
}

void swell_for_cover(const HeadModel& model, const Person& person, std::vector<Vec3>& shape) {
  const HairLook& hair = person.hair;
  for (size_t i = 0; i < 14062; ++i) {  // the face's and the back's vertices
    const Vec3 base = model.head.position[i];
    float height = 0;
    if (const float cloth = cloth_amount(hair, base); cloth > 0) {
      height = cloth * cloth_height(hair, base, person.seed);
    } else if (const float grown = hair_amount(hair, base); grown > 0) {
      const float deep = ramp(hair.line - 0.2f, hair.line + 2.4f, base.y) +
                         (base.z < 4 ? ramp(-1, 3, base.y) * ramp(5.5f, 1, base.z) : 0);
      height = clamp01(deep) * hair.volume *
               (0.65f + 0.7f * noise(base.x * 0.7f + base.z * 0.5f, base.y * 0.6f, person.seed));
    }
    if (person.mask) {
      const float masked = mask_amount(base);
      const float bridge = 0.35f + 0.5f * ramp(2.5f, 0, std::abs(base.x)) * ramp(-5, -1, base.y);
      shape[i] += Vec3{0, 0, 1} * (masked * bridge * 0.7f);
    }
    if (hair.cover == Cover::kHeadscarf && is_ear(base)) shape[i].x *= 0.9f;
    if (height > 0) shape[i] += outwards(base) * height;
  }
}

Label paint_cover(const Person& person, Vec3 base, SkinPaint& paint) {
  const HairLook& hair = person.hair;
  if (person.mask && mask_amount(base) > 0.5f)
    return paint_mask(person, base, paint), Label::kOccluder;
  const float cloth = cloth_amount(hair, base);
  if (cloth > 0.35f) return paint_cloth(person, base, paint), Label::kHeadwear;
  if (cloth > 0) paint.open *= 0.6f;
  if (hair.cover == Cover::kCap && base.z > 5)
    paint.open *= 1 - 0.3f * ramp(hair.cover_rim - 4, hair.cover_rim, base.y);
  const float ragged =
      0.35f * (noise(base.x * 2.2f, base.z * 2.2f + base.y, person.seed + 11) - 0.5f);
  const float grown = hair_amount(hair, base + Vec3{0, ragged, ragged});
  if (grown <= 0.02f) return base.z > 3.5f && base.y > -8.5f ? Label::kFace : Label::kSkin;
  paint_hair(person, base, paint, grown);
  return grown > 0.5f ? Label::kHair : Label::kFace;
}

Color cloth_color(const HairLook& look, float u, float v, uint32_t seed) {
  if (look.pattern == 1) return std::sin(v * 4 + u * 1.5f) > 0.4f ? look.cloth_stripe : look.cloth;
  if (look.pattern == 2) {
    const float motif = noise(u * 1.2f, v * 1.2f, seed + 71);
    return motif > 0.62f ? look.cloth_stripe : look.cloth;
  }
  return look.cloth;
}

}  // namespace vitrine::faces
