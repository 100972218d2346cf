// SPDX-License-Identifier: MIT
// The one password of the staff listener, until there are accounts. Made and printed at the first
// start that needs it; stored as an argon2id hash; asked for by HTTP Basic.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"
#include "server/connection_limits.h"

namespace vitrine {

class StaffAuth {
 public:
  struct Opened;

  // No password: the listener is on loopback, where whoever can connect has an account here.
  static StaffAuth open_to_all();
  // Reads `directory`/staff-password, or makes a password.
  static Result<Opened> open(const std::string& directory);
  // For tests and for a memory store: a password of this process only.
  static Opened make_temporary();

  // Whether there is a password at all.
  bool asks() const { return asks_; }

  enum class Verdict : uint8_t { Welcome, AskPassword, TooMany };
  // `authorization`: the header's value. Argon2id costs a tenth of a second, on purpose, hence the
  // limit; a value that was right once is recognised by a keyed hash.
  Verdict check(std::string_view authorization, const PeerAddress& peer, int64_t now_us);

 private:
  StaffAuth() = default;
  bool is_known(std::string_view authorization) const;
  void remember(std::string_view authorization);

  bool asks_ = false;
  std::string hash_;                       // argon2id, sodium's string form
  std::array<uint8_t, 32> memory_key_{};   // random, this process only
  std::optional<std::array<uint8_t, 32>> known_;
  RateLimiter attempts_{5, 0.2};
};

struct StaffAuth::Opened {
  StaffAuth auth;
  std::string new_password;  // "" when it was made before: to be printed once
};

}  // namespace vitrine
