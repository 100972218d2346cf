// SPDX-License-Identifier: MIT
// Signatures as Standard Webhooks has them: HMAC-SHA-256 over "ID.TIMESTAMP.BODY", written
// "v1,BASE64"; several stand side by side with spaces between, so that a secret can be replaced
// while both ends still know the old one. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

// How far a message's timestamp may be from the receiver's clock, in seconds.
inline constexpr int64_t kWebhookTolerance = 300;
inline constexpr size_t kMaxWebhookId = 128;  // bytes

// 24 to 64 bytes, written "whsec_BASE64".
class WebhookSecret {
 public:
  // Nothing when it is not written like that.
  static std::optional<WebhookSecret> parse(std::string_view text);
  // Random, 32 bytes. Expects: init_crypto().
  static WebhookSecret make();

  std::string to_string() const;
  std::string_view bytes() const { return bytes_; }

 private:
  explicit WebhookSecret(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes_;
};

// The three headers of a message.
struct WebhookHeaders {
  std::string id;         // the same whenever the same message is sent again
  std::string timestamp;  // seconds since 1970 UTC, decimal
  std::string signature;  // "v1,..." or several
};

// By every one of `secrets`, the newest first. `now`: seconds since 1970 UTC.
WebhookHeaders sign_webhook(const std::vector<WebhookSecret>& secrets, std::string_view id,
                            int64_t now, std::string_view body);

enum class WebhookVerdict : uint8_t {
  Genuine,
  Missing,  // a header is absent or malformed
  TooOld,   // the timestamp, against `now`
  TooNew,
  Forged,  // none of the signatures is by one of the secrets
};

std::string_view webhook_verdict_name(WebhookVerdict verdict);  // "genuine", "too_old", ...

// Whether one of `secrets` signed it. How long it takes says nothing about the secrets.
WebhookVerdict verify_webhook(const std::vector<WebhookSecret>& secrets,
                              const WebhookHeaders& headers, std::string_view body, int64_t now);

}  // namespace vitrine
