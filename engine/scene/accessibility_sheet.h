// SPDX-License-Identifier: MIT
// How the shopper wants the screen to be, over any scene; what they switch shows at once.
#pragma once

#include <memory>

#include "engine/scene/overlay.h"

namespace vitrine::scene {

std::unique_ptr<Overlay> make_accessibility_sheet();

}  // namespace vitrine::scene
