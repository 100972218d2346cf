// SPDX-License-Identifier: MIT
#include "engine/app/switch_operation.h"

namespace vitrine::app {

using input::SwitchScan;

bool SwitchOperation::handle(Key key, bool down) {
  if (!scan_.is_on() || (key != Key::Space && key != Key::Enter)) return false;
  scan_.press(key == Key::Space ? SwitchScan::Switch::Next : SwitchScan::Switch::Take, down);
  return true;
}

SwitchScan::Action SwitchOperation::update(float dt, const ui::SemanticTree& tree, bool engaged) {
  if (!scan_.is_on()) return SwitchScan::Action::None;
  if (engaged_ && !engaged) scan_.rest();
  engaged_ = engaged;
  const uint32_t first = tree.next_activatable(0, +1);
  if (first != first_) scan_.restart();
  first_ = first;
  bool on_first = true;
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].state.focused) on_first = tree[i].id == first;
  }
  return scan_.update(dt, on_first);
}

}  // namespace vitrine::app
