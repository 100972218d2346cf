// SPDX-License-Identifier: MIT
#include "tools/vision/render/occluder.h"

#include "tools/vision/render/noise.h"
#include "tools/vision/render/ribbon.h"

namespace vitrine::faces {
namespace {

// Lays round and flat things along lines near the head and shades them.
class HeldThing {
 public:
  HeldThing(const PosedHead& head, const Light& light, Rng rng, Canvas& canvas, Vec3 offset)
      : head_(head), light_(light), rng_(rng), canvas_(canvas) {
    const float side = rng_.chance(0.5f) ? 1.f : -1.f;
    place_ = {side * rng_.uniform(1, 8), rng_.uniform(-8, 4), rng_.uniform(12.5f, 16)};
    place_ = place_ + offset;
    skin_ = head.person.skin.color * rng_.uniform(0.8f, 1.15f);
    reach_ = normalized(
        {-side * rng_.uniform(-0.2f, 0.9f), rng_.uniform(0.3f, 1), rng_.uniform(-0.25f, 0.1f)});
    aside_ = normalized(cross(reach_, Vec3{0, 0, 1}));
  }

  void hand() {
    const float spread = rng_.uniform(0.02f, 0.3f), bend = rng_.uniform(-0.3f, 0.5f);
    palm();
    for (int finger = 0; finger < 4; ++finger) {
      const float off = static_cast<float>(finger) - 1.5f;
      const float size = finger == 0 || finger == 3 ? 0.85f : 1;
      const Vec3 way = normalized(reach_ + aside_ * (off * spread));
      round(
          {place_ + reach_ * 3.2f + aside_ * (off * 1.75f),
           place_ + reach_ * 5.4f + aside_ * (off * 1.8f) + way * (1.0f * size),
           place_ + reach_ * 5.4f + aside_ * (off * 1.8f) + way * (3.4f * size) + Vec3{0, 0, -bend},
           place_ + reach_ * 5.4f + aside_ * (off * 1.8f) + way * (5.0f * size) +
               Vec3{0, 0, -2 * bend}},
          {0.92f, 0.88f, 0.8f, 0.62f}, true);
    }
    round({place_ + reach_ * 0.5f + aside_ * 3.2f, place_ + reach_ * 2.4f + aside_ * 4.6f,
           place_ + reach_ * 4.6f + aside_ * 5.0f},
          {1.2f, 0.95f, 0.7f}, true);
    sleeve();
  }

  void phone() {
    const Vec3 top = place_ + reach_ * 8, bottom = place_ - reach_ * 7;
    const Color back = sample_cloth_color(rng_, 0.3f) * 0.4f;
    flat(bottom, top, 3.7f, back);
    const Vec3 lens = top - reach_ * 1.8f - aside_ * 2 + Vec3{0, 0, 0.05f};
    flat(lens - reach_ * 0.8f, lens + reach_ * 0.8f, 0.9f, back * 0.3f);
    place_ = place_ - reach_ * 4 + Vec3{0, 0, 0.6f};
    for (int finger = 0; finger < 4; ++finger) {
      const Vec3 at = place_ + reach_ * (1.8f * static_cast<float>(finger));
      round({at + aside_ * 5, at + aside_ * 3.6f + Vec3{0, 0, 0.5f},
             at + aside_ * rng_.uniform(0.6f, 1.8f) + Vec3{0, 0, 0.3f}},
            {0.9f, 0.85f, 0.65f}, true);
    }
  }

  void cup() {
    const Color paper = sample_cloth_color(rng_, rng_.chance(0.5f) ? 0.2f : 0.8f);
    const Vec3 up{0, 1, 0.2f};
    place_ = {rng_.uniform(-2.5f, 2.5f), rng_.uniform(-9, -4.5f), rng_.uniform(13.5f, 16)};
    round({place_ - up * 6, place_ - up * 2, place_ + up * 2}, {3, 3.5f, 4.1f}, false, paper);
    round({place_ - up * 4, place_ - up * 1}, {3.32f, 3.75f}, false,
          sample_cloth_color(rng_, 0.6f));
    place_ = place_ - up * 3 + Vec3{0, 0, 3.6f};
    for (int finger = 0; finger < 4; ++finger) {
      const Vec3 at = place_ + Vec3{0, 1.7f * static_cast<float>(finger) - 2, 0};
      round({at + Vec3{4, 0, -2}, at + Vec3{1.5f, 0, 0}, at + Vec3{-1.4f, 0, -0.2f}},
            {0.95f, 0.88f, 0.66f}, true);
    }
  }

