// SPDX-License-Identifier: MIT
// Input travels front to back until somebody answers Yes.
#pragma once

#include <cstdint>

namespace vitrine::input {

enum class Handled : uint8_t { No, Yes };

}  // namespace vitrine::input
