// SPDX-License-Identifier: MIT
// Tokens for pages: anonymous, bound to a campaign and a day, recognised without being stored.
//
//   1.DAY.CAMPAIGN.RANDOM.MAC     DAY: days since 1970 UTC, the last on which it opens connections
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

struct TokenClaims {
  std::string campaign;
  int64_t expires_ms = 0;  // ms since 1970 UTC
};

class TokenMint {
 public:
  using Key = std::array<uint8_t, 32>;

  explicit TokenMint(const Key& key) : key_(key) {}

  // The key in `directory`/token.key, made at the first start, readable by the owner only.
  static Result<TokenMint> open(const std::string& directory);
  // A key that dies with the process.
  static TokenMint temporary();

  std::string issue(std::string_view campaign, int64_t now_ms, TokenClaims* claims) const;
  // Nothing for what this key did not make or what is over: callers cannot tell which.
  std::optional<TokenClaims> verify(std::string_view token, int64_t now_ms) const;

 private:
  std::string mac_of(std::string_view text) const;

  Key key_;
};

}  // namespace vitrine
