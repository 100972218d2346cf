// SPDX-License-Identifier: MIT
#include "tools/vision/render/wear.h"

#include "tools/vision/render/ribbon.h"

namespace vitrine::faces {
namespace {

constexpr int kNoseBridge = 978, kNose = 4527;

struct Frame {
  float half_width, half_height, roundness, thickness;
  float lens_x, y, z, curve;
  Color color;
  bool rimless_below;
};

Frame sample_frame(const PosedHead& head, Rng& rng) {
  const std::vector<Vec3>& skin = head.skin;
  Frame frame{};
  frame.half_width = rng.uniform(2.1f, 2.9f);
  frame.half_height = rng.uniform(1.4f, 2.4f);
  frame.roundness = rng.uniform(2, 5);
  frame.thickness = rng.chance(0.5f) ? rng.uniform(0.05f, 0.1f) : rng.uniform(0.12f, 0.3f);
  const Vec3 bridge = skin[kNoseBridge], nose = skin[kNose];
  const float eyes = 0.25f * (skin[1507].y + skin[1528].y + skin[3721].y + skin[3742].y);
  frame.y = eyes - 0.1f + rng.uniform(-0.35f, 0.3f);
  frame.z = mix(bridge.z, nose.z, 0.5f) + rng.uniform(0, 0.5f);
  frame.lens_x = std::max(frame.half_width + 0.3f,
                          0.5f * (skin[3742].x + skin[3721].x) + rng.uniform(-0.1f, 0.25f));
  frame.curve = rng.uniform(0.015f, 0.035f);
  frame.color = rng.chance(0.6f)   ? Color{0.015f, 0.014f, 0.013f}
                : rng.chance(0.4f) ? Color{0.4f, 0.35f, 0.28f}
                                   : sample_cloth_color(rng, 0.8f) * 0.5f;
  frame.rimless_below = rng.chance(0.15f);
  return frame;
}

Vec3 lens_point(const Frame& f, float side, float angle, float share) {
  const float c = std::cos(angle), s = std::sin(angle);
  const float x = f.half_width * std::copysign(std::pow(std::abs(c), 2 / f.roundness), c) * share;
  const float y = f.half_height * std::copysign(std::pow(std::abs(s), 2 / f.roundness), s) * share;
  const float from_middle = f.lens_x + side * x;
  return {side * f.lens_x + x, f.y + y, f.z - f.curve * square(from_middle)};
}

class Glasses {
 public:
  Glasses(const PosedHead& head, const Light& light, Rng& rng, Canvas& canvas)
      : head_(head),
        light_(light),
        canvas_(canvas),
        frame_(sample_frame(head, rng)),
        dark_(head.person.eyewear == Eyewear::kSunglasses),
        glare_(rng.chance(0.4f) ? rng.uniform(0.05f, 0.3f) : 0.01f),
        band_angle_(rng.uniform(-0.6f, 0.6f)),
        band_at_(rng.uniform(-1, 1)),
        tint_(Color{rng.uniform(0, 0.06f), rng.uniform(0, 0.06f), rng.uniform(0, 0.06f)}) {}

  void run() {
    for (float side : {-1.f, 1.f}) lens(side);
    for (float side : {-1.f, 1.f}) {
      rim(side);
      temple(side);
    }
    std::vector<Vec3> bridge;
    for (int i = 0; i <= 6; ++i) {
      const float t = -1 + static_cast<float>(i) / 3;
      bridge.push_back({t * (frame_.lens_x - frame_.half_width),
                        frame_.y + 0.3f * frame_.half_height + 0.25f * (1 - t * t),
                        frame_.z + 0.1f});
    }
    wire(bridge, frame_.thickness);
  }

 private:
  void lens(float side) {
    const Vec3 middle{side * frame_.lens_x, frame_.y,
                      frame_.z - frame_.curve * square(frame_.lens_x)};
    const int steps = 28;
    for (int i = 0; i < steps; ++i) {
      const float a = 6.2831853f * static_cast<float>(i) / steps,
                  b = 6.2831853f * static_cast<float>(i + 1) / steps;
      const Vec3 p[3] = {middle, lens_point(frame_, side, a, 1), lens_point(frame_, side, b, 1)};
      fill_triangle(canvas_, head_.view.see(p[0]), head_.view.see(p[1]), head_.view.see(p[2]), true,
                    [&](int x, int y, float near, float w0, float w1, float w2) {
                      const Vec3 at = (p[0] * w0 + p[1] * w1 + p[2] * w2) - middle;
                      const float band = ramp(0.55f, 0.15f,
                                              std::abs(at.x * std::cos(band_angle_) +
                                                       at.y * std::sin(band_angle_) - band_at_));
                      const Color sky = light_.ambient[0].color * 0.7f + light_.key * 0.12f;
                      if (dark_)
                        canvas_.blend(x, y, near, tint_ + sky * (0.08f + 0.35f * band * glare_ * 3),
                                      0.95f, Label::kEyewear);
                      else
                        canvas_.blend(x, y, near, sky, std::min(0.45f, 0.02f + glare_ * band),
                                      Label::kEyewear);
                    });
    }
  }

