// SPDX-License-Identifier: MIT
// What a key does on the stage.
#pragma once

#include "engine/app/app.h"
#include "engine/scene/stage.h"

namespace vitrine::app {

void press(scene::Stage& stage, Key key);

}  // namespace vitrine::app
