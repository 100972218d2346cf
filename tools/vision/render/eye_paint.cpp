// SPDX-License-Identifier: MIT
#include "tools/vision/render/eye_paint.h"

#include "tools/vision/render/noise.h"

namespace vitrine::faces {

EyePaint paint_eye(const Person& person, Vec3 from_centre) {
  const EyeLook& look = person.eyes;
  const Vec3 d = normalized(from_centre);
  const float angle = std::acos(std::clamp(d.z, -1.f, 1.f)), around = std::atan2(d.y, d.x);
  EyePaint paint{};
  paint.open = 0.3f + 0.65f * ramp(0.75f, -0.1f, d.y) *
                          ramp(1.25f, 0.7f, angle);  // the upper lid shades the ball
  paint.gloss = angle < look.iris_radius + 0.1f ? 3.2f : 1.1f;
  const float rays = noise(angle * 14, around * 7, person.seed);
  const Color iris =
      look.iris * ((0.6f + 0.75f * rays) *
                   (1 - 0.55f * ramp(look.iris_radius - 0.1f, look.iris_radius, angle)));
  const float veins = ramp(0.7f, 1, noise(around * 9, angle * 5, person.seed + 71));
  const Color white{look.white, look.white * (0.94f - 0.12f * veins),
                    look.white * (0.9f - 0.12f * veins)};
  const float lid_red = ramp(0.9f, 1.3f, angle) * 0.35f;
  const Color ball =
      mix(white, Color{look.white * 0.9f, look.white * 0.55f, look.white * 0.5f}, lid_red);
  paint.albedo = mix(iris, ball, ramp(look.iris_radius - 0.035f, look.iris_radius + 0.035f, angle));
  paint.albedo = mix(Color{0.004f, 0.004f, 0.004f}, paint.albedo,
                     ramp(look.pupil - 0.02f, look.pupil + 0.02f, angle));
  return paint;
}

}  // namespace vitrine::faces
