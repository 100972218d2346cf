// SPDX-License-Identifier: MIT
// Crockford's base 32 (crockford.com/base32.html): codes that people read out and type. No I, L, O
// and U among its digits; what people mistake for others is taken as these.
#pragma once

#include <string_view>

#include "engine/base/ascii.h"

namespace vitrine {

inline constexpr std::string_view kBase32Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
// The check symbol of a number is its remainder by 37, written with five more.
inline constexpr std::string_view kBase32CheckSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

// What was meant by a character as typed: upper case, O as 0, I and L as 1.
inline char base32_meant(char typed) {
  const char c = ascii_upper(typed);
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

// People put these between groups.
inline bool is_base32_gap(char c) {
  return c == '-' || c == ' ';
}

}  // namespace vitrine
