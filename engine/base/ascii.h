// SPDX-License-Identifier: MIT
// Letters of ASCII, whatever the locale; any other byte stays as it is.
#pragma once

namespace vitrine {

constexpr char ascii_lower(char c) {
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

constexpr char ascii_upper(char c) {
  return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

}  // namespace vitrine
