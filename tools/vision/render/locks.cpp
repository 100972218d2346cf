// SPDX-License-Identifier: MIT
#include "tools/vision/render/locks.h"

#include "tools/vision/render/cover.h"
#include "tools/vision/render/head_draw.h"
#include "tools/vision/render/noise.h"
#include "tools/vision/render/ribbon.h"

namespace vitrine::faces {
namespace {

// How the locks of a hair style grow.
struct Growth {
  int count;
  float shortest, longest;  // centimetres
  float width;
  float weight;  // how fast they bend down
  float stand;   // how much they stand off the scalp
  float wildness;
};

Growth growth_of(const HairLook& hair, Rng& rng) {
  switch (hair.style) {
    case HairStyle::kCropped:
      return {900, 0.3f, 1.0f, 0.12f, 0.5f, rng.uniform(0.1f, 0.5f), 0.3f};
    case HairStyle::kShort:
      return {1100,
              1.5f,
              rng.uniform(3, 5.5f),
              0.26f,
              rng.uniform(0.6f, 1.2f),
              rng.uniform(0.02f, 0.3f),
              rng.uniform(0.1f, 0.35f)};
    case HairStyle::kMedium:
      return {800, 8, rng.uniform(11, 18), 0.5f, 1, 0.2f, 0.15f};
    case HairStyle::kLong:
      return {800, 18, rng.uniform(24, 42), 0.6f, 1, 0.15f, 0.12f};
    case HairStyle::kCurly:
      return {1100, 3, rng.uniform(4, 14), 0.35f, rng.uniform(0.1f, 0.5f), rng.uniform(0.4f, 1),
              0.5f};
    case HairStyle::kTiedBack:
      return {450, 4, 9, 0.35f, 0.1f, 0.02f, 0.05f};
    case HairStyle::kBraids:
      return {240, 16, rng.uniform(20, 40), 0.42f, 1, 0.25f, 0.1f};
  }
  return {};
}

// Keeps a point off the skull (k > 1: by that much) and off the face.
Vec3 kept_off(Vec3 p, float k, float line, bool fringe) {
  const Vec3 skull{8, 10.2f, 9.8f}, middle{0, 4.4f, 0.7f};
  const Vec3 e{(p.x - middle.x) / skull.x, (p.y - middle.y) / skull.y, (p.z - middle.z) / skull.z};
  const float r = length(e);
  if (r < k && p.y > -2) {
    const float grow = k / std::max(r, 0.3f);
    p = {middle.x + (p.x - middle.x) * grow,
         p.y > middle.y ? middle.y + (p.y - middle.y) * grow : p.y,
         middle.z + (p.z - middle.z) * grow};
  }
  if (!fringe && p.y < line - 0.8f && p.z > 4.2f && std::abs(p.x) < 7.2f) {
    p.z = std::min(p.z, 5.2f);
    p.x = (p.x < 0 ? -1.f : 1.f) * std::max(std::abs(p.x), 7.0f);
  }
  return p;
}

class LockDrawing {
 public:
  LockDrawing(const PosedHead& head, const Light& light, const DepthMap& shadow, Rng rng,
              Canvas& canvas)
      : head_(head),
        hair_(head.person.hair),
        light_(light),
        shadow_(shadow),
        rng_(rng),
        canvas_(canvas) {}

  void hair() {
    const Growth growth = growth_of(hair_, rng_);
    for (int i = 0; i < growth.count; ++i) {
      const int root =
          head_.model
              ->scalp[static_cast<size_t>(rng_.pick(static_cast<int>(head_.model->scalp.size())))];
      const Vec3 base = head_.model->head.position[static_cast<size_t>(root)];
      if (hair_amount(hair_, base) < rng_.uniform(0.3f, 0.9f)) continue;
      if (hair_.thin * ramp(9.5f, 12, base.y) > rng_.unit()) continue;
      draw_line(grown(root, base, growth), growth.width * rng_.uniform(0.6f, 1.3f), hair_.color,
                head_.person.hair.style == HairStyle::kBraids);
    }
  }

  // A beard's own silhouette: short locks along the jaw.
  void beard() {
    const BeardLook& beard = head_.person.beard;
    const HeadModel& model = *head_.model;
    for (int i = 0; i < 1500; ++i) {
      const int root = rng_.pick(6706);
      const Vec3 base = model.head.position[static_cast<size_t>(root)];
      const float line =
          beard.cheek_line - 1.2f + (beard.goatee ? 0.045f : -0.016f) * base.x * base.x;
      if (base.z < 5.5f || base.y > line || base.y < -9 ||
          model.lips.distance(base.x, base.y) > -0.25f)
        continue;
      if (beard.goatee && std::abs(base.x) > 2.8f) continue;
      std::vector<Vec3> line_points{head_.shape[static_cast<size_t>(root)]};
      Vec3 way = normalized(model.normal[static_cast<size_t>(root)] * 0.7f + Vec3{0, -0.8f, 0.1f} +
                            jitter(0.35f));
      const float step = beard.length * rng_.uniform(0.5f, 1.1f) / 4;
      for (int k = 0; k < 4; ++k) {
        way = normalized(way + Vec3{0, -0.25f, 0} + jitter(hair_.curl * 0.4f));
        line_points.push_back(line_points.back() + way * step);
      }
      draw_line(line_points, 0.09f, beard.color, false);
    }
  }

 private:
  Vec3 jitter(float size) { return Vec3{rng_.normal(), rng_.normal(), rng_.normal()} * size; }

