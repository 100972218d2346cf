// SPDX-License-Identifier: MIT
// Words with places to be filled in: "only {price}".
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

// Puts `with` wherever `text` has `mark`; what was put in is not searched. Expects: a mark.
void fill_in(std::string& text, std::string_view mark, std::string_view with);

}  // namespace vitrine
