// SPDX-License-Identifier: MIT
// The code by which a phone opens the campaign while its shop is closed.
#pragma once

#include <memory>

#include "engine/scene/scene.h"
#include "engine/ui/widget.h"

namespace vitrine::scenes {

// Framed, over the square `bounds`. Null where the campaign gives no address, on a phone, and in
// the page's build, which leaves codes out (night_code_none.cpp): who sees a page is at its
// address.
std::unique_ptr<ui::Widget> make_night_code(const scene::SceneContext& context, const Rect& bounds);

}  // namespace vitrine::scenes
