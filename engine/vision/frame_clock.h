// SPDX-License-Identifier: MIT
// What the time that a camera gives with a frame means: frames come at any rhythm, out of order, or
// from another clock all of a sudden.
#pragma once

#include <optional>

namespace vitrine {

class FrameClock {
 public:
  // Frames out of order are at most this late, in seconds; what is later comes from another clock.
  static constexpr double kDisorder = 0.25;
  // After a longer pause than this (seconds) nobody is taken to be the same.
  static constexpr double kPause = 1;
  // Seconds that count between two frames of the same time.
  static constexpr float kLeastStep = 0.001f;
  static constexpr float kFirstStep = 1 / 30.0f;

  struct Step {
    double at = 0;               // seconds; never before the step before, but after a jump
    float seconds = kFirstStep;  // since the frame before, kLeastStep to kPause
    bool jumped = false;         // nothing known before counts any more
  };

  // Expects: time_seconds is finite.
  Step advance(double time_seconds);
  void reset() { last_.reset(); }

 private:
  std::optional<double> last_;
};

}  // namespace vitrine
