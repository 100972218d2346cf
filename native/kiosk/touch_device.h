// SPDX-License-Identifier: MIT
// What the system calls a touch panel.
#pragma once

#include <cstdint>
#include <string>

namespace vitrine {

// The name of PointerEvent::device; "unknown" for one that has none, a script's fingers among them.
// Devices of one name share what is kept for it. Expects: a window is open.
std::string touch_device_name(uint64_t device);

}  // namespace vitrine
