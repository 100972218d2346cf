// SPDX-License-Identifier: MIT
#include "engine/gfx/text_breaks.h"

#include <algorithm>
#include <iterator>

#include "engine/base/utf8.h"

namespace vitrine::gfx {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Marks that never stand alone. Sorted.
constexpr Range kExtending[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0900, 0x0903},   {0x093A, 0x093C},   {0x093E, 0x094F}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E},   {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF}, {0x200C, 0x200D}, {0x20D0, 0x20FF},
    {0x302A, 0x302F},   {0x3099, 0x309A},   {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF},
    {0xE0020, 0xE007F}, {0xE0100, 0xE01EF},
};

// Scripts that break between any two characters. Sorted.
constexpr Range kIdeographic[] = {
    {0x1100, 0x11FF}, {0x2460, 0x24FF}, {0x25A0, 0x27BF}, {0x2E80, 0x2FDF},   {0x3003, 0x3007},
    {0x3012, 0x3013}, {0x3020, 0x303F}, {0x3040, 0x33FF}, {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA960, 0xA97F}, {0xAC00, 0xD7FF}, {0xF900, 0xFAFF}, {0xFE30, 0xFE4F},   {0xFF10, 0xFF19},
    {0xFF21, 0xFF3A}, {0xFF41, 0xFF5A}, {0xFF66, 0xFF9D}, {0x1F000, 0x1FAFF}, {0x20000, 0x3FFFF},
};

// Sorted. CJK and Latin openers, and signs that stand before an amount.
constexpr char32_t kOpening[] = {
    U'(',   U'[',   U'{',   0x00A1, 0x00AB, 0x00BF, 0x2018, 0x201C, 0x2116, 0x3008,
    0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFE59,
    0xFE5B, 0xFF03, 0xFF04, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F, 0xFFE1, 0xFFE5,
};

// Sorted. Closers, stops, iteration and length marks, small kana, signs after an amount.
constexpr char32_t kClosing[] = {
    U'!',   U'%',   U')',   U',',   U'.',   U':',   U';',   U'?',   U']',   U'}',   0x00B0, 0x00B7,
    0x00BB, 0x2019, 0x201D, 0x2030, 0x2032, 0x2033, 0x2103, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B,
    0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B, 0x301E, 0x301F, 0x303B, 0x3041, 0x3043,
    0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095, 0x3096, 0x309D, 0x309E,
    0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE, 0x30F5, 0x30F6,
    0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F,
    0xFF3D, 0xFF5D, 0xFF5E, 0xFF60, 0xFF61, 0xFF63, 0xFF64, 0xFF65, 0xFFE0,
};

template <size_t N>
bool in_ranges(const Range (&ranges)[N], char32_t c) {
  const auto* after = std::upper_bound(std::begin(ranges), std::end(ranges), c,
                                       [](char32_t v, const Range& r) { return v < r.first; });
  return after != std::begin(ranges) && c <= std::prev(after)->last;
}

template <size_t N>
bool in_list(const char32_t (&list)[N], char32_t c) {
  return std::binary_search(std::begin(list), std::end(list), c);
}

constexpr char32_t kJoiner = 0x200D;

bool is_flag_letter(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

char32_t first_of(std::string_view cluster) {
  size_t position = 0;
  return next_code_point(cluster, position);
}

bool is_dash(char32_t c) {
  return c == 0x2014 || c == 0x2026 || c == 0x2E3A || c == 0x22EF;
}

bool breaks_around(BreakClass c) {
  return c == BreakClass::Ideograph || c == BreakClass::Dash;
}

}  // namespace

std::string_view next_cluster(std::string_view text, size_t& position) {
  const size_t start = position;
  const char32_t first = next_code_point(text, position);
  if (first == U'\r' && position < text.size() && text[position] == '\n') ++position;
  bool joined = false;
  bool half_flag = is_flag_letter(first);
  while (first >= 0x20 && position < text.size()) {
    size_t next = position;
    const char32_t c = next_code_point(text, next);
    const bool second_of_flag = half_flag && is_flag_letter(c);
    if (!joined && !second_of_flag && !in_ranges(kExtending, c)) break;
    joined = c == kJoiner;
    half_flag = false;
    position = next;
  }
  return text.substr(start, position - start);
}

BreakClass break_class(std::string_view cluster) {
  const char32_t c = first_of(cluster);
  if (c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029) return BreakClass::Newline;
  if (c == 0x200B) return BreakClass::ZeroWidthSpace;
  if (c == 0x00A0 || c == 0x2060 || c == 0x202F || c == 0xFEFF) return BreakClass::Glue;
  if (c == U' ' || c == U'\t' || c == 0x3000 || (c >= 0x2000 && c <= 0x200A)) {
    return BreakClass::Space;
  }
  if (c == U'-' || c == 0x2010 || c == 0x2013) return BreakClass::Hyphen;
  if (is_dash(c)) return BreakClass::Dash;
  if (in_list(kOpening, c)) return BreakClass::Opening;
  if (in_list(kClosing, c)) return BreakClass::Closing;
  return in_ranges(kIdeographic, c) ? BreakClass::Ideograph : BreakClass::Word;
}

bool may_break(BreakClass left, BreakClass right) {
  if (left == BreakClass::Newline) return true;
  if (left == BreakClass::Glue || right == BreakClass::Glue) return false;
  if (right == BreakClass::Space || right == BreakClass::Newline) return false;
  if (left == BreakClass::ZeroWidthSpace || right == BreakClass::ZeroWidthSpace) return true;
  if (right == BreakClass::Closing || right == BreakClass::Dash) return false;
  if (left == BreakClass::Space) return true;
  if (left == BreakClass::Opening) return false;
  if (left == BreakClass::Hyphen) return right == BreakClass::Word || breaks_around(right);
  // After a stop in the middle of Latin ("3.5", "e.g") only Chinese or an opener may follow apart.
  if (left == BreakClass::Closing) return breaks_around(right) || right == BreakClass::Opening;
  if (right == BreakClass::Hyphen) return false;
  return breaks_around(left) || breaks_around(right);
}

bool is_invisible(std::string_view cluster) {
  const char32_t c = first_of(cluster);
  return c < 0x20 || c == 0x7F || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

}  // namespace vitrine::gfx
