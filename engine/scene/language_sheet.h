// SPDX-License-Identifier: MIT
// Which of a campaign's languages the shopper reads, where there are more than two.
#pragma once

#include <memory>

#include "engine/scene/overlay.h"

namespace vitrine::scene {

std::unique_ptr<Overlay> make_language_sheet();

}  // namespace vitrine::scene
