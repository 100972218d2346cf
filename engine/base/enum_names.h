// SPDX-License-Identifier: MIT
// An enumerator by its name, where names stand in the order of the enumerators.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace vitrine {

// nullopt: none is called that.
template <typename Enum, size_t N>
std::optional<Enum> find_enum(const std::string_view (&names)[N], std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace vitrine
