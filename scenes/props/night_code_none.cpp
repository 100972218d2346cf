// SPDX-License-Identifier: MIT
// For the page.
#include "scenes/props/night_code.h"

namespace vitrine::scenes {

std::unique_ptr<ui::Widget> make_night_code(const scene::SceneContext&, const Rect&) {
  return nullptr;
}

}  // namespace vitrine::scenes
