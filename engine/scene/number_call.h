// SPDX-License-Identifier: MIT
// Calls whoever has the next number in the screen's line: the number large in a ring that runs
// down, "I'm here" under it. Who touches it beside that is asked whether the number is theirs, and
// may say that they have none: then the screen is theirs once nobody has come.
#pragma once

#include <memory>

#include "engine/scene/overlay.h"

namespace vitrine::scene {

std::unique_ptr<Overlay> make_number_call();

}  // namespace vitrine::scene
