// SPDX-License-Identifier: MIT
#include "tools/vision/render/shape.h"

namespace vitrine::faces {
namespace {

using Vertices = std::vector<Vec3>;

void add_identity(const HeadData& head, Rng rng, Vertices& vertices) {
  const float spread = rng.uniform(0.5f, 1.4f);
  const int modes = static_cast<int>(head.identity.scale.size());
  for (int k = 0; k < modes; ++k) {
    head.add(head.identity, k, std::clamp(rng.normal(), -2.3f, 2.3f) * spread, vertices);
  }
}

// 1 at the centre, falling off smoothly; `sharpness` in 1 / square centimetres.
float nearby(Vec3 place, Vec3 centre, float sharpness) {
  const Vec3 d = place - centre;
  return square(1 / (1 + dot(d, d) * sharpness));
}

struct Bump {
  Vec3 centre, move;
  float sharpness;
  bool symmetric;
};

std::vector<Bump> sample_bumps(Rng& rng) {
  std::vector<Bump> bumps(static_cast<size_t>(3 + rng.pick(5)));
  for (Bump& bump : bumps) {
    bump.centre = {rng.uniform(-7, 7), rng.uniform(-8, 9), rng.uniform(4, 11)};
    bump.move = {rng.normal() * 0.14f, rng.normal() * 0.14f, rng.normal() * 0.18f};
    bump.sharpness = 1 / square(rng.uniform(2, 4.5f));
    bump.symmetric = rng.chance(0.75f);
  }
  return bumps;
}

// People differ in more than the scanned ones did: proportions, size of the features, small
// asymmetries.
void vary_beyond_scans(const HeadData& head, Rng rng, Vertices& vertices) {
  const Vec3 proportions{1 + rng.normal() * 0.045f, 1 + rng.normal() * 0.045f,
                         1 + rng.normal() * 0.05f};
  const float eyes = rng.normal() * 0.06f, mouth = rng.normal() * 0.08f,
              nose = rng.normal() * 0.09f;
  const float child =
      rng.chance(0.12f) ? rng.uniform(0.3f, 1) : 0;  // lower face smaller, eyes larger
  const std::vector<Bump> bumps = sample_bumps(rng);
  for (size_t i = 0; i < vertices.size(); ++i) {
    const Vec3 base = head.position[i];
    Vec3& p = vertices[i];
    for (float side : {-1.f, 1.f}) {
      const Vec3 eye{side * 3.15f, 3.6f, 8.6f};
      p += (base - eye) * ((eyes + 0.1f * child) * nearby(base, eye, 0.2f));
    }
    p.x += base.x * mouth * nearby(base, {0, -3, 10}, 0.09f);
    p.x += base.x * (nose - 0.1f * child) * nearby(base, {0, -0.6f, 11}, 0.25f);
    if (child > 0 && base.z > -2) p.y = mix(p.y, 2 + (p.y - 2) * 0.9f, child * ramp(2, -3, base.y));
    for (const Bump& bump : bumps) {
      p += bump.move * nearby(base, bump.centre, bump.sharpness);
      if (!bump.symmetric) continue;
      const Vec3 other{-bump.centre.x, bump.centre.y, bump.centre.z};
      p += Vec3{-bump.move.x, bump.move.y, bump.move.z} * nearby(base, other, bump.sharpness);
    }
    p = p * proportions;
  }
}

}  // namespace

Vertices sample_shape(const HeadModel& model, const std::vector<float>& expression,
                      const Rng& rng) {
  Vertices vertices = model.head.position;
  add_identity(model.head, rng.stream("identity"), vertices);
  for (size_t k = 0; k < expression.size(); ++k) {
    if (expression[k] > 0.003f)
      model.head.add(model.head.expression, static_cast<int>(k), expression[k], vertices);
  }
  vary_beyond_scans(model.head, rng.stream("beyond"), vertices);
  return vertices;
}

}  // namespace vitrine::faces
