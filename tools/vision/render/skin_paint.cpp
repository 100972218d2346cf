// SPDX-License-Identifier: MIT
#include "tools/vision/render/skin_paint.h"

#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

// One brush stroke after another: each changes the paint where it applies.
class Painter {
 public:
  Painter(const HeadModel& model, const Person& person, const SkinPlace& place)
      : model_(model),
        person_(person),
        skin_(person.skin),
        p_(place.base),
        place_(place),
        side_(std::abs(place.base.x)),
        seed_(person.seed) {
    paint_.albedo = skin_.color;
    paint_.gloss = skin_.oil * (0.5f + 0.9f * grain(0.8f, 41));
    paint_.shine = skin_.shine;
  }

  SkinPaint run() {
    complexion();
    if (p_.z > 5) {
      folds();
      eye_area();
      nostrils();
      stubble_and_beard();
      brow();
      lips();
    }
    return paint_;
  }

 private:
  float grain(float frequency, uint32_t salt) const {
    return noise(p_.x * frequency, (p_.y + 0.37f * p_.z) * frequency, seed_ + salt);
  }

  void complexion() {
    const float spots = fractal(p_.x * 1.3f, p_.y * 1.3f + p_.z, seed_, 4, 0.7f) - 0.5f;
    paint_.albedo = paint_.albedo * (1 + skin_.mottle * spots * 2.2f);
    if (skin_.freckles > 0 && noise(p_.x * 7, p_.y * 7, seed_ + 3) > 0.78f && p_.y > -3)
      paint_.albedo = paint_.albedo * (1 - skin_.freckles * 0.4f);
    const float cheeks = ramp(3.4f, 0, length(Vec2{side_ - 4.6f, p_.y - 0.2f}));
    const float nose = ramp(1.8f, 0, length(Vec2{side_, p_.y + 0.5f})) * ramp(9, 11, p_.z);
    const float ears = ramp(6.9f, 7.7f, side_) * ramp(4.5f, 2, p_.z);
    const float blood = clamp01(cheeks + nose + ears) * skin_.redness;
    const float blush =
        ramp(2.2f, 0, length(Vec2{(side_ - 5) / 2 * 2.2f, p_.y - 0.6f})) * person_.makeup.blush;
    paint_.albedo = paint_.albedo *
                    Color{1, 1 - 0.33f * blood - 0.45f * blush, 1 - 0.3f * blood - 0.36f * blush};
    paint_.bump = Vec3{grain(7, 31) - 0.5f, grain(7, 32) - 0.5f, 0} * skin_.bump;
    paint_.bump += Vec3{grain(2.2f, 33) - 0.5f, grain(2.2f, 34) - 0.5f, 0} * (skin_.bump * 0.8f);
    const Vec2 from_mole = Vec2{p_.x, p_.y} - skin_.mole_place;
    if (skin_.mole > 0 && p_.z > 6 && length(from_mole) < skin_.mole)
      paint_.albedo = paint_.albedo * 0.3f;
  }

  void folds() {
    if (skin_.age > 0.05f && p_.y > 6 && side_ < 5) {  // forehead
      const float wave = std::cos(p_.y * 6.5f + 5 * noise(p_.x * 0.5f, p_.y * 0.3f, seed_ + 51));
      const float where = ramp(6, 7, p_.y) * ramp(5, 3.5f, side_) * grain(0.6f, 52);
      paint_.bump += Vec3{0, wave * where * 0.4f * skin_.age, 0};
      paint_.albedo = paint_.albedo * (1 - 0.16f * skin_.age * where * std::max(0.f, -wave));
    }
    if (skin_.age > 0.15f && side_ > 4.6f && p_.y > 2 && p_.y < 5) {  // crow's feet
      const float wave = std::cos((p_.y + 0.35f * (side_ - 4.6f) * (p_.y - 3.6f)) * 9);
      const float where = ramp(4.7f, 5.2f, side_) * ramp(6.8f, 5.5f, side_);
      paint_.bump += Vec3{0, wave * where * 0.3f * skin_.age, 0};
    }
    if (p_.y < -0.4f && p_.y > -3.6f) {  // from the nose to the mouth's corners
      const float away = side_ - (1.75f + (-0.9f - p_.y) * 0.42f);
      const float deep = (skin_.age * 0.8f + 0.3f * place_.smile + 0.08f) * ramp(-0.4f, -1, p_.y) *
                         ramp(-3.6f, -2.6f, p_.y);
      paint_.bump +=
          Vec3{(p_.x < 0 ? -1.f : 1.f) * away * std::exp(-away * away * 9) * 4 * deep, 0, 0};
      paint_.albedo = paint_.albedo * (1 - 0.3f * deep * std::exp(-away * away * 26));
    }
  }

  void eye_area() {
    if (p_.y < 0.5f || p_.y > 6.2f) return;
    const float bag =
        std::exp(-1.5f * square((side_ - 3) / 1.7f) - square((p_.y - 2.15f) / 0.4f)) * skin_.bags;
    paint_.albedo = paint_.albedo * Color{1 - 0.4f * bag, 1 - 0.5f * bag, 1 - 0.42f * bag};
    const float hollow = std::exp(-square((side_ - 1.75f) / 0.6f) - square((p_.y - 3.4f) / 0.8f));
    paint_.albedo = paint_.albedo * (1 - 0.22f * hollow * (0.4f + skin_.bags));
    const float fold = std::abs(place_.upper_lid - 0.55f);  // the lid's crease runs along its edge
    if (p_.y > 3.3f && place_.upper_lid < 1.4f)
      paint_.albedo = paint_.albedo * (1 - skin_.crease * 0.5f * ramp(0.2f, 0, fold));
    const MakeUp& makeup = person_.makeup;
    if (p_.y > 3.2f && place_.upper_lid < 1.6f) {
      const float shadow = makeup.shadow * ramp(1.25f, 0.2f, place_.upper_lid);
      paint_.albedo = mix(paint_.albedo, makeup.shadow_color, shadow);
    }
    const float line =
        makeup.liner * ramp(makeup.liner_width, makeup.liner_width * 0.3f, place_.upper_lid) +
        0.35f * makeup.liner * ramp(makeup.liner_width * 0.6f, 0.01f, place_.lower_lid);
    paint_.albedo = mix(paint_.albedo, Color{0.012f, 0.009f, 0.008f}, clamp01(line) * 0.9f);
    const float wet = ramp(0.1f, 0.02f, place_.lower_lid) * (1 - clamp01(line));
    paint_.albedo = mix(paint_.albedo, skin_.color * Color{1, 0.7f, 0.68f}, wet * 0.7f);
    paint_.gloss += wet * 0.4f;
  }

