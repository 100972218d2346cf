// SPDX-License-Identifier: MIT
// One or two switches at a screen: boxes with large buttons that a computer hears as the keys Space
// and Enter. What their presses mean is engine/input/switch_scan.h; here they meet keys and screen.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/app/app.h"
#include "engine/input/switch_scan.h"
#include "engine/ui/semantics.h"

namespace vitrine::app {

class SwitchOperation {
 public:
  explicit SwitchOperation(const input::SwitchSettings& settings) { scan_.set_settings(settings); }

  // A key went down or up. True when it is a switch: it means nothing else then.
  bool handle(Key key, bool down);
  // Whether `text` is what a switch's key types besides: nobody wrote it.
  bool is_typed_by_switch(std::string_view text) const { return scan_.is_on() && text == " "; }
  // What is due after `dt` seconds on this screen. `engaged`: somebody is there.
  input::SwitchScan::Action update(float dt, const ui::SemanticTree& tree, bool engaged);

 private:
  input::SwitchScan scan_;
  uint32_t first_ = 0;  // of what can be pressed on the screen; another one: the screen changed
  bool engaged_ = false;
};

}  // namespace vitrine::app
