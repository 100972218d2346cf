// SPDX-License-Identifier: MIT
#include "tools/vision/render/person.h"

namespace vitrine::faces {
namespace {

// The Monk Skin Tone scale as published, sRGB.
constexpr float kMonk[10][3] = {{246, 237, 228}, {243, 231, 219}, {247, 234, 208}, {234, 218, 186},
                                {215, 189, 150}, {160, 126, 86},  {130, 92, 67},   {96, 65, 52},
                                {58, 49, 42},    {41, 36, 32}};
// Skin in even light sends back about this much of what white paper does in the scale's
// photographs.
constexpr float kSkinLevel = 0.74f;
// The outermost layer of skin, which has no pigment, sends this much back by itself. Without it the
// scale's last two swatches, colours for a screen, would be darker than people are: a lightness L*
// of 16 and 9 instead of 28 and 25. docs/vision/render.md
constexpr Color kUnpigmented{0.05f, 0.031f, 0.019f};

float linear(float srgb) {
  return std::pow(srgb / 255, 2.2f);
}

Color monk_color(float tone) {
  const int i = std::clamp(static_cast<int>(tone), 0, 8);
  const float t = std::clamp(tone - static_cast<float>(i), -0.4f, 1.4f);
  float c[3];
  for (int k = 0; k < 3; ++k)
    c[k] = std::max(0.008f, mix(linear(kMonk[i][k]), linear(kMonk[i + 1][k]), t));
  const Color pigmented{c[0], c[1], c[2]};
  return kUnpigmented + pigmented * (Color{kSkinLevel, kSkinLevel, kSkinLevel} - kUnpigmented);
}

SkinLook sample_skin(Rng rng, Tones tones) {
  SkinLook skin{};
  skin.tone = tones.first + rng.pick(tones.count);
  skin.color = monk_color(static_cast<float>(skin.tone) + rng.uniform(-0.4f, 0.4f));
  // The scale's swatches are yellowish. Blood shows through skin: light ones are pink rather than
  // khaki, dark ones warm rather than black.
  const float blood = rng.uniform(0.3f, 1) * (skin.tone < 6 ? 1.f : 0.45f);
  skin.color = skin.color * Color{1 + 0.06f * blood, 1 - 0.22f * blood,
                                  1 - 0.28f * blood * rng.uniform(0.6f, 1.1f)};
  skin.color = skin.color * rng.uniform(0.88f, 1.12f);
  skin.redness = rng.uniform(0, 0.35f);
  skin.mottle = rng.uniform(0.02f, 0.16f);
  skin.freckles = rng.chance(0.15f) ? rng.uniform(0.2f, 0.7f) : 0;
  skin.age = rng.chance(0.4f) ? rng.uniform(0.2f, 1) : rng.uniform(0, 0.2f);
  skin.bags = rng.uniform(0, 0.4f);
  skin.crease = rng.uniform(0, 0.6f);
  skin.bump = rng.uniform(0.02f, 0.13f);
  skin.oil = rng.uniform(0.05f, 0.5f);
  skin.shine = rng.log_uniform(9, 60);
  skin.mole = rng.chance(0.15f) ? rng.uniform(0.1f, 0.2f) : 0;
  skin.mole_place = {rng.uniform(-4, 4), rng.uniform(-5, 7)};
  return skin;
}

Color sample_hair_color(Rng rng, const SkinLook& skin) {
  if (rng.chance(0.14f)) {
    const float grey = rng.uniform(0.12f, 0.6f);
    return {grey, grey * 0.98f, grey * 0.94f};
  }
  if (rng.chance(skin.tone > 4 ? 0.92f : 0.5f)) {
    const float dark = rng.log_uniform(0.006f, 0.04f);
    return {dark * 1.25f, dark, dark * 0.8f};
  }
  const float light = rng.log_uniform(0.04f, 0.32f);  // brown to blond, some red
  return {light, light * rng.uniform(0.5f, 0.8f), light * rng.uniform(0.22f, 0.5f)};
}

BrowLook sample_brow(Rng& rng, Color hair, const SkinLook& skin, bool feminine) {
  BrowLook brow{};
  brow.lift = rng.normal() * 0.13f;
  brow.arch = rng.uniform(-0.1f, feminine ? 0.35f : 0.2f);
  brow.inner = rng.uniform(0.95f, 1.6f);
  brow.outer = rng.uniform(5, 5.8f);
  brow.half_width = feminine ? rng.uniform(0.18f, 0.34f) : rng.uniform(0.24f, 0.46f);
  brow.taper = rng.uniform(0.25f, 0.7f);
  brow.density = rng.chance(0.12f) ? rng.uniform(0.15f, 0.4f) : rng.uniform(0.5f, 1);
  brow.grain = rng.uniform(0.4f, 1);
  brow.slant = rng.uniform(0.5f, 1.6f);
  brow.color = mix(hair * rng.uniform(0.35f, 0.9f), skin.color * 0.25f, rng.uniform(0, 0.5f));
  if (luminance(brow.color) > luminance(skin.color) * 0.7f) brow.color = skin.color * 0.45f;
  return brow;
}

LipLook sample_lips(Rng rng, const SkinLook& skin, bool feminine) {
  LipLook lips{};
  lips.lipstick = rng.chance(feminine ? 0.45f : 0.02f);
  if (lips.lipstick) {
    const float depth = rng.log_uniform(0.06f, 0.6f);
    lips.color = {depth, depth * rng.uniform(0.06f, 0.5f), depth * rng.uniform(0.08f, 0.55f)};
    lips.opacity = rng.uniform(0.6f, 1);
    lips.gloss = rng.chance(0.4f) ? rng.uniform(0.5f, 1.2f) : rng.uniform(0, 0.4f);
    lips.softness = rng.uniform(0.02f, 0.06f);
    return lips;
  }
  const float pink = rng.uniform(0.3f, 1) * (skin.tone > 6 ? 0.5f : 1.f);
  lips.color = skin.color *
               Color{rng.uniform(0.72f, 0.98f), mix(0.86f, 0.5f, pink), mix(0.88f, 0.55f, pink)};
  lips.opacity = rng.uniform(0.4f, 1);
  lips.gloss = rng.uniform(0.05f, 0.6f);
  lips.softness = rng.uniform(0.05f, 0.2f);
  return lips;
}

EyeLook sample_eyes(Rng rng) {
  EyeLook eyes{};
  const float dark = rng.log_uniform(0.008f, 0.09f);
  eyes.iris = rng.chance(0.72f) ? Color{dark, dark * 0.6f, dark * 0.35f}
                                : Color{rng.uniform(0.04f, 0.2f), rng.uniform(0.1f, 0.28f),
                                        rng.uniform(0.08f, 0.36f)};
  eyes.pupil = rng.uniform(0.1f, 0.22f);
  // On the mean head an iris whose rim is 11.2 to 12.8 mm wide; 11.7 on average in people
  // (docs/vision/tracker.md).
  eyes.iris_radius = rng.uniform(0.37f, 0.43f);
  eyes.white = rng.uniform(0.28f, 0.52f);
  return eyes;
}

MakeUp sample_makeup(Rng rng, const SkinLook& skin, bool feminine) {
  MakeUp makeup{};
  const bool worn = rng.chance(feminine ? 0.6f : 0.03f);
  makeup.shadow = worn && rng.chance(0.6f) ? rng.uniform(0.2f, 0.8f) : rng.uniform(0, 0.12f);
  makeup.shadow_color = rng.chance(0.35f) ? sample_cloth_color(rng, 0.8f) * 0.5f
                                          : skin.color * rng.uniform(0.25f, 0.6f);
  makeup.liner = worn && rng.chance(0.7f) ? rng.uniform(0.4f, 1) : rng.uniform(0.1f, 0.5f);
  makeup.liner_width = rng.uniform(0.035f, worn ? 0.1f : 0.06f);
  makeup.blush = worn ? rng.uniform(0, 0.5f) : rng.uniform(0, 0.15f);
  makeup.lashes = worn ? rng.uniform(0.5f, 1) : rng.uniform(0, 0.7f);
  return makeup;
}

BeardLook sample_beard(Rng rng, Color hair, bool feminine) {
  BeardLook beard{};
  beard.color = hair * rng.uniform(0.7f, 1.2f);
  if (feminine) return beard;
  if (rng.chance(0.45f)) beard.stubble = rng.uniform(0.1f, 0.6f);
  if (rng.chance(0.38f)) beard.beard = rng.uniform(0.4f, 1);
  beard.moustache = beard.beard > 0 ? (rng.chance(0.85f) ? beard.beard : 0)
                                    : (rng.chance(0.12f) ? rng.uniform(0.4f, 1) : 0);
  beard.cheek_line = rng.uniform(-3.2f, -0.8f);
  beard.length = rng.chance(0.5f) ? rng.uniform(0.2f, 0.8f) : rng.uniform(0.5f, 3.5f);
  beard.goatee = rng.chance(0.28f);
  return beard;
}

Cover sample_cover(Rng& rng, bool feminine) {
  const float throw_ = rng.unit();
  if (throw_ < 0.09f) return Cover::kHeadscarf;
  if (throw_ < 0.13f) return Cover::kCap;
  if (throw_ < 0.16f) return Cover::kBeanie;
  if (throw_ < 0.18f) return Cover::kTurban;
  if (throw_ < (feminine ? 0.19f : 0.28f)) return Cover::kBald;
  return Cover::kNone;
}

HairStyle sample_style(Rng& rng, bool feminine, int tone) {
  const float throw_ = rng.unit();
  if (feminine) {
    if (throw_ < 0.42f) return HairStyle::kLong;
    if (throw_ < 0.58f) return HairStyle::kMedium;
    if (throw_ < 0.76f) return HairStyle::kTiedBack;
    if (throw_ < 0.88f) return tone > 4 ? HairStyle::kBraids : HairStyle::kMedium;
    return throw_ < 0.95f ? HairStyle::kCurly : HairStyle::kShort;
  }
  if (throw_ < 0.4f) return HairStyle::kCropped;
  if (throw_ < 0.78f) return HairStyle::kShort;
  if (throw_ < 0.86f) return HairStyle::kCurly;
  return throw_ < 0.94f ? HairStyle::kMedium : HairStyle::kTiedBack;
}

HairLook sample_hair(Rng rng, Color color, const SkinLook& skin, bool feminine) {
  HairLook hair{};
  hair.cover = sample_cover(rng, feminine);
  hair.style = sample_style(rng, feminine, skin.tone);
  hair.color = color;
  hair.line = rng.uniform(8.2f, feminine ? 9.6f : 10.8f);
  hair.line_bend = rng.uniform(0.0f, 0.04f);
  const bool flat = hair.style == HairStyle::kCropped || hair.style == HairStyle::kTiedBack ||
                    hair.style == HairStyle::kBraids;
  hair.volume = flat                              ? rng.uniform(0.05f, 0.5f)
                : hair.style == HairStyle::kCurly ? rng.uniform(1.2f, 4)
                                                  : rng.uniform(0.5f, 2);
  if (hair.cover != Cover::kNone) hair.volume = rng.uniform(0.2f, 0.6f);
  hair.side = rng.uniform(6.4f, 7.6f);
  hair.part = rng.chance(0.4f) ? 0.f : rng.uniform(-3, 3);
  hair.fringe = !flat && rng.chance(feminine ? 0.4f : 0.3f) ? rng.uniform(1, 4.2f) : 0;
  hair.curl = hair.style == HairStyle::kCurly ? rng.uniform(0.5f, 1)
              : rng.chance(0.35f)             ? rng.uniform(0.1f, 0.4f)
                                              : rng.uniform(0, 0.1f);
  hair.gloss = rng.uniform(0.2f, 1.2f);
  hair.thin = !feminine && rng.chance(0.25f) ? rng.uniform(0.2f, 0.8f) : rng.uniform(0, 0.15f);
  hair.cloth = rng.chance(0.25f) ? Color{0.012f, 0.012f, 0.014f}
                                 : sample_cloth_color(rng, rng.chance(0.5f) ? 0.3f : 0.8f);
  hair.cloth_stripe = sample_cloth_color(rng, 0.6f);
  hair.pattern = rng.chance(0.65f) ? 0 : 1 + rng.pick(2);
  hair.cover_rim = rng.uniform(7.0f, 9.2f);
  return hair;
}

}  // namespace

float BrowLook::middle(float x) const {
  const float t = (x - 1.0f) / 4.8f;  // 0 at the nose, 1 at the temple
  const float line =
      5.62f + 0.82f * t + 0.5f * t * (1 - t) - 1.25f * std::max(0.f, t - 0.45f) * (t + 0.35f);
  return line + lift + arch * 2 * t * (1 - t);
}

float BrowLook::half(float x) const {
  const float t = clamp01((x - inner) / (outer - inner));
  return half_width * (1 - 0.25f * ramp(0.15f, 0, t)) * mix(1, 1 - taper, ramp(0.45f, 1, t));
}

Color sample_cloth_color(Rng& rng, float saturation) {
  const float level = square(rng.uniform(0.12f, 0.95f));
  Color c{1 + saturation * rng.uniform(-1, 1), 1 + saturation * rng.uniform(-1, 1),
          1 + saturation * rng.uniform(-1, 1)};
  c = c * (level / std::max(0.2f, luminance(c)));
  return {clamp01(c.x), clamp01(c.y), clamp01(c.z)};
}

Person sample_person(const Rng& base, Tones tones) {
  Rng rng = base.stream("person");
  Person person{};
  person.seed = rng.bits();
  person.feminine = rng.chance(0.5f);
  person.skin = sample_skin(base.stream("skin"), tones);
  const Color hair = sample_hair_color(base.stream("hair color"), person.skin);
  person.brow[0] = sample_brow(rng, hair, person.skin, person.feminine);
  person.brow[1] = person.brow[0];
  person.brow[1].lift += rng.normal() * 0.04f;
  person.lips = sample_lips(base.stream("lips"), person.skin, person.feminine);
  person.eyes = sample_eyes(base.stream("eyes"));
  person.makeup = sample_makeup(base.stream("makeup"), person.skin, person.feminine);
  person.beard = sample_beard(base.stream("beard"), hair, person.feminine);
  const Color worn =
      rng.chance(0.03f) ? sample_cloth_color(rng, 0.9f) * 0.4f : hair;  // some are dyed
  person.hair = sample_hair(base.stream("hair"), worn, person.skin, person.feminine);
  person.eyewear = rng.chance(0.17f)   ? Eyewear::kGlasses
                   : rng.chance(0.05f) ? Eyewear::kSunglasses
                                       : Eyewear::kNone;
  person.mask = rng.chance(0.025f);
  person.teeth = rng.uniform(0.3f, 0.62f);
  return person;
}

}  // namespace vitrine::faces
