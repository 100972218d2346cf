// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace vitrine {

// Of an accepted socket. Chosen by the socket layer, never used twice; others only hand it back.
using ConnectionId = uint64_t;

}  // namespace vitrine
