// SPDX-License-Identifier: MIT
// A voucher's code as people read it out: 64 random bits in 13 digits of Crockford's base 32 and
// his check symbol, "7Q2K5-M9D3W-8H1A". One wrong character, or two neighbours swapped, is noticed
// before anybody is asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::rules {

inline constexpr size_t kVoucherCodeLength = 14;  // the check symbol is the last of them

// Without gaps, as it is stored: "7Q2K5M9D3W8H1A". `bits` come from the system's randomness.
std::string voucher_code(uint64_t bits);

// What was typed as voucher_code() writes it. nullopt: this can be no code, or it was mistyped.
std::optional<std::string> normalise_voucher_code(std::string_view typed);

// In groups of five for people. Expects: as voucher_code() writes it.
std::string group_voucher_code(std::string_view code);

// For a public screen: the last four characters alone, "•••••-•••••-8H1A".
std::string mask_voucher_code(std::string_view code);

}  // namespace vitrine::rules
