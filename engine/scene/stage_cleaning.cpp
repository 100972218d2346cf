// SPDX-License-Identifier: MIT
// The stage while staff wipe the glass.
#include "engine/scene/stage.h"

namespace vitrine::scene {

void Stage::begin_cleaning() {
  if (!playing() || !parts_.whole || is_cleaning()) return;
  // Who was there has gone: staff stand in front of the screen.
  if (session_.engaged()) start_over(Session::Phase::Engaged);
  stack_.release();
  cleaning_ends_us_ = parts_.clock.monotonic_us() + kCleaningUs;
  open(OverlayKind::Cleaning);
}

void Stage::end_cleaning() {
  cleaning_ends_us_ = 0;
  stack_.overlays().close(OverlayKind::Cleaning);
}

void Stage::follow_cleaning() {
  if (is_cleaning() && parts_.clock.monotonic_us() >= cleaning_ends_us_) end_cleaning();
}

}  // namespace vitrine::scene
