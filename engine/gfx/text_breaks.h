// SPDX-License-Identifier: MIT
// Where text may be cut: into user-perceived characters, and into lines. A compact form of UAX #29
// and #14 for the scripts of campaigns (Chinese, Japanese, Korean, Latin, Cyrillic, Greek, emoji).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vitrine::gfx {

enum class BreakClass : uint8_t {
  Word,       // letters and digits of scripts that separate words by spaces
  Ideograph,  // may be broken on both sides
  Opening,    // never at a line's end
  Closing,    // never at a line's start
  Dash,       // as Closing, and a pair of the same stays together: —— ……
  Hyphen,     // a break after it, inside a word
  Space,
  Newline,
  Glue,  // no break on either side: no-break space, word joiner
  ZeroWidthSpace,
};

// The cluster that starts at `position`, which moves to the next one: a base with its marks,
// joined emoji, a flag, CR LF. Expects: position < text.size().
std::string_view next_cluster(std::string_view text, size_t& position);

// By the cluster's first code point. Expects: not empty.
BreakClass break_class(std::string_view cluster);

// Whether a line may end after `left` when `right` follows. Spaces belong to the line they end.
bool may_break(BreakClass left, BreakClass right);

// Control characters and the like, which take no room.
bool is_invisible(std::string_view cluster);

}  // namespace vitrine::gfx
