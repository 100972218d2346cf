// SPDX-License-Identifier: MIT
// Operation by one or two switches, for people who can press a large button but not reach, aim or
// type. One switch: the focus moves on by itself and a press takes what it is on. Two: one moves
// the focus on, the other takes. Pure: told presses and how much time passed.
//
// What counts as a press is forgiving: a tremor's second press is left out (EN 301 549, 5.8), and a
// switch held down does nothing more (5.7).
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine::input {

enum class SwitchMode : uint8_t {
  Off,
  One,  // the focus moves by time
  Two,
};

struct SwitchSettings {
  SwitchMode mode = SwitchMode::Off;
  float scan_seconds = 1.8f;   // how long the focus stays on each, with one switch
  float first_seconds = 1.2f;  // how much longer it stays on the first of a round
  float least_hold = 0;        // seconds a press has to last; many switch boxes send 10 ms
  float deaf_seconds = 0.5f;   // after a press in which another is none
  int rounds = 4;              // without a press, then it rests until one comes
};

class SwitchScan {
 public:
  enum class Switch : uint8_t {
    Take,  // the only one of one switch
    Next,
  };
  enum class Action : uint8_t {
    None,
    Scan,  // the focus moves on by time: nobody did anything
    Next,  // the focus moves on by a press
    Take,  // what has the focus is activated
  };

  // Starts afresh, at rest.
  void set_settings(const SwitchSettings& settings);
  bool is_on() const { return settings_.mode != SwitchMode::Off; }

  // A switch went down or up. A switch held down does nothing more.
  void press(Switch which, bool down);
  // After `dt` seconds; at most one action a call. `is_first`: the focus is on the first of the
  // screen, or nowhere.
  Action update(float dt, bool is_first);
  // The screen changed: the focus stays a whole time from now on.
  void restart() { stayed_ = 0; }
  // Nobody is there: it waits for a press, which shows the focus and takes nothing, before it goes
  // on by itself.
  void rest() { rounds_left_ = 0; }
  bool rests() const { return rounds_left_ == 0; }

 private:
  Action scan(float dt, bool is_first);

  SwitchSettings settings_;
  bool down_[2] = {};
  float held_[2] = {};
  float deaf_ = 0;    // seconds left
  float stayed_ = 0;  // seconds on the present one
  int rounds_left_ = 0;
  Action due_ = Action::None;
};

}  // namespace vitrine::input
