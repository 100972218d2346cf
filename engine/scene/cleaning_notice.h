// SPDX-License-Identifier: MIT
// Nothing answers while staff wipe the glass: a calm notice that counts down, in each of the
// campaign's first two languages at once.
#pragma once

#include <memory>

#include "engine/scene/overlay.h"

namespace vitrine::scene {

std::unique_ptr<Overlay> make_cleaning_notice();

}  // namespace vitrine::scene
