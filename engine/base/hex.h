// SPDX-License-Identifier: MIT
// Bytes as lower-case hex digits, and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vitrine {

inline std::string to_hex(std::span<const uint8_t> bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const uint8_t byte : bytes) {
    out.push_back("0123456789abcdef"[byte >> 4]);
    out.push_back("0123456789abcdef"[byte & 15]);
  }
  return out;
}

// Fills all of `out`. False, with `out` in pieces, unless `text` is exactly its lower-case digits.
inline bool from_hex(std::string_view text, std::span<uint8_t> out) {
  if (text.size() != out.size() * 2) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t value = std::string_view("0123456789abcdef").find(text[i]);
    if (value == std::string_view::npos) return false;
    out[i / 2] = static_cast<uint8_t>(i % 2 == 0 ? value << 4 : out[i / 2] | value);
  }
  return true;
}

}  // namespace vitrine
