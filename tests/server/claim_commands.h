// SPDX-License-Identifier: MIT
// Commands for tests of claims, in a line each. Numbers stand for claims, holders and members.
#pragma once

#include <string>

#include "engine/rules/voucher_code.h"
#include "server/claims/claim_store.h"

namespace vitrine::test {

inline constexpr int64_t kNow = 1'700'000'000'000;
inline constexpr int64_t kHoldMs = 10 * 60'000;
inline const std::string kPool = "lip-popup/true-red";
inline const Money kPrice{9900, "CNY"};

inline Id128 claim_id(uint64_t number) {
  Id128 id;
  for (size_t i = 0; i < 8; ++i) id.bytes[i] = static_cast<uint8_t>(number >> (8 * i));
  id.bytes[15] = 1;  // claim 0 is one, too
  return id;
}

inline std::string code_of(uint64_t number) {
  return rules::voucher_code(number * 0x9E3779B97F4A7C15);
}

inline ClaimCommand command(ClaimVerb verb, int64_t now = kNow) {
  ClaimCommand command;
  command.verb = verb;
  command.now = now;
  return command;
}

inline ClaimCommand set_pool(int64_t stock, Money price = {}, const std::string& pool = kPool) {
  ClaimCommand made = command(ClaimVerb::SetPool);
  made.pool = pool;
  made.stock = stock;
  made.amount = std::move(price);
  return made;
}

inline ClaimCommand hold(uint64_t claim, const std::string& holder, const std::string& key,
                         int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::Hold, now);
  made.request_key = key;
  made.claim = claim_id(claim);
  made.pool = kPool;
  made.holder = holder;
  made.product = "true-red";
  made.until = now + kHoldMs;
  return made;
}

inline ClaimCommand follow(uint64_t claim, const std::string& member, int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::Follow, now);
  made.claim = claim_id(claim);
  made.provider = "sandbox";
  made.member = member;
  made.member_hash = "hash-of-" + member;
  return made;
}

inline ClaimCommand issue(uint64_t claim, uint64_t code, int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::Issue, now);
  made.claim = claim_id(claim);
  made.code = code_of(code);
  return made;
}

inline ClaimCommand begin_payment(uint64_t claim, const std::string& reference,
                                  int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::BeginPayment, now);
  made.claim = claim_id(claim);
  made.payment_reference = reference;
  made.amount = kPrice;
  return made;
}

inline ClaimCommand pay(const std::string& reference, uint64_t code, int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::Pay, now);
  made.payment_reference = reference;
  made.amount = kPrice;
  made.code = code_of(code);
  return made;
}

inline ClaimCommand about_payment(ClaimVerb verb, const std::string& reference,
                                  int64_t now = kNow) {
  ClaimCommand made = command(verb, now);
  made.payment_reference = reference;
  return made;
}

inline ClaimCommand release(uint64_t claim, int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::Release, now);
  made.claim = claim_id(claim);
  made.reason = rules::ReleaseReason::Cancelled;
  return made;
}

inline ClaimCommand void_claim(uint64_t claim, int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::Void, now);
  made.claim = claim_id(claim);
  made.actor = "staff";
  return made;
}

inline ClaimCommand redeem(uint64_t code, const std::string& key, int64_t now = kNow) {
  ClaimCommand made = command(ClaimVerb::Redeem, now);
  made.code = code_of(code);
  made.request_key = key;
  made.actor = "till-1";
  return made;
}

inline ClaimCommand expire(int64_t now, uint32_t count = 100) {
  ClaimCommand made = command(ClaimVerb::Expire, now);
  made.count = count;
  return made;
}

}  // namespace vitrine::test
