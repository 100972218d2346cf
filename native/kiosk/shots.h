// SPDX-License-Identifier: MIT
#pragma once

#include "native/kiosk/kiosk.h"

namespace vitrine {

// `./dev shots DIR`: every scene of the campaign in each of its states, on the three families of
// screens (or on --size alone), in each language, as DIR/SCENE-STATE-WIDTHxHEIGHT-LANGUAGE.png; and
// all of a scene side by side as DIR/SCENE.png, a row a screen and language.
KioskEnd take_shots(const KioskOptions& options);

}  // namespace vitrine
