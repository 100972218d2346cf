// SPDX-License-Identifier: MIT
#include "server/webhooks/webhook_signature.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "server/crypto.h"

namespace vitrine {

namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::string_view kVersion = "v1,";
constexpr size_t kLeastSecret = 24, kMostSecret = 64, kMadeSecret = 32;
constexpr size_t kMaxSignatures = 8;  // of one message that are looked at

std::string to_base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const uint8_t*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the terminator
  return out;
}

// The signature alone, without its version.
std::string signature_of(const WebhookSecret& secret, std::string_view id,
                         std::string_view timestamp, std::string_view body) {
  const auto* key = reinterpret_cast<const uint8_t*>(secret.bytes().data());
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key, secret.bytes().size());
  for (const std::string_view part :
       {id, std::string_view("."), timestamp, std::string_view("."), body}) {
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const uint8_t*>(part.data()),
                                  part.size());
  }
  std::array<uint8_t, crypto_auth_hmacsha256_BYTES> mac;
  crypto_auth_hmacsha256_final(&state, mac.data());
  return to_base64({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

std::optional<int64_t> read_timestamp(std::string_view text) {
  int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || seconds < 0 || text.size() > 12) return std::nullopt;
  return seconds;
}

// An id becomes part of what is signed, with dots around it: one inside could move the borders.
bool is_id(std::string_view id) {
  const auto fine = [](char c) { return c > ' ' && c < 0x7f && c != '.'; };
  return !id.empty() && id.size() <= kMaxWebhookId && std::all_of(id.begin(), id.end(), fine);
}

bool is_signed(const std::vector<WebhookSecret>& secrets, const WebhookHeaders& headers,
               std::string_view body) {
  bool genuine = false;
  for (const WebhookSecret& secret : secrets) {
    const std::string expected = signature_of(secret, headers.id, headers.timestamp, body);
    std::string_view rest = headers.signature;
    for (size_t i = 0; i < kMaxSignatures && !rest.empty(); ++i) {
      std::string_view one = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), one.size() + 1));
      if (one.rfind(kVersion, 0) != 0) continue;
      one.remove_prefix(kVersion.size());
      genuine = equal_in_constant_time(one, expected) || genuine;
    }
  }
  return genuine;
}

}  // namespace

std::optional<WebhookSecret> WebhookSecret::parse(std::string_view text) {
  if (text.rfind(kSecretPrefix, 0) != 0) return std::nullopt;
  text.remove_prefix(kSecretPrefix.size());
  std::string bytes(kMostSecret, '\0');
  size_t size = 0;
  const char* end = nullptr;
  const int failed =
      sodium_base642bin(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL);
  if (failed != 0 || end != text.data() + text.size() || size < kLeastSecret) return std::nullopt;
  bytes.resize(size);
  return WebhookSecret(std::move(bytes));
}

WebhookSecret WebhookSecret::make() {
  std::string bytes(kMadeSecret, '\0');
  random_bytes(bytes.data(), bytes.size());
  return WebhookSecret(std::move(bytes));
}

std::string WebhookSecret::to_string() const {
  return std::string(kSecretPrefix) + to_base64(bytes_);
}

WebhookHeaders sign_webhook(const std::vector<WebhookSecret>& secrets, std::string_view id,
                            int64_t now, std::string_view body) {
  WebhookHeaders headers{std::string(id), std::to_string(now), ""};
  for (const WebhookSecret& secret : secrets) {
    if (!headers.signature.empty()) headers.signature += ' ';
    headers.signature += kVersion;
    headers.signature += signature_of(secret, headers.id, headers.timestamp, body);
  }
  return headers;
}

std::string_view webhook_verdict_name(WebhookVerdict verdict) {
  constexpr std::string_view kNames[] = {"genuine", "missing", "too_old", "too_new", "forged"};
  return kNames[static_cast<size_t>(verdict)];
}

WebhookVerdict verify_webhook(const std::vector<WebhookSecret>& secrets,
                              const WebhookHeaders& headers, std::string_view body, int64_t now) {
  const std::optional<int64_t> sent = read_timestamp(headers.timestamp);
  if (!sent || !is_id(headers.id) || headers.signature.empty()) return WebhookVerdict::Missing;
  if (!is_signed(secrets, headers, body)) return WebhookVerdict::Forged;
  if (*sent < now - kWebhookTolerance) return WebhookVerdict::TooOld;
  if (*sent > now + kWebhookTolerance) return WebhookVerdict::TooNew;
  return WebhookVerdict::Genuine;
}

}  // namespace vitrine
