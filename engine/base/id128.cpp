// SPDX-License-Identifier: MIT
#include "engine/base/id128.h"

#include <cstring>

namespace vitrine {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

bool Id128::is_none() const {
  return *this == Id128{};
}

void Id128::write_hex(char* out) const {
  for (uint8_t byte : bytes) {
    *out++ = kDigits[byte >> 4];
    *out++ = kDigits[byte & 15];
  }
}

std::string Id128::to_hex() const {
  std::string text(32, '0');
  write_hex(text.data());
  return text;
}

std::optional<Id128> Id128::from_hex(std::string_view text) {
  if (text.size() != 32) return std::nullopt;
  Id128 id;
  for (size_t i = 0; i < id.bytes.size(); ++i) {
    const int high = digit_value(text[2 * i]);
    const int low = digit_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[i] = static_cast<uint8_t>(high * 16 + low);
  }
  return id;
}

size_t Id128Hash::operator()(const Id128& id) const {
  uint64_t word = 0;
  std::memcpy(&word, id.bytes.data(), sizeof(word));
  return static_cast<size_t>(word);
}

}  // namespace vitrine
