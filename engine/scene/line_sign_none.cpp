// SPDX-License-Identifier: MIT
#include "engine/scene/line_sign.h"

namespace vitrine::scene {

std::unique_ptr<LineSign> make_line_sign() {
  return nullptr;
}

}  // namespace vitrine::scene
