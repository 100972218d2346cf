// SPDX-License-Identifier: MIT
#include "native/kiosk/touch_device.h"

#include <SDL.h>

namespace vitrine {

std::string touch_device_name(uint64_t device) {
  for (int i = 0; i < SDL_GetNumTouchDevices(); ++i) {
    if (static_cast<uint64_t>(SDL_GetTouchDevice(i)) != device) continue;
    const char* name = SDL_GetTouchName(i);
    if (name != nullptr && *name != '\0') return name;
  }
  return "unknown";
}

}  // namespace vitrine
