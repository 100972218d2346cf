// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace vitrine::app {

// What a keyboard says to the screen, whatever keyboard it is. The page counts on this order
// (library_semantics.js): add at the end.
enum class Key : uint8_t {
  Tab,
  ShiftTab,
  Enter,
  Space,
  Escape,
  Left,
  Right,
  Up,
  Down,
  Backspace,
  Delete,
  VolumeUp,
  VolumeDown,
  Mute,
};

}  // namespace vitrine::app