  std::vector<Vec3> grown(int root, Vec3 base, const Growth& growth) {
    const bool fringe = hair_.fringe > 0 && base.z > 4 && base.y > 7.5f;
    const float reach = fringe ? hair_.fringe * rng_.uniform(0.7f, 1.15f) + 1.6f
                               : rng_.uniform(growth.shortest, growth.longest);
    const int steps = reach > 15 ? 14 : 8;
    const float step = reach / static_cast<float>(steps), phase = rng_.uniform(0, 6.28f),
                turn = rng_.uniform(0.8f, 2.2f);
    Vec3 way = first_way(base, growth, fringe);
    std::vector<Vec3> line{head_.shape[static_cast<size_t>(root)] - way * 0.15f};
    for (int k = 0; k < steps; ++k) {
      const float t = phase + static_cast<float>(k) * turn;
      const Vec3 curl{std::cos(t), std::sin(t * 1.3f), std::sin(t)};
      way = normalized(way + Vec3{0, -1, fringe ? -0.2f : 0} * (growth.weight * step * 0.45f) +
                       curl * (hair_.curl * 0.7f));
      const float k_out = 1.02f + hair_.volume * 0.06f;
      line.push_back(kept_off(line.back() + way * step, k_out, hair_.line, fringe));
    }
    return line;
  }

  Vec3 first_way(Vec3 base, const Growth& growth, bool fringe) {
    const Vec3 out = normalized(base - Vec3{0, 4, 1});
    if (fringe)
      return normalized({(base.x > hair_.part ? 0.35f : -0.35f) + 0.15f * rng_.normal(), 0.05f, 1});
    const float side = base.x > hair_.part ? 0.8f : -0.8f;
    const bool back = hair_.style == HairStyle::kTiedBack;
    Vec3 along = back ? Vec3{-base.x * 0.06f, 0.1f, -1.2f}
                      : Vec3{side * rng_.uniform(0.6f, 1.2f), 0.05f, rng_.uniform(-0.6f, 0.15f)};
    along = along - out * dot(along, out);  // flat on the scalp, whatever side of it
    return normalized(along + out * (growth.stand * 1.2f) + jitter(growth.wildness * 0.5f));
  }

  void draw_line(const std::vector<Vec3>& line, float width, Color hair, bool braid) {
    std::vector<RibbonPoint> points;
    std::vector<Color> colors;
    const float tint = rng_.uniform(0.6f, 1.4f);
    const uint32_t seed = rng_.bits();
    for (size_t k = 0; k < line.size(); ++k) {
      const float t = static_cast<float>(k) / static_cast<float>(line.size() - 1);
      const float knot = braid ? 0.8f + 0.25f * std::sin(static_cast<float>(k) * 2.4f) : 1;
      points.push_back({head_.view.world(line[k]),
                        width * knot * (t < 0.7f ? 1 : mix(1, 0.25f, (t - 0.7f) / 0.3f))});
    }
    for (size_t k = 0; k < line.size(); ++k) colors.push_back(lit_color(points, k, hair) * tint);
    draw_ribbon(
        canvas_, head_.view, points,
        [&](int x, int y, float near, float across, size_t piece, float along) {
          const float v = static_cast<float>(piece) + along;
          const float strand = noise(across * 3, v * 0.4f, seed);
          if (std::abs(across) > 0.55f + 0.6f * noise(v * 1.5f, across > 0 ? 3.f : 9.f, seed))
            return;
          const Color color =
              mix(colors[piece], colors[piece + 1], along) * (0.55f + 0.9f * strand);
          canvas_.blend(x, y, near * 1.002f, color, 0.85f, Label::kHair);
        });
  }

  // Hair shines across its strands: a highlight where light and eye meet at the same angle.
  Color lit_color(const std::vector<RibbonPoint>& points, size_t k, Color hair) const {
    const Vec3 along = normalized(points[std::min(k + 1, points.size() - 1)].world -
                                  points[k > 0 ? k - 1 : 0].world);
    const float to_light = dot(along, light_.key_direction);
    const float diffuse = std::sqrt(std::max(0.f, 1 - to_light * to_light));
    const float half = dot(along, normalized(light_.key_direction + Vec3{0, 0, 1}));
    const float shine = std::pow(std::max(0.f, 1 - half * half), 18.f) * hair_.gloss;
    const float lit = 1 - light_.shadow * (1 - key_arrives(light_, shadow_, points[k].world));
    const float deep =
        0.4f + 0.6f * ramp(0, 0.4f, static_cast<float>(k) / static_cast<float>(points.size()));
    const Vec3 out = normalized(points[k].world - head_.view.world({0, 3, 1}));
    Color sum = light_.key * (diffuse * lit * 0.75f *
                              std::max(0.15f, 0.5f + 0.5f * dot(out, light_.key_direction)));
    for (const Lobe& lobe : light_.ambient)
      sum += lobe.color * (0.8f * square(0.5f + 0.5f * dot(out, lobe.direction)));
    sum += light_.rim * (0.7f * std::max(0.f, dot(out, light_.rim_direction))) +
           light_.fill * (0.5f * std::max(0.f, dot(out, light_.fill_direction)));
    return (hair * sum + light_.key * (shine * lit * (0.012f + 0.35f * luminance(hair)))) * deep;
  }

  const PosedHead& head_;
  const HairLook& hair_;
  const Light& light_;
  const DepthMap& shadow_;
  Rng rng_;
  Canvas& canvas_;
};

}  // namespace

void draw_locks(const PosedHead& head, const Light& light, const DepthMap& shadow, Rng rng,
                Canvas& canvas) {
  LockDrawing drawing(head, light, shadow, rng, canvas);
  if (head.person.hair.cover == Cover::kNone) drawing.hair();
  if (head.person.beard.beard > 0.55f && !head.person.mask) drawing.beard();
}

}  // namespace vitrine::faces