  void nostrils() {
    if (p_.z < 10) return;
    const float hole =
        ramp(1.1f, 0.4f, length(Vec2{(side_ - 0.68f) / 0.42f, (p_.y + 1.12f) / 0.3f}));
    paint_.open *= 1 - 0.85f * hole;
  }

  // 0 on the cheeks' upper part … 1 where a beard grows.
  float beard_area() const {
    const BeardLook& beard = person_.beard;
    const float bend = beard.goatee ? -0.045f : 0.016f;
    return ramp(beard.cheek_line + 1.2f, beard.cheek_line - 0.8f, p_.y + bend * p_.x * p_.x);
  }

  void stubble_and_beard() {
    const BeardLook& beard = person_.beard;
    const float lip = model_.lips.distance(p_.x, p_.y);
    if (p_.y > 1 || lip > 0 || (beard.beard <= 0 && beard.stubble <= 0 && beard.moustache <= 0))
      return;
    const float edge = ramp(0, -0.12f, lip);
    const bool above_lip = p_.y < -1.4f && p_.y > -3.1f && side_ < 3.1f;
    const float area = std::max(beard_area(), above_lip ? 0.75f : 0.f) * edge;
    const Color hair = beard.color;
    paint_.albedo = mix(paint_.albedo, hair * 0.7f,
                        clamp01(beard.stubble * area * (0.25f + 0.6f * grain(15, 19))));
    float cover = beard.beard * beard_area() * (beard.goatee ? ramp(3.4f, 2.4f, side_) : 1);
    if (above_lip)
      cover = std::max(cover, beard.moustache * ramp(3.2f, 1.9f, side_) *
                                  ramp(-1.3f, -2.0f, p_.y - 0.12f * side_));
    const float strands = 0.6f * noise(p_.x * 8 + p_.y * 2, p_.y * 2.5f, seed_ + 9) +
                          0.6f * noise(p_.x * 17, p_.y * 5, seed_ + 10);
    cover = clamp01(cover * edge * (0.45f + 0.95f * strands));
    paint_.albedo = mix(paint_.albedo, hair * (0.45f + strands), cover);
    paint_.gloss *= 1 - cover * 0.8f;
    paint_.bump += Vec3{strands - 0.6f, 0, 0} * (cover * 0.5f);
  }

  void brow() {
    const BrowLook& look = person_.brow[p_.x < 0 ? 0 : 1];
    if (side_ < look.inner - 0.25f || side_ > look.outer + 0.25f || p_.y < 3.8f) return;
    const float half = look.half(side_), across = (p_.y - look.middle(side_)) / half;
    if (std::abs(across) > 1.6f) return;
    const float ends = ramp(look.inner - 0.15f, look.inner + 0.25f, side_) *
                       ramp(look.outer + 0.1f, look.outer - 0.25f, side_);
    const float lean = look.slant * (p_.y - look.middle(side_)) * ramp(0.8f, 3, side_);
    const float strands = noise((side_ - lean) * 13, p_.y * 2.4f + side_, seed_ + 5) * 0.55f +
                          noise((side_ - lean) * 26, p_.y * 5, seed_ + 6) * 0.45f + 0.1f;
    const float edge = 1 - look.grain * 0.45f * strands;
    const float cover = clamp01(ramp(1.28f, 0.55f, std::abs(across) * edge) * ends * look.density *
                                (0.45f + 1.0f * strands));
    paint_.albedo = mix(paint_.albedo, look.color, cover);
    paint_.gloss *= 1 - cover;
  }

  void lips() {
    const LipLook& look = person_.lips;
    const float inside = model_.lips.distance(p_.x, p_.y);
    const float on = ramp(-look.softness, look.softness, inside);
    if (on <= 0) return;
    const float lines = noise(p_.x * 6, p_.y * 1.2f, seed_ + 61);
    const float rim = ramp(0.28f, 0.05f, inside);  // the border is a little darker
    const Color paint = look.color * ((0.86f + 0.28f * lines) * (1 - 0.12f * rim));
    paint_.albedo = mix(paint_.albedo, paint, on * look.opacity);
    paint_.gloss = mix(paint_.gloss, paint_.gloss * 0.5f + look.gloss, on);
    paint_.shine = mix(paint_.shine, 50, on);
    paint_.bump += Vec3{noise(p_.x * 7, p_.y, seed_ + 62) - 0.5f, 0, 0} * (on * 0.25f);
  }

  const HeadModel& model_;
  const Person& person_;
  const SkinLook& skin_;
  const Vec3 p_;
  const SkinPlace& place_;
  const float side_;
  const uint32_t seed_;
  SkinPaint paint_{};
};

}  // namespace

SkinPaint paint_skin(const HeadModel& model, const Person& person, const SkinPlace& place) {
  return Painter(model, person, place).run();
}

}  // namespace vitrine::faces
