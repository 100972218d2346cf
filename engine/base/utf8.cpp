// SPDX-License-Identifier: MIT
#include "engine/base/utf8.h"

#include <cstdint>
#include <cstring>

namespace vitrine {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kInvalid = 0xFFFFFFFF;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

struct Lead {
  int length = 0;  // 0: not a lead byte
  char32_t bits = 0;
  char32_t smallest = 0;
};

Lead classify(unsigned char c) {
  if (c < 0x80) return {1, c, 0};
  if ((c & 0xE0) == 0xC0) return {2, static_cast<char32_t>(c & 0x1F), 0x80};
  if ((c & 0xF0) == 0xE0) return {3, static_cast<char32_t>(c & 0x0F), 0x800};
  if ((c & 0xF8) == 0xF0) return {4, static_cast<char32_t>(c & 0x07), 0x10000};
  return {};
}

// kInvalid leaves `position` one byte further.
char32_t decode(std::string_view text, size_t& position) {
  const Lead lead = classify(static_cast<unsigned char>(text[position]));
  const size_t start = position++;
  if (lead.length == 0 || start + static_cast<size_t>(lead.length) > text.size()) return kInvalid;
  char32_t code = lead.bits;
  for (int i = 1; i < lead.length; ++i) {
    const char c = text[start + static_cast<size_t>(i)];
    if (!is_continuation(c)) return kInvalid;
    code = (code << 6) | (static_cast<unsigned char>(c) & 0x3F);
  }
  if (code < lead.smallest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    return kInvalid;
  }
  position = start + static_cast<size_t>(lead.length);
  return code;
}

// Whether the next eight bytes are there and all ASCII, as in most text.
bool eight_ascii(std::string_view text, size_t position) {
  uint64_t bytes = 0;
  if (text.size() - position < sizeof bytes) return false;
  std::memcpy(&bytes, text.data() + position, sizeof bytes);
  return (bytes & 0x8080808080808080u) == 0;
}

}  // namespace

char32_t next_code_point(std::string_view text, size_t& position) {
  const char32_t code = decode(text, position);
  return code == kInvalid ? kReplacement : code;
}

size_t whole_code_points(std::string_view text, size_t bytes) {
  if (bytes >= text.size()) return text.size();
  while (bytes > 0 && is_continuation(text[bytes])) --bytes;
  return bytes;
}

bool is_valid_utf8(std::string_view text) {
  size_t position = 0;
  while (position < text.size()) {
    if (eight_ascii(text, position)) {
      position += 8;
      continue;
    }
    if (static_cast<unsigned char>(text[position]) < 0x80) {
      ++position;
      continue;
    }
    if (decode(text, position) == kInvalid) return false;
  }
  return true;
}

}  // namespace vitrine
