// SPDX-License-Identifier: MIT
#pragma once

#include "native/kiosk/kiosk.h"

namespace vitrine {

// `./dev shots DIR`: every scene of the campaign in each of its states, on the three families of
// screens, in each language, as DIR/SCENE-STATE-WIDTHxHEIGHT-LANGUAGE.png.
KioskEnd take_shots(const KioskOptions& options);

}  // namespace vitrine
