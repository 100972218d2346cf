// SPDX-License-Identifier: MIT
// What the system moves, as a table: which value runs from where to where, when and how. A value is
// a function of the time alone, so that every frame rate shows the same. Allocates nothing.
//
//   constexpr Track kEntrance[] = {{0, 0.5f, ease_emphasised, 40, 0}, {0.1f, 0.2f, ease_out}};
//   Timeline entrance{kEntrance};  …  entrance.update(dt);  y + entrance.value(0)
#pragma once

#include <cstddef>
#include <span>

#include "engine/ui/motion.h"

namespace vitrine::ui {

using Ease = float (*)(float);

// What stands in a row follows by this much each.
constexpr float kStagger = 0.04f;
// How long a cross-fade takes that stands for a movement.
constexpr float kCrossFade = 0.2f;

// One value on its way. It is `from` before the start and `to` after the end.
struct Track {
  float start = 0;          // seconds
  float duration = 0.35f;   // seconds
  Ease ease = ease_in_out;  // null: a spring of `spring`, which has no end of its own
  float from = 0;
  float to = 1;
  SpringShape spring{};

  // The same for the one with this place in a row.
  constexpr Track staggered(size_t place, float gap = kStagger) const {
    Track later = *this;
    later.start += static_cast<float>(place) * gap;
    return later;
  }
  float value(float time) const;
  // When it stands still, seconds; of a spring: when it is within a thousandth of the way.
  float end() const;
};

// One stop of a value that has several: at `time` it is `value`, coming there by `ease`.
struct Key {
  float time = 0;
  float value = 0;
  Ease ease = ease_in_out;
};

// The value at `time`; before the first key the first's, after the last the last's. Expects: keys
// in the order of their times, at least one.
float value_at(std::span<const Key> keys, float time);

// A clock over tracks. The tracks live as long as the timeline (a constexpr table).
class Timeline {
 public:
  Timeline() = default;
  explicit Timeline(std::span<const Track> tracks) : tracks_(tracks) {}

  // From the beginning. With reduced motion every value is at its end at once and only opacity()
  // moves.
  void start(bool reduced_motion = false);
  // At its end, at rest.
  void finish();
  void update(float dt);

  float time() const { return time_; }
  float value(size_t track) const;
  // What everything the tracks move is drawn with: 1, or the cross-fade of reduced motion.
  float opacity() const;
  // Whether the last update went past `at`: for sounds and sparks. Never with reduced motion, which
  // has no moments.
  bool passed(float at) const { return !reduced_ && before_ < at && time_ >= at; }
  bool at_rest() const { return time_ >= end(); }
  float end() const;

 private:
  static constexpr float kBefore = -1;  // so that the first update passes a moment at 0

  std::span<const Track> tracks_;
  float time_ = 0;
  float before_ = kBefore;
  bool fresh_ = true;  // not updated since the start
  bool reduced_ = false;
};

}  // namespace vitrine::ui
