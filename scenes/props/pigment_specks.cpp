// SPDX-License-Identifier: MIT
#include "scenes/props/pigment_specks.h"

#include "engine/base/random.h"

namespace vitrine::scenes {
namespace {

constexpr uint64_t kSeed = 5;
constexpr float kGravity = 1900;  // units of the stroke a second squared
// How far a speck is drawn out along its way: what it flies in so many seconds.
constexpr float kTrail = 0.012f;

float between(Random& random, float least, float most) {
  return lerp(least, most, random.unit());
}

}  // namespace

// Thrown on in the direction of the stroke and a little up, the small ones farther.
PigmentSpecks::PigmentSpecks() {
  Random random(kSeed);
  for (size_t i = 0; i < kCount; ++i) {
    Speck& speck = specks_[i];
    speck.born = (static_cast<float>(i) + random.unit()) / kCount;
    speck.beside = {between(random, -20, 20), between(random, -34, 40)};
    speck.radius = between(random, 3, 6) + (i % 4 == 0 ? between(random, 1, 6) : 0);
    const float light = 8 / (speck.radius + 3);
    speck.velocity = {between(random, 60, 420) * light, between(random, -420, 60) * light};
    speck.life = between(random, 0.55f, 1.0f);
  }
}

void PigmentSpecks::draw(ui::Painter& painter, const Stroke& stroke, float since) const {
  const auto drawn = static_cast<size_t>(painter.canvas.quality().particles * kCount);
  for (size_t i = 0; i < drawn; ++i) {
    const Speck& speck = specks_[i];
    const float age = since - speck.born * stroke.lasts;
    if (age <= 0 || age >= speck.life) continue;
    const Vec2 start = lerp(stroke.from, stroke.to, speck.born) + speck.beside * stroke.unit;
    const Vec2 velocity = (speck.velocity + Vec2{0, kGravity * age}) * stroke.unit;
    const Vec2 at =
        start + (speck.velocity * age + Vec2{0, kGravity * age * age / 2}) * stroke.unit;
    const float share = age / speck.life;
    painter.canvas.draw_line(at - velocity * kTrail, at,
                             2 * speck.radius * stroke.unit * (1 - 0.4f * share),
                             painter.theme.pigment.with_alpha(1 - share * share));
  }
}

}  // namespace vitrine::scenes
