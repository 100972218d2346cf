// SPDX-License-Identifier: MIT
// Walking UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace vitrine {

// The code point at `position`, moving it on. An invalid byte yields U+FFFD and moves by one, so a
// loop over any bytes ends. Expects: position < text.size().
char32_t next_code_point(std::string_view text, size_t& position);

// How many of at most `bytes` bytes end between two code points: where `text` may be cut.
size_t whole_code_points(std::string_view text, size_t bytes);

// Whether every byte belongs to a well-formed sequence (RFC 3629: no surrogates, no overlong
// forms, nothing above U+10FFFF).
bool is_valid_utf8(std::string_view text);

}  // namespace vitrine
