// SPDX-License-Identifier: MIT
// How a person wants the screen to be: what the accessibility sheet offers. Chosen for one session;
// the wipe puts the device's own choice back.
#pragma once

#include <cstdint>

namespace vitrine::ui {

enum class Preference : uint8_t {
  LargeText,      // everything 1.3 times as large (ui::metrics_for)
  HighContrast,   // words 7:1, flat silk, a line around every control
  Reach,          // controls within reach from a wheelchair (ui::reach_area)
  ReducedMotion,  // cross-fades; nothing drifts, no flash
  Speech,         // what has the focus and what changes is read aloud
};
inline constexpr uint8_t kPreferenceCount = 5;

class Preferences {
 public:
  constexpr bool has(Preference which) const { return (bits_ & bit(which)) != 0; }
  constexpr void set(Preference which, bool on) {
    bits_ = static_cast<uint8_t>(on ? bits_ | bit(which) : bits_ & ~bit(which));
  }
  constexpr Preferences with(Preference which, bool on) const {
    Preferences changed = *this;
    changed.set(which, on);
    return changed;
  }

  friend constexpr bool operator==(const Preferences&, const Preferences&) = default;

 private:
  static constexpr uint8_t bit(Preference which) {
    return static_cast<uint8_t>(1u << static_cast<uint8_t>(which));
  }

  uint8_t bits_ = 0;
};

}  // namespace vitrine::ui
