// SPDX-License-Identifier: MIT
#include "engine/gfx/particles.h"

#include <algorithm>
#include <cmath>

#include "engine/base/assert.h"
#include "engine/base/real.h"

namespace vitrine::gfx {
namespace {

// How far one comes in `t` seconds per unit of speed through the air, (1 - e^-kt) / k, and per unit
// of acceleration, (t - that) / k. By their series where the drag is next to nothing.
struct Flight {
  float by_speed;
  float by_force;
};

Flight flight(float drag, float t) {
  const float kt = drag * t;
  if (kt < 1e-2f) return {t * (1 - kt / 2 + kt * kt / 6), t * t * (0.5f - kt / 6 + kt * kt / 24)};
  const float by_speed = (1 - decay(kt)) / drag;
  return {by_speed, (t - by_speed) / drag};
}

// Spread evenly over all births by the golden ratio; the same piece stays in or out.
bool is_among(uint32_t number, float share) {
  const uint32_t place = number * 0x9E3779B1u;
  return static_cast<float>(place >> 8) * (1.0f / 16777216) < share;
}

}  // namespace

Particles::Particles(const ParticleStyle& style, uint32_t capacity, uint64_t seed)
    : style_(style), random_(seed), capacity_(capacity) {
  VITRINE_ASSERT(style.sprites > 0 && style.life.least > 0);
  pieces_.reserve(capacity);
}

// Everything is drawn even where there is no room, so that later pieces stay the same.
void Particles::bear(Vec2 at, float age) {
  const float speed = draw(style_.speed);
  const float direction = draw(style_.direction);
  Piece piece;
  piece.number = born_++;
  piece.origin = at;
  piece.velocity = {speed * cosine(direction), speed * sine(direction)};
  piece.age = age;
  piece.life = draw(style_.life);
  piece.size = draw(style_.size);
  piece.angle = draw({0, 6.2831853f});
  piece.spin = draw(style_.spin) * (random_.below(2) == 0 ? -1.0f : 1.0f);
  piece.turn = draw({0, 6.2831853f});
  piece.flip = draw(style_.flip) * (random_.below(2) == 0 ? -1.0f : 1.0f);
  piece.sprite = static_cast<uint16_t>(random_.below(style_.sprites));
  if (age >= piece.life) return;
  if (pieces_.size() >= capacity_) {
    ++refused_;
    return;
  }
  pieces_.push_back(piece);
}

void Particles::burst(uint32_t count, Vec2 from, Vec2 to) {
  for (uint32_t i = 0; i < count; ++i) bear(lerp(from, to, random_.unit()), 0);
}

void Particles::stream(float rate, Vec2 from, Vec2 to) {
  if (rate_ <= 0) {
    last_from_ = from;
    last_to_ = to;
    owed_ = 0;
  }
  rate_ = rate;
  from_ = from;
  to_ = to;
}

void Particles::clear() {
  pieces_.clear();
  rate_ = 0;
  owed_ = 0;
}

void Particles::update(float dt) {
  for (Piece& piece : pieces_) piece.age += dt;
  std::erase_if(pieces_, [](const Piece& piece) { return piece.age >= piece.life; });
  if (rate_ <= 0 || dt <= 0) return;
  // Each at its own moment within the frame, as old as that makes it.
  const float before = owed_;
  owed_ += rate_ * dt;
  const float born = std::floor(owed_);
  for (float i = 1; i <= born; ++i) {
    const float share = (i - before) / (rate_ * dt);
    const Vec2 from = lerp(last_from_, from_, share), to = lerp(last_to_, to_, share);
    bear(lerp(from, to, random_.unit()), dt * (1 - share));
  }
  owed_ -= born;
  last_from_ = from_;
  last_to_ = to_;
}

ParticlePose Particles::pose(size_t index) const {
  const Piece& piece = pieces_[index];
  const float t = piece.age;
  const float share = t / piece.life;
  const Flight way = flight(style_.drag, t);
  ParticlePose pose;
  pose.at = piece.origin + style_.wind * t + (piece.velocity - style_.wind) * way.by_speed +
            style_.gravity * way.by_force;
  pose.angle = piece.angle + piece.spin * t;
  pose.stretch = piece.flip == 0 ? 1 : cosine(piece.turn + piece.flip * t);
  pose.size = piece.size * lerp(1, style_.end_size, share);
  pose.color = lerp(style_.start_color, style_.end_color, share);
  if (style_.fade_in > 0) pose.color.a *= clamp(share / style_.fade_in, 0, 1);
  if (style_.fade_out > 0) pose.color.a *= clamp((1 - share) / style_.fade_out, 0, 1);
  pose.sprite = piece.sprite;
  pose.number = piece.number;
  return pose;
}

void draw_particles(Canvas& canvas, const Particles& particles,
                    std::span<const ParticleSprite> sprites) {
  VITRINE_ASSERT(sprites.size() >= particles.style().sprites);
  const float share = canvas.quality().particles;
  for (size_t i = 0; i < particles.count(); ++i) {
    const ParticlePose pose = particles.pose(i);
    if (!is_among(pose.number, share)) continue;
    const ParticleSprite& sprite = sprites[pose.sprite];
    canvas.push_transform(Transform2D::translation(pose.at) * Transform2D::rotation(pose.angle) *
                          Transform2D::scaling(pose.size * pose.stretch, pose.size));
    const Size size = sprite.size;
    canvas.draw_image(sprite.image, {-size.width / 2, -size.height / 2, size.width, size.height},
                      pose.color);
    canvas.pop_transform();
  }
}

}  // namespace vitrine::gfx
