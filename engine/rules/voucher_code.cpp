// SPDX-License-Identifier: MIT
#include "engine/rules/voucher_code.h"

#include "engine/base/assert.h"
#include "engine/base/base32.h"

namespace vitrine::rules {
namespace {

constexpr size_t kDigits = kVoucherCodeLength - 1;
constexpr size_t kGroup = 5;
constexpr size_t kShown = 4;
constexpr std::string_view kMask = "\xE2\x80\xA2";  // bullet

}  // namespace

std::string voucher_code(uint64_t bits) {
  std::string code(kVoucherCodeLength, '0');
  uint64_t rest = bits;
  for (size_t i = kDigits; i > 0; --i, rest >>= 5) code[i - 1] = kBase32Digits[rest & 31];
  code[kDigits] = kBase32CheckSymbols[bits % kBase32CheckSymbols.size()];
  return code;
}

std::optional<std::string> normalise_voucher_code(std::string_view typed) {
  uint64_t bits = 0;
  size_t digits = 0;
  for (const char c : typed) {
    if (is_base32_gap(c)) continue;
    const char meant = base32_meant(c);
    if (digits == kDigits) {
      std::string code = voucher_code(bits);
      if (code.back() != meant) return std::nullopt;
      ++digits;
      continue;
    }
    const size_t value = kBase32Digits.find(meant);
    // 13 digits hold 65 bits: the first of them is 0 or 1 in its highest place, and ours is 0.
    if (digits > kDigits || value == std::string_view::npos || bits >> 59 != 0) return std::nullopt;
    bits = bits << 5 | value;
    ++digits;
  }
  if (digits != kVoucherCodeLength) return std::nullopt;
  return voucher_code(bits);
}

std::string group_voucher_code(std::string_view code) {
  VITRINE_ASSERT(code.size() == kVoucherCodeLength);
  std::string grouped;
  for (size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % kGroup == 0) grouped += '-';
    grouped += code[i];
  }
  return grouped;
}

std::string mask_voucher_code(std::string_view code) {
  const std::string grouped = group_voucher_code(code);
  std::string masked;
  for (size_t i = 0; i < grouped.size(); ++i) {
    const bool shown = grouped[i] == '-' || i + kShown >= grouped.size();
    shown ? masked.append(1, grouped[i]) : masked.append(kMask);
  }
  return masked;
}

}  // namespace vitrine::rules