 private:
  void palm() {
    round({place_ - reach_ * 3.2f, place_, place_ + reach_ * 3.2f, place_ + reach_ * 4.6f},
          {2.7f, 3.9f, 3.8f, 3.3f}, true);
  }

  void sleeve() {
    const Color cloth = sample_cloth_color(rng_, 0.3f);
    round({place_ - reach_ * 22, place_ - reach_ * 8, place_ - reach_ * 5}, {4.4f, 3.6f, 3.2f},
          false, cloth);
    round({place_ - reach_ * 6, place_ - reach_ * 2.5f}, {2.6f, 2.7f}, true);
  }

  void round(const std::vector<Vec3>& line, const std::vector<float>& half, bool skin,
             Color color = {}) {
    std::vector<RibbonPoint> points;
    const int pieces = 4;  // between two of the given points, so that bends are round
    for (size_t i = 0; i + 1 < line.size(); ++i) {
      for (int k = 0; k < pieces + (i + 2 == line.size() ? 1 : 0); ++k) {
        const float t = static_cast<float>(k) / pieces;
        points.push_back(
            {head_.view.world(mix(line[i], line[i + 1], t)), mix(half[i], half[i + 1], t)});
      }
    }
    const uint32_t seed = rng_.bits();
    const Color base = skin ? skin_ : color;
    const size_t last = points.size() - 2;
    draw_ribbon(
        canvas_, head_.view, points,
        [&](int x, int y, float near, float across, size_t piece, float along) {
          const Vec3 way = normalized(points[piece + 1].world - points[piece].world);
          const Vec3 right = normalized(cross(way, Vec3{0, 0, 1}));
          // Fingers end round.
          const float end = skin && piece == last ? std::sqrt(std::max(0.f, 1 - along * along)) : 1;
          if (std::abs(across) > end) return;
          const float grain = noise(across * 3, (static_cast<float>(piece) + along) * 2, seed);
          const Color tint = base * (0.88f + 0.24f * grain) *
                             (skin ? Color{1, 1 - 0.1f * grain, 1 - 0.1f * grain} : Color{1, 1, 1});
          const float bulge = std::sqrt(std::max(0.f, 1 - across * across));
          Surface surface{tint,
                          normalized(right * across + Vec3{0, 0, bulge}),
                          0.45f + 0.5f * bulge,
                          0.15f,
                          18,
                          skin ? 1.f : 0.f};
          canvas_.blend(x, y, near * (1 + 0.004f * bulge), shaded(light_, surface, 0.85f), 1,
                        Label::kOccluder);
        });
  }

  void flat(Vec3 from, Vec3 to, float half, Color color) {
    const std::vector<RibbonPoint> points = {{head_.view.world(from), half},
                                             {head_.view.world(to), half}};
    draw_ribbon(canvas_, head_.view, points,
                [&](int x, int y, float near, float across, size_t, float) {
                  Surface surface{color * (std::abs(across) > 0.95f ? 1.8f : 1.f),
                                  normalized({0.15f * across, 0.1f, 1}),
                                  1,
                                  0.5f,
                                  40,
                                  0};
                  canvas_.blend(x, y, near, shaded(light_, surface, 0.9f), 1, Label::kOccluder);
                });
  }

  const PosedHead& head_;
  const Light& light_;
  Rng rng_;
  Canvas& canvas_;
  Vec3 place_, reach_, aside_;
  Color skin_;
};

}  // namespace

Held sample_held(Rng& rng) {
  const float throw_ = rng.unit();
  return throw_ < 0.06f    ? Held::kHand
         : throw_ < 0.085f ? Held::kPhone
         : throw_ < 0.105f ? Held::kCup
                           : Held::kNothing;
}

void draw_held(Held held, const PosedHead& head, const Light& light, Rng rng, Canvas& canvas,
               Vec3 offset) {
  HeldThing thing(head, light, rng, canvas, offset);
  if (held == Held::kHand) thing.hand();
  if (held == Held::kPhone) thing.phone();
  if (held == Held::kCup) thing.cup();
}

}  // namespace vitrine::faces
