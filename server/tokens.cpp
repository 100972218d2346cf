// SPDX-License-Identifier: MIT
#include "server/tokens.h"

#include <charconv>

#include "server/crypto.h"
#include "server/private_file.h"

namespace vitrine {

namespace {

constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr size_t kMaxToken = 256;

// Cuts off what stands before the next '.'.
std::string_view next_part(std::string_view& rest) {
  const size_t dot = rest.find('.');
  const std::string_view part = rest.substr(0, dot);
  rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  return part;
}

}  // namespace

Result<TokenMint> TokenMint::open(const std::string& directory) {
  const std::string file = directory + "/token.key";
  Result<std::optional<std::string>> bytes = read_private_file(file);
  if (!bytes.ok()) return bytes.status();
  Key key;
  if (!bytes.value()) {
    random_bytes(key.data(), key.size());
    const std::string_view text(reinterpret_cast<const char*>(key.data()), key.size());
    if (Status status = write_private_file(file, text); !status.ok()) return status;
    return TokenMint(key);
  }
  if (bytes.value()->size() != key.size()) {
    return Status(StatusCode::DataLoss, file +
                                            ": damaged; remove it and a new one is made (open "
                                            "pages ask for new tokens by themselves)");
  }
  std::copy(bytes.value()->begin(), bytes.value()->end(), key.begin());
  return TokenMint(key);
}

TokenMint TokenMint::temporary() {
  Key key;
  random_bytes(key.data(), key.size());
  return TokenMint(key);
}

std::string TokenMint::mac_of(std::string_view text) const {
  return keyed_hash(key_, text);
}

std::string TokenMint::issue(std::string_view campaign, int64_t now_ms, TokenClaims* claims) const {
  const int64_t last_day = now_ms / kDayMs + 1;
  std::string token = "1." + std::to_string(last_day) + ".";
  token.append(campaign).append(".").append(random_id().to_hex());
  const std::string mac = mac_of(token);
  if (claims != nullptr) *claims = {std::string(campaign), (last_day + 1) * kDayMs};
  return token.append(".").append(mac);
}

std::optional<TokenClaims> TokenMint::verify(std::string_view token, int64_t now_ms) const {
  const size_t last_dot = token.rfind('.');
  if (token.size() > kMaxToken || last_dot == std::string_view::npos) return std::nullopt;
  const std::string expected = mac_of(token.substr(0, last_dot));
  const std::string_view given = token.substr(last_dot + 1);
  if (!equal_in_constant_time(given, expected)) return std::nullopt;
  std::string_view rest = token;
  if (next_part(rest) != "1") return std::nullopt;
  const std::string_view day = next_part(rest);
  int64_t last_day = 0;
  std::from_chars(day.data(), day.data() + day.size(), last_day);
  const TokenClaims claims{std::string(next_part(rest)), (last_day + 1) * kDayMs};
  if (now_ms >= claims.expires_ms) return std::nullopt;
  return claims;
}

}  // namespace vitrine
