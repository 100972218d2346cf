// SPDX-License-Identifier: MIT
#pragma once

#include "native/kiosk/kiosk.h"

namespace vitrine {

// `./dev shots DIR`: every scene of the campaign in each of its states, and every overlay, on the
// designed screens (or on --size alone), in each language, as
// DIR/SCENE-STATE-WIDTHxHEIGHT-LANGUAGE.png; all of a scene side by side as DIR/SCENE.png, a row a
// state, a column a screen and language. On the larger screens, in the campaign's own language,
// also the button that leads on while it is held down, as state "pressed", and what comes between
// two scenes in strips of eight frames: DIR/film-SCENE-SCENE.png.
KioskEnd take_shots(const KioskOptions& options);

}  // namespace vitrine
