// SPDX-License-Identifier: MIT
// Numbers as JSON writes them. Private to the reader, which has checked the grammar already.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vitrine {

// Without fraction and exponent.
bool is_integer_text(std::string_view digits);
// Nothing beyond 2^53 either way.
std::optional<int64_t> parse_integer(std::string_view digits);
// Nothing when it is not finite.
std::optional<double> parse_double(std::string_view digits);

}  // namespace vitrine
