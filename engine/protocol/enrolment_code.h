// SPDX-License-Identifier: MIT
// One-time codes as people read them out (docs/enrolment.md): 16 digits of base32.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/base32.h"

namespace vitrine::protocol {

inline constexpr size_t kEnrolmentCodeLength = 16;  // hyphens not counted

// The 16 characters without what people add and mistake: case, hyphens, blanks, O for 0, I and L
// for 1. nullopt: this can be no code.
std::optional<std::string> normalise_enrolment_code(std::string_view typed);

}  // namespace vitrine::protocol
