// SPDX-License-Identifier: MIT
// One-time codes (engine/protocol/enrolment_code.h): how they are made, and kept when they are
// spent.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

std::string make_enrolment_code();  // "7K3M-9QXA-C0FD-22WE", 80 random bits

// What remains of a code that was traded for `key`: whoever lost the answer may ask again with the
// same key, nobody else. `code` is normalised.
std::array<uint8_t, 32> spent_code_hash(std::string_view code, const std::array<uint8_t, 32>& key);

}  // namespace vitrine
