// SPDX-License-Identifier: MIT
#include "engine/rules/voucher_proof.h"

#include <sodium/crypto_auth_hmacsha256.h>

#include <algorithm>

#include "engine/base/assert.h"
#include "engine/base/base32.h"
#include "engine/rules/voucher_code.h"

namespace vitrine::rules {
namespace {

constexpr std::string_view kPrefix = "V1/";
constexpr size_t kCodeDigits = kVoucherCodeLength - 1;
constexpr size_t kProofDigits = 16;   // 80 bits
constexpr size_t kMaxStepDigits = 7;  // until the year 9999
static_assert(crypto_auth_hmacsha256_BYTES == 32 && crypto_auth_hmacsha256_KEYBYTES == 32);

using Mac = std::array<uint8_t, 32>;

Mac mac_of(std::string_view text, const std::array<uint8_t, 32>& key) {
  Mac mac{};
  crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const uint8_t*>(text.data()), text.size(),
                         key.data());
  return mac;
}

// Its first 80 bits, the highest first.
std::string digits_of(const Mac& mac) {
  std::string digits;
  uint32_t bits = 0;
  size_t held = 0;
  for (size_t next = 0; digits.size() < kProofDigits;) {
    if (held < 5) {
      bits = bits << 8 | mac[next++];
      held += 8;
    }
    held -= 5;
    digits.push_back(kBase32Digits[bits >> held & 31]);
  }
  return digits;
}

void append_step(std::string& out, int64_t step) {
  std::string digits;
  for (int64_t rest = step; rest > 0; rest /= 32) digits.push_back(kBase32Digits[rest % 32]);
  if (digits.empty()) digits.push_back('0');
  out.append(digits.rbegin(), digits.rend());
}

std::optional<int64_t> read_step(std::string_view digits) {
  const bool leads_with_zero = digits.size() > 1 && digits[0] == '0';
  if (digits.empty() || digits.size() > kMaxStepDigits || leads_with_zero) return std::nullopt;
  int64_t step = 0;
  for (const char c : digits) {
    const size_t value = kBase32Digits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    step = step * 32 + static_cast<int64_t>(value);
  }
  return step;
}

// With the check symbol, which the text leaves out: of its symbols some are no QR letters.
std::optional<std::string> read_code(std::string_view digits) {
  uint64_t bits = 0;
  for (const char c : digits) {
    const size_t value = kBase32Digits.find(c);
    if (value == std::string_view::npos || bits >> 59 != 0) return std::nullopt;
    bits = bits << 5 | value;
  }
  return voucher_code(bits);
}

// Takes as long whatever differs.
bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  int differ = 0;
  for (size_t i = 0; i < a.size(); ++i) differ |= a[i] ^ b[i];
  return differ == 0;
}

int64_t step_of(int64_t time_ms) {
  return std::max<int64_t>(time_ms, 0) / kVoucherStepMs;
}

}  // namespace

VoucherSecret voucher_secret(const VoucherKey& key, std::string_view code) {
  return mac_of("voucher " + std::string(code), key);
}

std::string voucher_proof(std::string_view code, const VoucherSecret& secret, int64_t time_ms) {
  VITRINE_ASSERT(code.size() == kVoucherCodeLength);
  std::string text(kPrefix);
  text.append(code.substr(0, kCodeDigits)).push_back('/');
  append_step(text, step_of(time_ms));
  const Mac mac = mac_of(text, secret);
  return text.append("/").append(digits_of(mac));
}

int64_t voucher_proof_left_ms(int64_t time_ms) {
  return kVoucherStepMs - std::max<int64_t>(time_ms, 0) % kVoucherStepMs;
}

std::optional<VoucherProof> read_voucher_proof(std::string_view text) {
  const size_t code_end = kPrefix.size() + kCodeDigits;
  const size_t step_end = text.find('/', code_end + 1);
  if (text.substr(0, kPrefix.size()) != kPrefix || step_end == std::string_view::npos ||
      text[code_end] != '/' || text.size() != step_end + 1 + kProofDigits) {
    return std::nullopt;
  }
  const auto code = read_code(text.substr(kPrefix.size(), kCodeDigits));
  const auto step = read_step(text.substr(code_end + 1, step_end - code_end - 1));
  const std::string_view proof = text.substr(step_end + 1);
  if (!code || !step || proof.find_first_not_of(kBase32Digits) != std::string_view::npos) {
    return std::nullopt;
  }
  return VoucherProof{*code, *step, std::string(text.substr(0, step_end)), std::string(proof)};
}

std::string_view voucher_verdict_name(VoucherVerdict verdict) {
  static constexpr std::string_view kNames[] = {"valid", "over", "not yet", "forged", "unreadable"};
  return kNames[static_cast<uint8_t>(verdict)];
}

VoucherVerdict verify_voucher(std::string_view text, const VoucherKey& key, int64_t time_ms) {
  const std::optional<VoucherProof> read = read_voucher_proof(text);
  if (!read) return VoucherVerdict::Unreadable;
  const Mac mac = mac_of(read->subject, voucher_secret(key, read->code));
  if (!is_same(digits_of(mac), read->proof)) return VoucherVerdict::Forged;
  const int64_t behind = step_of(time_ms) - read->step;
  if (behind > kVoucherSlackSteps) return VoucherVerdict::Over;
  return behind < -kVoucherSlackSteps ? VoucherVerdict::NotYet : VoucherVerdict::Valid;
}

}  // namespace vitrine::rules
