// SPDX-License-Identifier: MIT
// 128 random bits as an identifier: incarnations, sessions. Written as 32 lower-case hex digits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

struct Id128 {
  std::array<uint8_t, 16> bytes{};

  // All zero means "none".
  bool is_none() const;
  std::string to_hex() const;
  // Writes 32 digits to `out`, without a terminator; allocates nothing.
  void write_hex(char* out) const;
  // Exactly 32 lower-case hex digits, else nothing.
  static std::optional<Id128> from_hex(std::string_view text);

  friend bool operator==(const Id128&, const Id128&) = default;
  // Not <=>: the page's standard library has none for arrays.
  friend bool operator<(const Id128& a, const Id128& b) { return a.bytes < b.bytes; }
};

struct Id128Hash {
  size_t operator()(const Id128& id) const;
};

}  // namespace vitrine
