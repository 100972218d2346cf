// SPDX-License-Identifier: MIT
// Somebody before the screen who does anything: taps, drags, throws, presses buttons, uses several
// fingers and keys, changes the language, stands still until the screen attracts again.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "engine/app/app.h"

namespace vitrine::soak {

// What somebody does, chances a frame.
struct Habits {
  size_t most_fingers = 12;
  double touches = 0.1;
  int longest_touch = 60;  // frames
  double cancels = 0;      // instead of lifting, of all touches
  double keys = 0.005;
  double languages = 0.002;
  double leaves = 0.0005;  // and stands away for a while
};

class RandomVisitor {
 public:
  RandomVisitor(app::App& app, Size size, uint64_t seed, const Habits& habits = {})
      : app_(app), size_(size), habits_(habits), random_(seed) {}

  // Hears of every event before the App does.
  void set_witness(std::function<void(const input::PointerEvent&)> witness) {
    witness_ = std::move(witness);
  }
  void set_size(Size size) { size_ = size; }

  // What happens before the next frame, at `now_us` of the App's clock.
  void act(int64_t now_us);
  // The system takes every finger.
  void cancel_all(int64_t now_us);

  uint64_t touches() const { return touches_; }

 private:
  struct Finger {
    uint64_t id = 0;
    Vec2 at;
    Vec2 step;       // points a frame
    int frames = 0;  // until it lifts
  };

  bool chance(double probability) { return std::bernoulli_distribution(probability)(random_); }
  float between(float low, float high) {
    return std::uniform_real_distribution<float>(low, high)(random_);
  }
  Vec2 somewhere();
  void move_fingers(int64_t now_us);
  void touch(int64_t now_us);
  void press_a_key();
  void send(const Finger& finger, input::PointerPhase phase, int64_t now_us);

  app::App& app_;
  Size size_;
  const Habits habits_;
  std::mt19937_64 random_;
  std::function<void(const input::PointerEvent&)> witness_;
  std::vector<Finger> fingers_;
  int64_t away_until_us_ = 0;
  uint64_t next_finger_ = 1;
  uint64_t touches_ = 0;
};

}  // namespace vitrine::soak
