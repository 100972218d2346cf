// SPDX-License-Identifier: MIT
// What a voucher's QR says (docs/voucher.md): a text that its phone makes anew every half minute,
// so that a picture of it is worth nothing a minute later. Phone, server and till run this.
//
//   V1/CODE/STEP/PROOF       all of it letters that a QR code packs two in eleven bits
//
// Pure but for libsodium's HMAC-SHA-256, which needs no initialisation. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::rules {

inline constexpr int64_t kVoucherStepMs = 30'000;
// How many steps a till's clock and a phone's may be apart, either way.
inline constexpr int64_t kVoucherSlackSteps = 1;

using VoucherKey = std::array<uint8_t, 32>;     // of a server, for all its vouchers
using VoucherSecret = std::array<uint8_t, 32>;  // of one voucher

// `code` as voucher_code() writes it.
VoucherSecret voucher_secret(const VoucherKey& key, std::string_view code);

// What the QR of `code` says at this moment, ms since 1970 UTC by the server's clock. Expects: a
// code as voucher_code() writes it.
std::string voucher_proof(std::string_view code, const VoucherSecret& secret, int64_t time_ms);
// Until voucher_proof() says something else.
int64_t voucher_proof_left_ms(int64_t time_ms);

struct VoucherProof {
  std::string code;     // as voucher_code() writes it
  int64_t step = 0;     // of kVoucherStepMs since 1970 UTC
  std::string subject;  // what is proved: the text up to its last '/'
  std::string proof;
};

// nullopt: no voucher's text. Whether it is genuine it does not say.
std::optional<VoucherProof> read_voucher_proof(std::string_view text);

enum class VoucherVerdict : uint8_t {
  Valid,
  Over,        // genuine, of an earlier moment: a picture of it, or a clock that is wrong
  NotYet,      // genuine, of a later moment: a clock is wrong
  Forged,      // not made with this key
  Unreadable,  // no voucher's text
};

// "valid", "over", "not yet", "forged", "unreadable".
std::string_view voucher_verdict_name(VoucherVerdict verdict);

// Whether the text was made just now by a phone that has the voucher's secret. Whether there is
// such a voucher, and whether it was taken already, the server alone knows.
VoucherVerdict verify_voucher(std::string_view text, const VoucherKey& key, int64_t time_ms);

}  // namespace vitrine::rules
