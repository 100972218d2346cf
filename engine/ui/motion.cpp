// SPDX-License-Identifier: MIT
#include "engine/ui/motion.h"

#include <cmath>

#include "engine/base/real.h"

namespace vitrine::ui {
namespace {

constexpr float kTwoPi = 6.2831853f;

struct Motion {
  float offset;
  float velocity;
};

// The oscillator's closed form from (offset, velocity) after dt.
Motion underdamped(Motion m, float omega, float damping, float dt) {
  const float decay = damping * omega;
  const float swing = omega * std::sqrt(1 - damping * damping);
  const float e = vitrine::decay(decay * dt);
  const float s = sine(swing * dt);
  const float c = cosine(swing * dt);
  const float b = (m.velocity + decay * m.offset) / swing;
  return {e * (m.offset * c + b * s), e * (m.velocity * c - (decay * b + swing * m.offset) * s)};
}

Motion critically_damped(Motion m, float omega, float dt) {
  const float e = decay(omega * dt);
  const float b = m.velocity + omega * m.offset;
  return {e * (m.offset + b * dt), e * (m.velocity - omega * b * dt)};
}

}  // namespace

void Spring::update(float dt) {
  if (dt <= 0) return;
  const float omega = kTwoPi / shape_.response;
  const Motion from{value_ - target_, velocity_};
  const Motion to = shape_.damping < 1 ? underdamped(from, omega, shape_.damping, dt)
                                       : critically_damped(from, omega, dt);
  value_ = target_ + to.offset;
  velocity_ = to.velocity;
  if (at_rest(0.0005f)) {
    value_ = target_;
    velocity_ = 0;
  }
}

bool Spring::at_rest(float tolerance) const {
  return std::fabs(value_ - target_) < tolerance && std::fabs(velocity_) < tolerance;
}

float ease_out(float t) {
  const float r = 1 - clamp(t, 0, 1);
  return 1 - r * r * r;
}

float ease_in(float t) {
  const float c = clamp(t, 0, 1);
  return c * c * c;
}

float ease_in_out(float t) {
  const float c = clamp(t, 0, 1);
  return c * c * (3 - 2 * c);
}

float ease_emphasised(float t) {
  const float r = 1 - clamp(t, 0, 1);
  return 1 - r * r * r * r * r;
}

float progress(float now, float start, float duration) {
  if (duration <= 0) return now >= start ? 1.0f : 0.0f;
  return clamp((now - start) / duration, 0, 1);
}

void Fade::update(float dt, float duration) {
  const float step = duration > 0 ? dt / duration : 1;
  value_ = value_ < target_ ? clamp(value_ + step, 0, target_) : clamp(value_ - step, target_, 1);
}

}  // namespace vitrine::ui
