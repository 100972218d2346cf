// SPDX-License-Identifier: MIT
// One-time codes as people read them out: 16 of Crockford's 32 letters and digits, 80 random bits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

std::string make_enrolment_code();  // "7K3M-9QXA-C0FD-22WE"

// The 16 characters without what people add and mistake: case, hyphens, blanks, O for 0, I and L
// for 1. nullopt: this can be no code.
std::optional<std::string> normalise_enrolment_code(std::string_view typed);

// What remains of a code that was traded for `key`: whoever lost the answer may ask again with the
// same key, nobody else. `code` is normalised.
std::array<uint8_t, 32> spent_code_hash(std::string_view code, const std::array<uint8_t, 32>& key);

}  // namespace vitrine
