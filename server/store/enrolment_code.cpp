// SPDX-License-Identifier: MIT
#include "server/store/enrolment_code.h"

#include "engine/base/ascii.h"
#include "server/crypto.h"

namespace vitrine {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kLength = 16;

char normalise(char c) {
  c = ascii_upper(c);
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

std::string make_enrolment_code() {
  std::array<uint8_t, kLength> random{};
  random_bytes(random.data(), random.size());
  std::string code;
  for (size_t i = 0; i < kLength; ++i) {
    if (i > 0 && i % 4 == 0) code += '-';
    code += kAlphabet[random[i] % kAlphabet.size()];
  }
  return code;
}

std::optional<std::string> normalise_enrolment_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const char known = normalise(c);
    if (kAlphabet.find(known) == std::string_view::npos || code.size() == kLength) {
      return std::nullopt;
    }
    code += known;
  }
  if (code.size() != kLength) return std::nullopt;
  return code;
}

std::array<uint8_t, 32> spent_code_hash(std::string_view code, const std::array<uint8_t, 32>& key) {
  std::string both(code);
  both.append(reinterpret_cast<const char*>(key.data()), key.size());
  return hash_secret(both);
}

}  // namespace vitrine
