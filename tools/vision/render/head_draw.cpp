// SPDX-License-Identifier: MIT
#include "tools/vision/render/head_draw.h"

#include "tools/vision/render/cover.h"
#include "tools/vision/render/eye_paint.h"
#include "tools/vision/render/noise.h"

namespace vitrine::faces {
namespace {

constexpr float kShadowSlack = 0.5f;  // centimetres

// A pixel of a triangle: where it is, on the mean head and in the world.
struct Spot {
  Vec3 base, world, normal;
  float open, upper_lid, lower_lid;
};

class HeadDrawing {
 public:
  HeadDrawing(const PosedHead& head, const Light& light, const DepthMap& shadow, Canvas& canvas)
      : head_(head), model_(*head.model), light_(light), shadow_(shadow), canvas_(canvas) {}

  void run() {
    for (const Triangle& triangle : model_.head.triangles) {
      const Material m = triangle.material;
      if (m == Material::kIrisLeft || m == Material::kIrisRight) continue;  // painted on the white
      if (m == Material::kLashes && head_.person.makeup.lashes < 0.05f) continue;
      draw(triangle, m == Material::kLashes);
    }
  }

 private:
  void draw(const Triangle& triangle, bool two_sided) {
    const auto corner = [&](size_t k) { return static_cast<size_t>(triangle.corner[k]); };
    const size_t a = corner(0), b = corner(1), c = corner(2);
    fill_triangle(canvas_, head_.seen[a], head_.seen[b], head_.seen[c], two_sided,
                  [&](int x, int y, float near, float w0, float w1, float w2) {
                    auto blend = [&](const auto& values) {
                      return values[a] * w0 + values[b] * w1 + values[c] * w2;
                    };
                    Spot spot{blend(model_.head.position),     blend(head_.world),
                              normalized(blend(head_.normal)), blend(model_.openness),
                              blend(model_.upper_lid),         blend(model_.lower_lid)};
                    Label what = Label::kFace;
                    const Color color = paint(triangle.material, spot, what);
                    canvas_.blend(x, y, near, color, two_sided ? lash_cover(spot) : 1, what);
                  });
  }

  // The mesh has a sheet where lashes are: hairs stand close at the lid and thin out.
  float lash_cover(const Spot& spot) const {
    const float away = std::min(spot.upper_lid, 2 * spot.lower_lid);
    const float hairs = noise(spot.base.x * 16 + spot.base.y * 3, 0, head_.person.seed + 83);
    return 0.9f * head_.person.makeup.lashes * ramp(0.45f, 0.02f, away) *
           ramp(0.3f, 0.7f, hairs + 0.3f * ramp(0.2f, 0, away));
  }

  Color paint(Material material, const Spot& spot, Label& what) {
    switch (material) {
      case Material::kFace:
      case Material::kBackHead:
        return skin(spot, what);
      case Material::kScleraLeft:
      case Material::kScleraRight:
        what = Label::kEye;
        return eye(material == Material::kScleraLeft, spot);
      case Material::kTeeth:
        what = Label::kMouth;
        return teeth(spot);
      case Material::kGumsTongue:
        what = Label::kMouth;
        return gums(spot);
      case Material::kLashes:
        what = Label::kEye;
        return light_.ambient[0].color * 0.01f;
      default:
        what = Label::kSkin;
        return Color{};
    }
  }

  Color skin(const Spot& spot, Label& what) {
    SkinPaint paint =
        paint_skin(model_, head_.person, {spot.base, spot.upper_lid, spot.lower_lid, head_.smile});
    what = paint_cover(head_.person, spot.base, paint);
    Surface surface;
    surface.albedo = paint.albedo;
    surface.normal = normalized(spot.normal + head_.view.turn * paint.bump);
    surface.open = paint.open * std::pow(std::max(0.f, spot.open), 0.9f);
    surface.gloss = paint.gloss * paint.open;
    surface.shine = paint.shine;
    surface.wrap = what == Label::kFace || what == Label::kSkin ? 1.f : 0.2f;
    const float lit = key_arrives(light_, shadow_, spot.world) * mix(0.4f, 1, paint.open);
    return shaded(light_, surface, lit);
  }

  Color eye(bool right_of_picture, const Spot& spot) {
    const EyePaint paint =
        paint_eye(head_.person, spot.base - model_.eye_centre[right_of_picture ? 1 : 0]);
    Surface surface;
    surface.albedo = paint.albedo;
    surface.normal = spot.normal;
    surface.open = paint.open;
    surface.gloss = paint.gloss;
    surface.shine = 140;
    surface.wrap = 0.5f;
    return shaded(light_, surface, key_arrives(light_, shadow_, spot.world) * paint.open);
  }

  // The mouth is a cave: the deeper, the darker.
  Color teeth(const Spot& spot) {
    const float gap = std::abs(std::fmod(std::abs(spot.base.x) + 0.02f, 0.78f) - 0.39f);
    const float white = head_.person.teeth;
    Surface surface;
    surface.albedo = Color{white, white * 0.93f, white * 0.78f};
    surface.normal = spot.normal;
    surface.open = ramp(6.5f, 10.6f, spot.base.z) * (1 - 0.3f * ramp(0.33f, 0.39f, gap)) * 0.75f;
    surface.gloss = 0.35f;
    surface.shine = 40;
    surface.wrap = 0.6f;
    return shaded(light_, surface, key_arrives(light_, shadow_, spot.world) * 0.8f) * surface.open;
  }

  Color gums(const Spot& spot) {
    Surface surface;
    const float grain = noise(spot.base.x * 4, spot.base.z * 4, head_.person.seed + 81);
    surface.albedo = Color{0.38f, 0.11f, 0.1f} * (0.75f + 0.5f * grain);
    surface.normal = spot.normal;
    surface.open = ramp(5.5f, 11, spot.base.z) * 0.7f;
    surface.gloss = 0.25f;
    surface.shine = 30;
    surface.wrap = 1;
    return shaded(light_, surface, key_arrives(light_, shadow_, spot.world) * 0.7f) * surface.open;
  }

  const PosedHead& head_;
  const HeadModel& model_;
  const Light& light_;
  const DepthMap& shadow_;
  Canvas& canvas_;
};

}  // namespace

float key_arrives(const Light& light, const DepthMap& shadow, Vec3 world) {
  return shadow.lit(world, kShadowSlack, light.shadow_reach);
}

void draw_head(const PosedHead& head, const Light& light, const DepthMap& shadow, Canvas& canvas) {
  HeadDrawing(head, light, shadow, canvas).run();
}

}  // namespace vitrine::faces
