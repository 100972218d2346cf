// SPDX-License-Identifier: MIT
// Walks a campaign as a shopper does, from the start scene by the button that leads on, and films
// what comes between the scenes.
#pragma once

#include <string>

#include "native/kiosk/album.h"
#include "native/kiosk/kiosk.h"

namespace vitrine {

// Adds to `album` each scene with its button held down, as the state "pressed" in `column`, and
// eight frames of each way as the row `column` of the sheet "film-SCENE-SCENE". Ends where no
// button of the journey is on screen. Expects: a clock of fixed steps, a campaign that is shown.
Status film_journey(Kiosk& kiosk, Album& album, const std::string& column);

}  // namespace vitrine
