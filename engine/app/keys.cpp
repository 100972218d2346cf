// SPDX-License-Identifier: MIT
#include "engine/app/keys.h"

namespace vitrine::app {

void press(scene::Stage& stage, Key key) {
  switch (key) {
    case Key::Tab:
    case Key::Down:
      return stage.move_focus(+1);
    case Key::ShiftTab:
    case Key::Up:
      return stage.move_focus(-1);
    case Key::Enter:
    case Key::Space:
      return stage.activate_focused();
    case Key::Left:
      return stage.step(-1);
    case Key::Right:
      return stage.step(+1);
    case Key::Escape:
      return stage.back();
    case Key::Backspace:
      return stage.write(0, {.kind = ui::TextInput::Kind::EraseBefore});
    case Key::Delete:
      return stage.write(0, {.kind = ui::TextInput::Kind::EraseBehind});
    case Key::VolumeUp:
      return stage.change_volume(+1);
    case Key::VolumeDown:
      return stage.change_volume(-1);
    case Key::Mute:
      return stage.toggle_mute();
  }
}

}  // namespace vitrine::app
