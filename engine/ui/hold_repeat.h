// SPDX-License-Identifier: MIT
// What a held button does again and again, faster and faster: nothing for a moment, then a step at
// a time. The same number of steps after the same time at any frame rate.
#pragma once

namespace vitrine::ui {

class HoldRepeat {
 public:
  // How many steps are due after `dt` more seconds; 0 while not pressed.
  int update(bool pressed, float dt);
  // Whether this press has already repeated: its release is no press of its own then.
  bool repeated() const { return repeats_ > 0; }

 private:
  static constexpr float kHoldSeconds = 0.45f;

  float left_ = kHoldSeconds;  // until the next step
  int repeats_ = 0;
};

}  // namespace vitrine::ui
