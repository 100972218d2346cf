// SPDX-License-Identifier: MIT
// Every kind of scene this program has, from scene_list.inc.
#pragma once

#include "engine/scene/scene.h"

namespace vitrine::scenes {

// Static; lives as long as the program.
scene::SceneKinds all_kinds();

}  // namespace vitrine::scenes