  void rim(float side) {
    std::vector<Vec3> line;
    const int steps = 40;
    for (int i = 0; i <= steps; ++i) {
      const float angle = 6.2831853f * static_cast<float>(i) / steps;
      if (frame_.rimless_below && angle > 3.3f && angle < 6.1f) continue;
      line.push_back(lens_point(frame_, side, angle, 1.02f));
    }
    wire(line, frame_.thickness);
  }

  void temple(float side) {
    const float x = side * (frame_.lens_x + frame_.half_width),
                y = frame_.y + frame_.half_height * 0.45f;
    const float z = frame_.z - frame_.curve * square(x);
    const float ear = side * std::max(7.4f, std::abs(head_.skin[side < 0 ? 1225 : 3443].x) + 0.4f);
    std::vector<Vec3> line;
    for (int i = 0; i <= 8; ++i) {
      const float t = static_cast<float>(i) / 8;
      line.push_back({mix(x, ear, std::min(1.f, t * 1.6f)), y - 0.4f * t * t, mix(z, 2.2f, t)});
    }
    wire(line, frame_.thickness * 1.1f);
  }

  void wire(const std::vector<Vec3>& line, float half_width) {
    std::vector<RibbonPoint> points;
    for (Vec3 p : line) points.push_back({head_.view.world(p), half_width});
    draw_ribbon(
        canvas_, head_.view, points, [&](int x, int y, float near, float across, size_t, float) {
          Surface surface{frame_.color, normalized({0.3f * across, -across, 0.6f}), 1, 0.6f, 30, 0};
          canvas_.blend(x, y, near * 1.001f, shaded(light_, surface, 0.9f), 1, Label::kEyewear);
        });
  }

  const PosedHead& head_;
  const Light& light_;
  Canvas& canvas_;
  const Frame frame_;
  const bool dark_;
  const float glare_, band_angle_, band_at_;
  const Color tint_;
};

}  // namespace

void draw_glasses(const PosedHead& head, const Light& light, Rng rng, Canvas& canvas) {
  if (head.person.eyewear != Eyewear::kNone) Glasses(head, light, rng, canvas).run();
}

void draw_peak(const PosedHead& head, const Light& light, Rng rng, Canvas& canvas) {
  const HairLook& hair = head.person.hair;
  if (hair.cover != Cover::kCap || rng.chance(0.15f)) return;  // some turn it round
  const float reach = rng.uniform(4.5f, 7), half = rng.uniform(5.4f, 6.6f),
              rim = hair.cover_rim + 0.4f;
  const int steps = 12;
  auto point = [&](int i, int k) {
    const float a = -1 + 2 * static_cast<float>(i) / steps, out = static_cast<float>(k) / 4;
    return Vec3{a * half, rim - 1.1f * out - 1.0f * a * a,
                10.4f - 2.8f * a * a + out * reach * (1 - 0.55f * a * a)};
  };
  auto triangle = [&](Vec3 a, Vec3 b, Vec3 c, float out) {
    fill_triangle(canvas, head.view.see(a), head.view.see(b), head.view.see(c), true,
                  [&](int x, int y, float near, float, float, float) {
                    const bool below = (head.view.turn * Vec3{0, 1, 0.25f}).z < 0;
                    Surface surface{hair.cloth * (out > 0.8f ? 0.6f : 1),
                                    normalized(head.view.turn * Vec3{0, below ? -1.f : 1.f, 0.4f}),
                                    below ? 0.35f : 0.9f,
                                    0.05f,
                                    8,
                                    0};
                    canvas.blend(x, y, near, shaded(light, surface, below ? 0.1f : 0.9f), 1,
                                 Label::kHeadwear);
                  });
  };
  for (int i = 0; i < steps; ++i) {
    for (int k = 0; k < 4; ++k) {
      triangle(point(i, k), point(i + 1, k), point(i + 1, k + 1), static_cast<float>(k + 1) / 4);
      triangle(point(i, k), point(i + 1, k + 1), point(i, k + 1), static_cast<float>(k + 1) / 4);
    }
  }
}

}  // namespace vitrine::faces
