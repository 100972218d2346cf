// SPDX-License-Identifier: MIT
// Asks, before a session ends by itself, whether anybody is still there. Any touch says yes, unless
// it lifts on "finish".
#pragma once

#include <memory>

#include "engine/scene/overlay.h"

namespace vitrine::scene {

std::unique_ptr<Overlay> make_still_there();

}  // namespace vitrine::scene
