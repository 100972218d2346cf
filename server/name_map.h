// SPDX-License-Identifier: MIT
// Values by name, in no order: a look-up costs the same however many there are.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vitrine {

struct NameHash {
  using is_transparent = void;
  size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
};

// Names that others choose may be made to collide: for those that the server draws, or has enrolled.
template <typename Value>
using NameMap = std::unordered_map<std::string, Value, NameHash, std::equal_to<>>;

}  // namespace vitrine
