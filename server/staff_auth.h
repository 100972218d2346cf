// SPDX-License-Identifier: MIT
// The one password of the staff listener, until there are accounts. Made and printed at the first
// start that needs it; stored as an argon2id hash; asked for by HTTP Basic.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"
#include "server/connection_limits.h"

namespace vitrine {

// The user name of an Authorization header, for the audit log: nobody proves it. "": none was
// given. At most 64 bytes, no control characters.
std::string staff_name(std::string_view authorization);

class StaffAuth {
 public:
  struct Opened;

  StaffAuth(StaffAuth&&) noexcept;
  StaffAuth& operator=(StaffAuth&&) noexcept;
  ~StaffAuth();

  // No password: the listener is on loopback, where whoever can connect has an account here.
  static StaffAuth open_to_all();
  // Reads `directory`/staff-password, or makes a password.
  static Result<Opened> open(const std::string& directory);
  // For tests and for a memory store: a password of this process only.
  static Opened make_temporary();

  // Whether there is a password at all.
  bool asks() const { return asks_; }

  enum class Verdict : uint8_t { Welcome, AskPassword, TooMany, Pending };
  // `authorization`: the header's value. Argon2id costs a tenth of a second, on purpose, hence the
  // limit, and a thread of its own: Pending means that the same question after the next wake may
  // have an answer. A password that was right once is recognised by a keyed hash, whatever user
  // name comes with it: it costs and counts once a process.
  Verdict check(std::string_view authorization, const PeerAddress& peer, int64_t now_us);

  // `wake` is called on that thread when a check ends; without one, checks are made at once.
  void set_wake(std::function<void()> wake) { wake_ = std::move(wake); }
  // Waits for a check that runs; wakes nobody afterwards.
  void stop();

 private:
  using Hash = std::array<uint8_t, 32>;
  struct PasswordCheck;

  StaffAuth();
  void take_result();
  bool was_wrong(const Hash& password);

  bool asks_ = false;
  std::string hash_;           // argon2id, sodium's string form
  Hash memory_key_{};          // random, this process only
  std::optional<Hash> known_;  // of the password
  std::deque<Hash> wrong_;     // found out, not told yet
  std::unique_ptr<PasswordCheck> running_;
  std::function<void()> wake_;
  RateLimiter attempts_{5, 0.2};
};

struct StaffAuth::Opened {
  StaffAuth auth;
  std::string new_password;  // "" when it was made before: to be printed once
};

}  // namespace vitrine
