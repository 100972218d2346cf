// SPDX-License-Identifier: MIT
// One-time codes as people read them out: 16 of Crockford's 32 letters and digits, 80 random bits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

std::string make_enrolment_code();  // "7K3M-9QXA-C0FD-22WE"

// The 16 characters without what people add and mistake: case, hyphens, blanks, O for 0, I and L
// for 1. nullopt: this can be no code.
std::optional<std::string> normalise_enrolment_code(std::string_view typed);

}  // namespace vitrine
