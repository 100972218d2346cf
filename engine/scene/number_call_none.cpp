// SPDX-License-Identifier: MIT
// A page is never a screen that calls anybody.
#include "engine/scene/number_call.h"

namespace vitrine::scene {

std::unique_ptr<Overlay> make_number_call() {
  return nullptr;
}

}  // namespace vitrine::scene
