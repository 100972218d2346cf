// SPDX-License-Identifier: MIT
#include "engine/ui/timeline.h"

#include "engine/base/assert.h"

namespace vitrine::ui {
namespace {

// Swings die away as e^(-damping w t), w = 2 pi / response; e^-7 is under a thousandth.
constexpr float kTwoPi = 6.2831853f;
constexpr float kSettled = 7;

float eased(Ease ease, float t) {
  return ease ? ease(t) : t;
}

}  // namespace

float Track::value(float time) const {
  if (time <= start) return from;
  if (ease) return lerp(from, to, ease(progress(time, start, duration)));
  Spring moving(from, spring);
  moving.set_target(to);
  moving.update(time - start);
  return moving.value();
}

float Track::end() const {
  if (ease) return start + duration;
  const float damping = spring.damping < 1 ? spring.damping : 1;
  return start + kSettled * spring.response / (damping * kTwoPi);
}

float value_at(std::span<const Key> keys, float time) {
  VITRINE_ASSERT(!keys.empty());
  size_t next = 0;
  while (next < keys.size() && keys[next].time <= time) ++next;
  if (next == 0) return keys.front().value;
  if (next == keys.size()) return keys.back().value;
  const Key& from = keys[next - 1];
  const Key& to = keys[next];
  const float t = progress(time, from.time, to.time - from.time);
  return lerp(from.value, to.value, eased(to.ease, t));
}

void Timeline::start(bool reduced_motion) {
  reduced_ = reduced_motion;
  time_ = 0;
  before_ = kBefore;
  fresh_ = true;
}

void Timeline::finish() {
  time_ = before_ = end();
  fresh_ = false;
}

void Timeline::update(float dt) {
  if (!fresh_) before_ = time_;
  fresh_ = false;
  time_ += dt;
}

float Timeline::value(size_t track) const {
  VITRINE_ASSERT(track < tracks_.size());
  return reduced_ ? tracks_[track].to : tracks_[track].value(time_);
}

float Timeline::opacity() const {
  return reduced_ ? ease_in_out(progress(time_, 0, kCrossFade)) : 1;
}

float Timeline::end() const {
  if (reduced_) return kCrossFade;
  float last = 0;
  for (const Track& track : tracks_) {
    const float end = track.end();
    if (end > last) last = end;
  }
  return last;
}

}  // namespace vitrine::ui
