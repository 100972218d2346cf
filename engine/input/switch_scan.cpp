// SPDX-License-Identifier: MIT
#include "engine/input/switch_scan.h"

namespace vitrine::input {

void SwitchScan::set_settings(const SwitchSettings& settings) {
  *this = {};
  settings_ = settings;
}

// Acts when it is let go: only then it is known how long it was meant.
void SwitchScan::press(Switch which, bool down) {
  if (!is_on()) return;
  const auto index = static_cast<size_t>(which);
  if (down == down_[index]) return;
  down_[index] = down;
  if (down) {
    held_[index] = 0;
    return;
  }
  if (held_[index] < settings_.least_hold || deaf_ > 0) return;
  deaf_ = settings_.deaf_seconds;
  const bool one = settings_.mode == SwitchMode::One;
  const bool takes = which == Switch::Take || one;
  // A press that wakes it takes nothing: nobody was aiming.
  due_ = takes && !(one && rests()) ? Action::Take : Action::Next;
  rounds_left_ = settings_.rounds;
}

SwitchScan::Action SwitchScan::scan(float dt, bool is_first) {
  if (settings_.mode != SwitchMode::One || rests()) return Action::None;
  // While it is held down the focus waits for what is being decided.
  if (down_[0] || down_[1]) return Action::None;
  stayed_ += dt;
  if (stayed_ < settings_.scan_seconds + (is_first ? settings_.first_seconds : 0)) {
    return Action::None;
  }
  stayed_ = 0;
  if (is_first) --rounds_left_;
  return rests() ? Action::None : Action::Scan;
}

SwitchScan::Action SwitchScan::update(float dt, bool is_first) {
  if (!is_on()) return Action::None;
  for (size_t i = 0; i < 2; ++i) {
    if (down_[i]) held_[i] += dt;
  }
  if (deaf_ > 0) deaf_ -= dt;
  if (due_ == Action::None) return scan(dt, is_first);
  const Action due = due_;
  due_ = Action::None;
  stayed_ = 0;
  return due;
}

}  // namespace vitrine::input
