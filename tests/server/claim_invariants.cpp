// SPDX-License-Identifier: MIT
#include "tests/server/claim_invariants.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace vitrine::test {
namespace {

constexpr size_t kAll = 1'000'000;
constexpr int64_t kEver = INT64_MAX;

bool has_voucher(const Claim& claim) {
  return claim.state == rules::ClaimState::Issued || claim.state == rules::ClaimState::Redeemed;
}

std::string check_stock(const std::vector<Pool>& pools, const std::vector<Claim>& claims) {
  std::map<std::string, int64_t> taken;
  for (const Claim& claim : claims) taken[claim.pool] += rules::takes_stock(claim.state);
  for (const Pool& pool : pools) {
    if (pool.taken != taken[pool.pool]) {
      return pool.pool + ": taken says " + std::to_string(pool.taken) + ", claims say " +
             std::to_string(taken[pool.pool]);
    }
    if (pool.taken < 0 || pool.taken > pool.stock) {
      return pool.pool + ": " + std::to_string(pool.taken) + " taken of " +
             std::to_string(pool.stock);
    }
  }
  return "";
}

std::string check_uniqueness(const std::vector<Claim>& claims) {
  std::set<std::pair<std::string, std::string>> holders, members;
  std::set<std::string> codes;
  for (const Claim& claim : claims) {
    const std::string name = claim.claim.to_hex();
    if (!claim.code.empty() && !codes.insert(claim.code).second) return name + ": code used twice";
    if (has_voucher(claim) == claim.code.empty() && claim.state != rules::ClaimState::Voided) {
      return name + ": " + std::string(rules::claim_state_name(claim.state)) + " and its code do " +
             "not fit";
    }
    if (!rules::takes_stock(claim.state)) continue;
    if (!holders.insert({claim.pool, claim.holder}).second) return name + ": holder has two";
    if (claim.member_hash.empty()) continue;
    if (!members.insert({claim.pool, claim.member_hash}).second) return name + ": member has two";
  }
  return "";
}

std::string check_money(ClaimReader& reader, const std::vector<Claim>& claims) {
  std::map<Id128, int> paid;
  std::vector<Payment> payments;
  if (!reader.read_payments(rules::PaymentState::Paid, {}, kEver, kAll, payments).ok())
    return "read";
  for (const Payment& payment : payments) ++paid[payment.claim];
  for (const Claim& claim : claims) {
    const int expected = has_voucher(claim) && claim.price.minor > 0 ? 1 : 0;
    const auto found = paid.find(claim.claim);
    if ((found == paid.end() ? 0 : found->second) != expected) {
      return claim.claim.to_hex() + ": " + std::string(rules::claim_state_name(claim.state)) +
             " with " + std::to_string(found == paid.end() ? 0 : found->second) + " payments";
    }
    if (found != paid.end()) paid.erase(found);
  }
  return paid.empty() ? "" : "a payment of no claim: " + paid.begin()->first.to_hex();
}

// The ledger alone tells how much of each pool is taken.
std::string check_ledger(ClaimReader& reader, const std::vector<Pool>& pools) {
  std::vector<ClaimEvent> events;
  if (!reader.read_events(0, kAll, events).ok()) return "cannot read the ledger";
  std::map<std::string, int64_t> taken;
  for (size_t i = 0; i < events.size(); ++i) {
    if (events[i].position != i + 1) return "the ledger has a hole at " + std::to_string(i + 1);
    if (!events[i].pool.empty()) taken[events[i].pool] = events[i].taken;
  }
  for (const Pool& pool : pools) {
    if (taken[pool.pool] != pool.taken) return pool.pool + ": the ledger says otherwise";
  }
  return "";
}

std::string check_held(ClaimReader& reader, const std::vector<Claim>& claims) {
  std::map<std::string, int64_t> held;
  for (const Claim& claim : claims) {
    if (claim.state == rules::ClaimState::Held) ++held[claim.pool];
  }
  const Result<std::map<std::string, int64_t>> counted = reader.count_held();
  return counted.ok() && counted.value() == held ? "" : "held claims are counted otherwise";
}

}  // namespace

std::string check_claims(ClaimReader& reader) {
  std::vector<Pool> pools;
  std::vector<Claim> claims;
  if (!reader.read_pools(pools).ok() || !reader.read_newest(kAll, claims).ok())
    return "cannot read";
  std::string wrong = check_stock(pools, claims);
  if (wrong.empty()) wrong = check_uniqueness(claims);
  if (wrong.empty()) wrong = check_money(reader, claims);
  if (wrong.empty()) wrong = check_ledger(reader, pools);
  if (wrong.empty()) wrong = check_held(reader, claims);
  return wrong;
}

}  // namespace vitrine::test
