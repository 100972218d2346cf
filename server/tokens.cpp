// SPDX-License-Identifier: MIT
#include "server/tokens.h"

#include <sodium.h>

#include <charconv>

#include "server/private_file.h"

namespace vitrine {

namespace {

constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr size_t kMaxToken = 256;
static_assert(crypto_generichash_KEYBYTES == 32);

std::string to_hex(const uint8_t* bytes, size_t size) {
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, size);
  hex.pop_back();
  return hex;
}

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
    randombytes_buf(key.data(), key.size());
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
  randombytes_buf(key.data(), key.size());
  return TokenMint(key);
}

std::string TokenMint::mac_of(std::string_view text) const {
  uint8_t mac[32];
  crypto_generichash(mac, sizeof mac, reinterpret_cast<const uint8_t*>(text.data()), text.size(),
                     key_.data(), key_.size());
  return to_hex(mac, sizeof mac);
}

std::string TokenMint::issue(std::string_view campaign, int64_t now_ms, TokenClaims* claims) const {
  uint8_t random[16];
  randombytes_buf(random, sizeof random);
  const int64_t last_day = now_ms / kDayMs + 1;
  std::string token = "1." + std::to_string(last_day) + ".";
  token.append(campaign).append(".").append(to_hex(random, sizeof random));
  const std::string mac = mac_of(token);
  if (claims != nullptr) *claims = {std::string(campaign), (last_day + 1) * kDayMs};
  return token.append(".").append(mac);
}

std::optional<TokenClaims> TokenMint::verify(std::string_view token, int64_t now_ms) const {
  const size_t last_dot = token.rfind('.');
  if (token.size() > kMaxToken || last_dot == std::string_view::npos) return std::nullopt;
  const std::string expected = mac_of(token.substr(0, last_dot));
  const std::string_view given = token.substr(last_dot + 1);
  const bool genuine = given.size() == expected.size() &&
                       sodium_memcmp(given.data(), expected.data(), expected.size()) == 0;
  if (!genuine) return std::nullopt;
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
